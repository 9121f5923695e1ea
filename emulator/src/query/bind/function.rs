//! The service's own query functions: `Microsoft.Dynamics.CRM.LastXDays(PropertyName='…',PropertyValue=7)`.

use super::value::{self, Kept, day, literal_of};
use super::{Binder, filter};
use crate::Fault;
use crate::model::{Entity, Links};
use crate::odata::{Argument, Comparison, Literal, PropertyPath, path_of};
use crate::query::period::{Calendar, Period, days};
use crate::query::plan::{ColumnRef, Condition, Direction, Ids};
use crate::store::{Anchors, Storage};
use dataverse_codegen::schema::{ColumnKind, DateBehavior};
use http::StatusCode;
use jiff::ToSpan;
use jiff::civil::DateTime;
use rusqlite::types::Value;
use uuid::Uuid;

/// A call of a function: its name, its column and the values of its other arguments.
struct Call<'c, 'a> {
    name: &'c str,
    column: ColumnRef<'a>,
    values: Vec<(&'c str, Literal)>,
}

/// The functions that take no value.
const BARE: [&str; 29] = [
    "Yesterday",
    "Today",
    "Tomorrow",
    "Last7Days",
    "Next7Days",
    "LastWeek",
    "ThisWeek",
    "NextWeek",
    "LastMonth",
    "ThisMonth",
    "NextMonth",
    "LastYear",
    "ThisYear",
    "NextYear",
    "ThisFiscalYear",
    "ThisFiscalPeriod",
    "NextFiscalYear",
    "NextFiscalPeriod",
    "LastFiscalYear",
    "LastFiscalPeriod",
    "EqualUserId",
    "NotEqualUserId",
    "EqualBusinessId",
    "NotEqualBusinessId",
    "EqualUserLanguage",
    "EqualUserTeams",
    "EqualUserOrUserTeams",
    "EqualUserOrUserHierarchy",
    "EqualUserOrUserHierarchyAndTeams",
];

/// The functions that take a text.
const WITH_TEXT: [&str; 9] = [
    "On",
    "OnOrBefore",
    "OnOrAfter",
    "Contains",
    "Under",
    "NotUnder",
    "UnderOrEqual",
    "Above",
    "AboveOrEqual",
];

/// The functions that take a number.
const WITH_NUMBER: [&str; 22] = [
    "LastXHours",
    "NextXHours",
    "LastXDays",
    "NextXDays",
    "LastXWeeks",
    "NextXWeeks",
    "LastXMonths",
    "NextXMonths",
    "LastXYears",
    "NextXYears",
    "LastXFiscalYears",
    "LastXFiscalPeriods",
    "NextXFiscalYears",
    "NextXFiscalPeriods",
    "OlderThanXMinutes",
    "OlderThanXHours",
    "OlderThanXDays",
    "OlderThanXWeeks",
    "OlderThanXMonths",
    "OlderThanXYears",
    "InFiscalYear",
    "InFiscalPeriod",
];

/// The functions that take two numbers.
const WITH_TWO: [&str; 3] = [
    "InFiscalPeriodAndYear",
    "InOrBeforeFiscalPeriodAndYear",
    "InOrAfterFiscalPeriodAndYear",
];

/// The functions that take a list.
const WITH_LIST: [&str; 6] = [
    "In",
    "NotIn",
    "Between",
    "NotBetween",
    "ContainValues",
    "DoesNotContainValues",
];

pub(super) fn condition<'a>(
    binder: &mut Binder<'a>,
    name: &str,
    arguments: &[(String, Argument)],
) -> Result<Condition<'a>, Fault> {
    binder.count_condition()?;
    let shape: &[&str] = match name {
        _ if BARE.contains(&name) => &[],
        _ if WITH_TEXT.contains(&name) || WITH_NUMBER.contains(&name) => &["PropertyValue"],
        _ if WITH_TWO.contains(&name) => &["PropertyValue1", "PropertyValue2"],
        _ if WITH_LIST.contains(&name) => &["PropertyValues"],
        _ => return Err(unknown(name)),
    };
    let call = read(binder, name, arguments, shape)?;
    let negated = |condition| Condition::Not(Box::new(condition));
    match name {
        _ if BARE.contains(&name) => bare(binder, &call),
        "On" | "OnOrBefore" | "OnOrAfter" => on(&call),
        "Contains" => filter::like(
            call.column,
            call.text()?.to_owned(),
            Anchors {
                start: false,
                end: false,
            },
            "contains",
        ),
        _ if WITH_TEXT.contains(&name) => hierarchy(binder, &call),
        _ if WITH_NUMBER.contains(&name) => counted(binder, &call),
        _ if WITH_TWO.contains(&name) => fiscal(binder, &call),
        "In" => within(&call),
        "NotIn" => within(&call).map(negated),
        "Between" => between(&call),
        "NotBetween" => between(&call).map(negated),
        "ContainValues" => selected(&call),
        // The service searches by an index of words: a row without any value doesn't contain one either.
        _ => selected(&call).map(|found| Condition::Any(vec![Condition::Null(call.column), negated(found)])),
    }
}

