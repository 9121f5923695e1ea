//! The service's own query functions: `Microsoft.Dynamics.CRM.LastXDays(PropertyName='…',PropertyValue=7)`.

mod lists;
mod periods;
mod principals;

use super::{Binder, filter};
use crate::Fault;
use crate::odata::{Argument, Literal, PropertyPath, path_of};
use crate::query::plan::{ColumnRef, Condition};
use crate::store::Anchors;
use http::StatusCode;

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
    let shape = parameters(name).ok_or_else(|| unknown(name))?;
    let call = read(binder, name, arguments, shape)?;
    carried_out(binder, &call)
}

/// What the parameters of a function are called, but for that which names the column.
pub(in crate::query) fn parameters(name: &str) -> Option<&'static [&'static str]> {
    Some(match name {
        _ if BARE.contains(&name) => &[],
        _ if WITH_TEXT.contains(&name) || WITH_NUMBER.contains(&name) => &["PropertyValue"],
        _ if WITH_TWO.contains(&name) => &["PropertyValue1", "PropertyValue2"],
        _ if WITH_LIST.contains(&name) => &["PropertyValues"],
        _ => return None,
    })
}

/// A function of a column and values, one for each of its parameters.
pub(in crate::query) fn applied<'a>(
    binder: &Binder<'a>,
    name: &str,
    column: ColumnRef<'a>,
    values: Vec<Literal>,
) -> Result<Condition<'a>, Fault> {
    let shape = parameters(name).ok_or_else(|| unknown(name))?;
    if shape.len() != values.len() {
        return Err(unfit(name));
    }
    let values = shape.iter().copied().zip(values).collect();
    carried_out(binder, &Call { name, column, values })
}

fn carried_out<'a>(binder: &Binder<'a>, call: &Call<'_, 'a>) -> Result<Condition<'a>, Fault> {
    let name = call.name;
    let negated = |condition| Condition::Not(Box::new(condition));
    match name {
        _ if BARE.contains(&name) => match periods::named(binder, call) {
            Some(condition) => condition,
            None => principals::bare(binder, call),
        },
        "On" | "OnOrBefore" | "OnOrAfter" => periods::on(binder, call),
        "Contains" => filter::like(
            call.column,
            call.text()?.to_owned(),
            Anchors {
                start: false,
                end: false,
            },
            "contains",
        ),
        _ if WITH_TEXT.contains(&name) => principals::hierarchy(binder, call),
        _ if WITH_NUMBER.contains(&name) => periods::counted(binder, call),
        _ if WITH_TWO.contains(&name) => periods::fiscal(binder, call),
        "In" => lists::within(call),
        "NotIn" => lists::within(call).map(negated),
        "Between" => lists::between(call),
        "NotBetween" => lists::between(call).map(negated),
        "ContainValues" => lists::selected(call),
        // The service searches by an index of words: a row without any value doesn't contain one either.
        _ => lists::selected(call)
            .map(|found| Condition::Any(vec![Condition::Null(call.column), negated(found)])),
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
        } else if shape.contains(&parameter.as_str()) && is_of_type(name, &value) {
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

/// Whether a literal is of the type that a function's signature has: texts in a list even for numbers, no text for a number
/// (Microsoft Learn, "Query function reference").
fn is_of_type(name: &str, value: &Literal) -> bool {
    match value {
        // An alias that isn't set. The functions say themselves what they make of it.
        Literal::Null => true,
        Literal::Json(serde_json::Value::Array(items)) => {
            WITH_LIST.contains(&name) && items.iter().all(serde_json::Value::is_string)
        }
        Literal::Number(_) => WITH_NUMBER.contains(&name) || WITH_TWO.contains(&name),
        Literal::Text(_) => WITH_TEXT.contains(&name),
        _ => false,
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

    fn wrong_kind(&self, kind: &str) -> Fault {
        Fault::bad_query(format!(
            "The condition operator '{}' is not valid for the attribute '{}' of type {kind}.",
            self.name, self.column.column.name
        ))
    }
}

/// The most values of one condition.
const MOST_VALUES: usize = 2_000;
