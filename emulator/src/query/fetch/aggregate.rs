//! Groups of rows, and what is computed of them.

use super::columns::field;
use super::date_part::date_part;
use super::page::Page;
use super::scope::{Scope, checked};
use super::{Asking, fault, link, order, rows};
use crate::answer::{self, Cookie, Field, Label, Note, Reply, Scalar, note, of_kind};
use crate::fetchxml::{Aggregate, Attribute, Fetch, OrderBy, Use};
use crate::odata::Method;
use crate::query::aggregate::{aggregate, is_applicable, result};
use crate::query::count;
use crate::query::envelope::Envelope;
use crate::query::list::Of;
use crate::query::plan::{ColumnRef, Computed, Rows, Sort};
use crate::query::shape::{At, Shaper};
use crate::query::sql::Sql;
use crate::query::{Context, set_of};
use crate::{Answer, Fault};
use dataverse_codegen::schema::ColumnKind;
use rusqlite::types::{Value, ValueRef};

/// What the answer has under an alias.
struct Item<'a> {
    alias: String,
    column: ColumnRef<'a>,
    used: Use,
    /// Whether parts of dates are those in UTC.
    in_utc: bool,
}

/// How an item is written.
enum Member {
    /// As what it is: a key of the groups, a number of rows, the least and the largest value.
    Field(Box<Field>),
    /// A sum or an average, which stands in this column.
    Computed(Vec<u8>, usize),
}

impl Member {
    /// Where its value stands.
    fn at(&self) -> usize {
        match self {
            Self::Field(field) => field.at,
            Self::Computed(_, at) => *at,
        }
    }
}

pub(super) fn answer(context: &Context<'_>, of: &Of<'_>, asking: &Asking<'_>) -> Result<Answer, Fault> {
    let (fetch, asked) = (asking.fetch, asking.asked);
    let mut scope = Scope::new(context, of.entity);
    let root = scope.root;
    let links = link::declared(&mut scope, &fetch.items, root)?;
    let items = items(&scope, fetch, &links)?;
    let orders = orders(fetch, &links, &items)?;
    let condition = rows::condition(&mut scope, of, asking, &links)?;
    let page = Page::of(context, of.entity, asking, None)?;
    let mut shaper = Shaper::new(context, &mut scope.binder, asked, of.sql(), false);
    let mut members = Vec::with_capacity(items.len());
    for item in &items {
        members.push(member(context, &mut shaper, item)?);
    }
    let (mut sql, _) = shaper.finish();
    let rows = scope.binder.finish(condition);
    check_size(context, of.sql(), &rows, fetch)?;
    let count = match asking.counts()? {
        true => Some(rows::number(context, of.sql(), &rows, None)?),
        false => None,
    };
    sql.rows(&rows);
    grouped(context, &mut sql, &items, &members, &orders, fetch)?;
    let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    sql.push(" LIMIT ");
    sql.bind(number(page.size.saturating_add(1)));
    sql.push(" OFFSET ");
    sql.bind(number(page.skip));
    let names: Vec<&str> = items.iter().map(|item| item.alias.as_str()).collect();
    let about = format!("{}({})", set_of(of.entity), names.join(","));
    let mut answer = Envelope::new(context, asked, &about);
    answer.counts(count);
    let more = answer.rows(|out| write(context, &sql, &items, &members, page.size, out))?;
    let cookie = Cookie::new(page.number.saturating_add(1), None, &[], &[], &[]);
    rows::tail(context, &mut answer, of, asking, &page, more, &cookie);
    Ok(Reply::json(asked.level)
        .applied(&asked.preferences, asking.saved)
        .with(answer.finish()))
}

/// What is asked for, each under an alias of its own.
fn items<'a>(
    scope: &Scope<'a>,
    fetch: &Fetch,
    links: &[link::Joined<'_, 'a>],
) -> Result<Vec<Item<'a>>, Fault> {
    let links = link::flat(links);
    let all = std::iter::once((&fetch.items, scope.root))
        .chain(links.iter().map(|joined| (&joined.link.items, joined.at)));
    let mut items: Vec<Item<'a>> = Vec::new();
    for (asked, at) in all {
        if asked.all {
            return Err(fault::argument(
                "The element 'all-attributes' can't be used in a query with aggregates.",
            ));
        }
        for attribute in &asked.attributes {
            let item = item(scope, attribute, at)?;
            if items.iter().any(|known| known.alias == item.alias) {
                return Err(fault::same_alias(&item.alias));
            }
            items.push(item);
        }
    }
    if items.is_empty() {
        return Err(fault::argument("A query with aggregates has attributes."));
    }
    Ok(items)
}