fn unknown(name: &str) -> Fault {
    let name: String = name.chars().take(100).collect();
    Fault::bad_query(format!(
        "An unknown function with name 'Microsoft.Dynamics.CRM.{name}' was found. This may also be a function import or a key lookup \
         on a navigation property, which is not allowed."
    ))
}

fn read<'c, 'a>(
    binder: &mut Binder<'a>,
    name: &'c str,
    arguments: &'c [(String, Argument)],
    shape: &[&str],
) -> Result<Call<'c, 'a>, Fault> {
    let mut column = None;
    let mut values = Vec::new();
    for (parameter, argument) in arguments {
        let value = filter::resolve(binder, argument)?;
        if parameter == "PropertyName" {
            let Literal::Text(path) = value else {
                return Err(Fault::bad_query(format!(
                    "The PropertyName of '{name}' must be a text."
                )));
            };
            column = Some(column_named(binder, &path)?);
        } else if shape.contains(&parameter.as_str()) {
            values.push((parameter.as_str(), value));
        } else {
            return Err(unfit(name));
        }
    }
    match column {
        Some(column) if values.len() == shape.len() => Ok(Call { name, column, values }),
        _ => Err(unfit(name)),
    }
}

fn unfit(name: &str) -> Fault {
    Fault::bad_query(format!(
        "The arguments of the function 'Microsoft.Dynamics.CRM.{name}' don't fit any of its signatures."
    ))
}

/// The column of a `PropertyName`: a logical name, also behind navigation properties or a lambda's variable.
fn column_named<'a>(binder: &mut Binder<'a>, text: &str) -> Result<ColumnRef<'a>, Fault> {
    let PropertyPath(names) = path_of(text)?;
    if binder.scopes.len() > 1 && names.len() == 1 {
        return Err(Fault::unsupported(
            "a query function inside a lambda whose PropertyName lacks the lambda's variable",
        ));
    }
    let Some((last, through)) = names.split_last() else {
        return Err(Fault::bad_query("The PropertyName is empty."));
    };
    let path = |last: &str| PropertyPath([through, &[last.to_owned()]].concat());
    // A lookup is called by its logical name here, and by its property elsewhere.
    match binder.column(&path(last)) {
        Ok(column) => Ok(column),
        Err(fault) => binder.column(&path(&format!("_{last}_value"))).map_err(|_| fault),
    }
}