fn item<'a>(scope: &Scope<'a>, attribute: &Attribute, at: At<'a>) -> Result<Item<'a>, Fault> {
    let name = &attribute.name;
    let Some(alias) = &attribute.alias else {
        return Err(fault::argument(format!(
            "The attribute '{name}' of a query with aggregates has no alias."
        )));
    };
    let column = scope.column(at, name)?;
    let kind = &column.column.kind;
    let fits = match attribute.used {
        Use::Value => {
            return Err(fault::argument(format!(
                "The attribute '{name}' is neither grouped by nor aggregated."
            )));
        }
        Use::Group(Some(_)) => matches!(kind, ColumnKind::DateTime { .. }),
        Use::Group(None) => !matches!(
            kind,
            ColumnKind::Choices { .. } | ColumnKind::Image { .. } | ColumnKind::File { .. }
        ),
        Use::Aggregate(Aggregate::Count | Aggregate::CountColumn { distinct: false }) => true,
        Use::Aggregate(aggregate) => method(aggregate).is_none_or(|method| is_applicable(method, kind)),
    };
    if !fits {
        return Err(fault::argument(format!(
            "The attribute '{name}', which is a {}, can't be grouped by or aggregated in this way.",
            kind.name()
        )));
    }
    Ok(Item {
        alias: checked(alias, "")?.to_owned(),
        column,
        used: attribute.used,
        in_utc: attribute.in_utc,
    })
}

/// The method of `$apply` that does the same.
fn method(aggregate: Aggregate) -> Option<Method> {
    match aggregate {
        Aggregate::Count | Aggregate::CountColumn { distinct: false } => None,
        Aggregate::CountColumn { distinct: true } => Some(Method::CountDistinct),
        Aggregate::Sum => Some(Method::Sum),
        Aggregate::Average => Some(Method::Average),
        Aggregate::Min => Some(Method::Min),
        Aggregate::Max => Some(Method::Max),
    }
}

/// Adds an item to the statement.
fn member<'a>(context: &Context<'_>, shaper: &mut Shaper<'_, 'a>, item: &Item<'a>) -> Result<Member, Fault> {
    let (column, alias) = (item.column, item.alias.as_str());
    let plain = |at: usize, scalar: Scalar, label: Option<Label>, shaper: &Shaper<'_, 'a>| {
        let level = shaper.asked.level;
        Member::Field(Box::new(Field {
            key: answer::key(alias),
            at,
            scalar,
            label: label
                .filter(|_| level.formatted)
                .map(|label| (note(alias, Note::Formatted), label)),
            lookup: None,
            attribute: level
                .attribute
                .then(|| (note(alias, Note::Attribute), column.column.name.clone())),
        }))
    };
    Ok(match item.used {
        Use::Group(None) | Use::Value => Member::Field(Box::new(field(shaper, column, alias, true))),
        Use::Group(Some(part)) => {
            let mut failed = Ok(());
            let at = shaper.add(|sql| failed = date_part(context, sql, column, (part, item.in_utc)));
            failed?;
            plain(at, Scalar::Plain, None, shaper)
        }
        Use::Aggregate(aggregate) => {
            let at = shaper.add(|sql| computed(sql, column, aggregate));
            match aggregate {
                Aggregate::Count | Aggregate::CountColumn { .. } => {
                    plain(at, Scalar::Plain, Some(Label::Number(0)), shaper)
                }
                Aggregate::Min | Aggregate::Max => {
                    let zone = &context.settings.time_zone;
                    let label = of_kind(column.column).map(|label| label.in_zone(column.column, zone));
                    plain(at, Scalar::of(column.column), label, shaper)
                }
                Aggregate::Sum | Aggregate::Average => Member::Computed(answer::key(alias), at),
            }
        }
    })
}

fn computed(sql: &mut Sql, column: ColumnRef<'_>, used: Aggregate) {
    match method(used) {
        Some(method) => aggregate(sql, &of_method(column, method)),
        None if used == Aggregate::Count => sql.push("count(*)"),
        None => {
            sql.push("count(");
            sql.value(column);
            sql.push(")");
        }
    }
}