impl<'a> Call<'_, 'a> {
    fn value(&self, name: &str) -> Result<&Literal, Fault> {
        let found = self.values.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value).ok_or_else(|| unfit(self.name))
    }

    fn text(&self) -> Result<&str, Fault> {
        match self.value("PropertyValue")? {
            Literal::Text(text) => Ok(text),
            _ => Err(unfit(self.name)),
        }
    }

    fn number(&self, name: &str) -> Result<i64, Fault> {
        match self.value(name)? {
            Literal::Number(digits) => digits.parse().map_err(|_| unfit(self.name)),
            Literal::Text(digits) => digits.trim().parse().map_err(|_| unfit(self.name)),
            _ => Err(unfit(self.name)),
        }
    }

    /// The texts of a list. Numbers may stand without quotes.
    fn list(&self) -> Result<Vec<String>, Fault> {
        let Literal::Json(serde_json::Value::Array(items)) = self.value("PropertyValues")? else {
            return Err(unfit(self.name));
        };
        if items.len() > MOST_VALUES {
            return Err(Fault::new(
                StatusCode::BAD_REQUEST,
                0x8004_430e,
                format!("A condition has more than {MOST_VALUES} values."),
            ));
        }
        let text = |item: &serde_json::Value| match item {
            serde_json::Value::String(text) => Ok(text.clone()),
            serde_json::Value::Number(number) => Ok(number.to_string()),
            _ => Err(unfit(self.name)),
        };
        items.iter().map(text).collect()
    }

    /// Whether a date column holds days without a time.
    fn holds_days(&self) -> Result<bool, Fault> {
        match &self.column.column.kind {
            ColumnKind::DateTime { behavior, .. } => Ok(*behavior == DateBehavior::DateOnly),
            kind => Err(self.wrong_kind(kind.name())),
        }
    }

    fn wrong_kind(&self, kind: &str) -> Fault {
        Fault::bad_query(format!(
            "The condition operator '{}' is not valid for the attribute '{}' of type {kind}.",
            self.name, self.column.column.name
        ))
    }

    /// The column lies within a period.
    fn during(&self, period: Period) -> Result<Condition<'a>, Fault> {
        let days = self.holds_days()?;
        let shown = |at: DateTime| -> Value {
            let form = if days { "%Y-%m-%d" } else { "%Y-%m-%dT%H:%M:%SZ" };
            at.strftime(form).to_string().into()
        };
        let mut bounds = Vec::new();
        if let Some(from) = period.from {
            bounds.push(Condition::Compare(self.column, Comparison::Ge, shown(from)));
        }
        if let Some(to) = period.to {
            // A day counts if its first moment does.
            let inside = days && to != to.date().at(0, 0, 0, 0);
            let comparison = if inside { Comparison::Le } else { Comparison::Lt };
            bounds.push(Condition::Compare(self.column, comparison, shown(to)));
        }
        Ok(Condition::All(bounds))
    }
}

/// The most values of one condition.
const MOST_VALUES: usize = 2_000;

fn out_of_calendar(error: jiff::Error) -> Fault {
    Fault::bad_query(format!("The period lies outside the calendar: {error}."))
}

fn calendar<'a>(binder: &Binder<'a>) -> Calendar<'a> {
    Calendar::new(binder.context.now, binder.context.settings)
}

fn bare<'a>(binder: &Binder<'a>, call: &Call<'_, 'a>) -> Result<Condition<'a>, Fault> {
    if let Some(period) = calendar(binder).named(call.name) {
        return call.during(period.map_err(out_of_calendar)?);
    }
    let user = binder.context.user;
    if call.name == "EqualUserLanguage" {
        let language = Value::Integer(i64::from(binder.context.settings.language));
        return match Storage::of(&call.column.column.kind) {
            Storage::Integer => Ok(Condition::Compare(call.column, Comparison::Eq, language)),
            _ => Err(call.wrong_kind(call.column.column.kind.name())),
        };
    }
    if !matches!(
        Storage::of(&call.column.column.kind),
        Storage::Lookup | Storage::Id
    ) {
        return Err(call.wrong_kind(call.column.column.kind.name()));
    }
    let own = |comparison| Condition::Compare(call.column, comparison, Value::Text(user.to_string()));
    let ids = |ids| Condition::Ids(call.column, ids);
    Ok(match call.name {
        "EqualUserId" => own(Comparison::Eq),
        "NotEqualUserId" => own(Comparison::Ne),
        "EqualBusinessId" => ids(Ids::BusinessUnitOf(user)),
        "NotEqualBusinessId" => Condition::Not(Box::new(ids(Ids::BusinessUnitOf(user)))),
        "EqualUserTeams" => ids(teams(binder)?),
        "EqualUserOrUserTeams" => Condition::Any(vec![own(Comparison::Eq), ids(teams(binder)?)]),
        "EqualUserOrUserHierarchy" => Condition::Any(vec![own(Comparison::Eq), ids(subordinates(binder)?)]),
        _ => Condition::Any(vec![
            own(Comparison::Eq),
            ids(subordinates(binder)?),
            ids(teams(binder)?),
        ]),
    })
}