fn of_method(column: ColumnRef<'_>, method: Method) -> Computed<'_> {
    Computed {
        of: Some((column, method)),
        alias: String::new(),
    }
}

/// Which items the groups are sorted by, by their positions, and whether they are turned round.
fn orders(
    fetch: &Fetch,
    links: &[link::Joined<'_, '_>],
    items: &[Item<'_>],
) -> Result<Vec<(usize, bool)>, Fault> {
    let links = link::flat(links);
    let of_links = links.iter().flat_map(|joined| &joined.link.items.orders);
    let mut orders = Vec::new();
    for order in fetch.items.orders.iter().chain(of_links) {
        let OrderBy::Alias(alias) = &order.by else {
            return Err(fault::argument(
                "An attribute can't be specified for an order clause of a query with aggregates. Use an alias.",
            ));
        };
        let position = items
            .iter()
            .position(|item| item.alias == *alias)
            .ok_or_else(|| {
                fault::argument(format!(
                    "The alias '{}' of an order isn't that of an attribute.",
                    crate::fetchxml::shown(alias)
                ))
            })?;
        orders.push((position, order.descending));
    }
    // What isn't ordered comes in the order of the groups' keys, so that pages don't overlap.
    let rest = (0..items.len()).filter(|at| matches!(items[*at].used, Use::Group(_)));
    let rest: Vec<(usize, bool)> = rest
        .filter(|at| orders.iter().all(|(known, _)| known != at))
        .map(|at| (at, false))
        .collect();
    orders.extend(rest);
    Ok(orders)
}

fn grouped(
    context: &Context<'_>,
    sql: &mut Sql,
    items: &[Item<'_>],
    members: &[Member],
    orders: &[(usize, bool)],
    fetch: &Fetch,
) -> Result<(), Fault> {
    let keys = items.iter().filter(|item| matches!(item.used, Use::Group(_)));
    for (at, item) in keys.enumerate() {
        sql.push(if at == 0 { " GROUP BY " } else { ", " });
        match item.used {
            Use::Group(Some(part)) => date_part(context, sql, item.column, (part, item.in_utc))?,
            _ => sql.comparable(item.column),
        }
    }
    for (at, (item, descending)) in orders.iter().enumerate() {
        sql.push(if at == 0 { " ORDER BY " } else { ", " });
        let column = items[*item].column;
        if items[*item].used == Use::Group(None) {
            let sort = Sort {
                column,
                descending: *descending,
                by_label: order::by_label(fetch, column),
            };
            sql.sorted_by(context, &sort);
        } else {
            // Sums are texts that hold numbers.
            sql.push(&format!("{} COLLATE DECIMAL", members[*item].at() + 1));
        }
        if *descending {
            sql.push(" DESC");
        }
    }
    Ok(())
}

/// Refuses to read more rows than the service would, or than the document wants.
fn check_size(context: &Context<'_>, sql: Sql, rows: &Rows<'_>, fetch: &Fetch) -> Result<(), Fault> {
    let most = context.settings.aggregated;
    let most = most.min(fetch.aggregate_limit.unwrap_or(most));
    count::refuse_more(context, most, sql, rows)
}

/// Writes the groups, and tells whether there are more.
fn write(
    context: &Context<'_>,
    sql: &Sql,
    items: &[Item<'_>],
    members: &[Member],
    most: u64,
    out: &mut Vec<u8>,
) -> Result<bool, Fault> {
    let mut statement = context.connection.prepare_cached(&sql.text)?;
    let mut rows = statement.query(rusqlite::params_from_iter(&sql.values))?;
    let mut written = 0;
    while let Some(row) = rows.next()? {
        if written == most {
            return Ok(true);
        }
        out.extend_from_slice(if written == 0 { b"{" } else { b",{" });
        written += 1;
        let start = out.len();
        for (item, member) in items.iter().zip(members) {
            let is_sum = item.used == Use::Aggregate(Aggregate::Sum);
            if row.get_ref(member.at())? == ValueRef::Null && !is_sum {
                continue;
            }
            if out.len() > start {
                out.push(b',');
            }
            match member {
                Member::Field(field) => field.write(out, row)?,
                Member::Computed(key, at) => {
                    out.extend_from_slice(key);
                    let method = if is_sum { Method::Sum } else { Method::Average };
                    // The sum of nothing is zero (Microsoft Learn, "Aggregate data using FetchXml").
                    let value = match row.get(*at)? {
                        Value::Null => Value::Text("0".to_owned()),
                        value => value,
                    };
                    result(out, &of_method(item.column, method), &value);
                }
            }
        }
        out.push(b'}');
    }
    Ok(false)
}