fn teams<'a>(binder: &Binder<'a>) -> Result<Ids<'a>, Fault> {
    let users = super::target(binder.context, "systemuser")?;
    let is_membership = |name: &str| {
        users.collection(name).is_some_and(
            |many| matches!(&many.links, Links::Intersect { table, .. } if table == "teammembership"),
        )
    };
    let known = users
        .table()
        .collections
        .iter()
        .any(|collection| is_membership(&collection.name));
    if known {
        Ok(Ids::TeamsOf(binder.context.user))
    } else {
        Err(Fault::unsupported(
            "query functions about teams with a snapshot that lacks the relationship 'teammembership'",
        ))
    }
}

fn subordinates<'a>(binder: &Binder<'a>) -> Result<Ids<'a>, Fault> {
    let users = super::target(binder.context, "systemuser")?;
    ids_along(users, binder.context.user, Direction::Down).ok_or_else(|| {
        Fault::unsupported("query functions about the users' hierarchy with a snapshot that lacks it")
    })
}

/// The query along a table's hierarchical lookup.
fn ids_along(entity: &Entity, of: Uuid, direction: Direction) -> Option<Ids<'_>> {
    let table = entity.table();
    let parent = table.columns.iter().find(|column| match &column.kind {
        ColumnKind::Lookup(lookup) => lookup
            .targets
            .iter()
            .any(|target| target.hierarchical && target.table == table.name),
        _ => false,
    })?;
    Some(Ids::Hierarchy {
        table: &table.name,
        id: &table.primary_id,
        parent: &parent.name,
        of,
        direction,
    })
}

fn hierarchy<'a>(binder: &Binder<'a>, call: &Call<'_, 'a>) -> Result<Condition<'a>, Fault> {
    let Literal::Guid(of) = literal_of(call.column, call.text()?)? else {
        return Err(call.wrong_kind(call.column.column.kind.name()));
    };
    let direction = match call.name {
        "Above" | "AboveOrEqual" => Direction::Up,
        _ => Direction::Down,
    };
    let ids = match &call.column.column.kind {
        ColumnKind::Lookup(lookup) => lookup
            .targets
            .iter()
            .filter_map(|target| binder.context.model.entity(&target.table))
            .find_map(|entity| ids_along(entity, of, direction)),
        _ if call.column.column.name == call.column.entity.primary_id() => {
            ids_along(call.column.entity, of, direction)
        }
        _ => None,
    };
    let ids = ids.ok_or_else(|| {
        Fault::bad_query(format!(
            "The condition operator '{}' needs a hierarchical relationship, and the attribute '{}' has none.",
            call.name, call.column.column.name
        ))
    })?;
    let below = Condition::Ids(call.column, ids);
    let itself = |comparison| Condition::Compare(call.column, comparison, Value::Text(of.to_string()));
    Ok(match call.name {
        "UnderOrEqual" | "AboveOrEqual" => Condition::Any(vec![itself(Comparison::Eq), below]),
        "NotUnder" => Condition::Not(Box::new(below)),
        _ => below,
    })
}

fn on<'a>(call: &Call<'_, 'a>) -> Result<Condition<'a>, Fault> {
    call.holds_days()?;
    let day = day(call.text()?).ok_or_else(|| Fault::bad_query("The value of a condition is no date."))?;
    let next = day.checked_add(1.day()).map_err(out_of_calendar)?;
    call.during(match call.name {
        "On" => days(Some(day), Some(next)),
        "OnOrBefore" => days(None, Some(next)),
        _ => days(Some(day), None),
    })
}

fn counted<'a>(binder: &Binder<'a>, call: &Call<'_, 'a>) -> Result<Condition<'a>, Fault> {
    let calendar = calendar(binder);
    let number = call.number("PropertyValue")?;
    if call.name == "InFiscalYear" {
        return call.during(calendar.fiscal_year(number).map_err(out_of_calendar)?);
    }
    if call.name == "InFiscalPeriod" {
        call.holds_days()?;
        if !calendar.has_period(number) {
            return Ok(Condition::OfAny(call.column, false));
        }
        let (from, to) = calendar.season(number).map_err(out_of_calendar)?;
        return Ok(Condition::Season(call.column, from, to));
    }
    if number < 1 {
        return Err(Fault::bad_query(format!(
            "The value of the condition operator '{}' must be at least 1.",
            call.name
        )));
    }
    match calendar.counted(call.name, number) {
        Some(period) => call.during(period.map_err(out_of_calendar)?),
        None => Err(unfit(call.name)),
    }
}

fn fiscal<'a>(binder: &Binder<'a>, call: &Call<'_, 'a>) -> Result<Condition<'a>, Fault> {
    let calendar = calendar(binder);
    let (period, year) = (call.number("PropertyValue1")?, call.number("PropertyValue2")?);
    if !calendar.has_period(period) {
        return Ok(Condition::OfAny(call.column, false));
    }
    let of = calendar.fiscal_period(period, year).map_err(out_of_calendar)?;
    call.during(match call.name {
        "InFiscalPeriodAndYear" => of,
        "InOrBeforeFiscalPeriodAndYear" => Period { from: None, ..of },
        _ => Period { to: None, ..of },
    })
}

/// The service refuses lists and ranges of long texts.
fn refuse_memos(call: &Call<'_, '_>) -> Result<(), Fault> {
    if matches!(call.column.column.kind, ColumnKind::Memo { .. }) {
        return Err(Fault::new(
            StatusCode::BAD_REQUEST,
            0x8004_4153,
            format!(
                "The operator '{}' can't be used on the attribute '{}', which is of type ntext.",
                call.name, call.column.column.name
            ),
        ));
    }
    Ok(())
}

fn within<'a>(call: &Call<'_, 'a>) -> Result<Condition<'a>, Fault> {
    refuse_memos(call)?;
    let mut values = Vec::new();
    for text in call.list()? {
        let literal = literal_of(call.column, &text)?;
        match value::kept(call.column, &literal) {
            Some(Kept::Exactly(value)) => values.push(value),
            // No row has such a value.
            Some(_) => {}
            None => return Err(value::incompatible(call.column, Comparison::Eq, &literal)),
        }
    }
    Ok(Condition::In(call.column, values))
}

fn between<'a>(call: &Call<'_, 'a>) -> Result<Condition<'a>, Fault> {
    refuse_memos(call)?;
    let [from, to] = call.list()?.try_into().map_err(|_| unfit(call.name))?;
    let bound = |comparison, text: &str| {
        let literal = literal_of(call.column, text)?;
        value::compare(call.column, comparison, &literal)
    };
    Ok(Condition::All(vec![
        bound(Comparison::Ge, &from)?,
        bound(Comparison::Le, &to)?,
    ]))
}

fn selected<'a>(call: &Call<'_, 'a>) -> Result<Condition<'a>, Fault> {
    let kind = &call.column.column.kind;
    if !matches!(kind, ColumnKind::Choices { .. }) {
        return Err(call.wrong_kind(kind.name()));
    }
    let number = |text: String| text.trim().parse::<i64>().map_err(|_| unfit(call.name));
    let values = call.list()?.into_iter().map(number).collect::<Result<_, _>>()?;
    Ok(Condition::Selected(call.column, values))
}
