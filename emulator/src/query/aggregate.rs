//! `$apply`: groups of rows, and what is computed of them.

use super::bind::Binder;
use super::envelope::Envelope;
use super::plan::{ColumnRef, Computed, Condition, Groups};
use super::shape::Shaper;
use super::sql::Sql;
use super::{Asked, Context, count, page, set_of};
use crate::answer::{self, Field, Reply, Scalar};
use crate::model::Entity;
use crate::odata::{Aggregate, Apply, Expression, Method, Options, OrderBy, PropertyPath, Transformation};
use crate::store::{AVERAGE, SUM, Storage};
use crate::{Answer, Fault};
use dataverse_codegen::schema::ColumnKind;
use rusqlite::types::{Value, ValueRef};
use rust_decimal::Decimal;

/// What stands beside `$apply` without the service, or this emulator, being able to combine them.
const NOT_BESIDE: [&str; 5] = ["$filter", "$select", "$expand", "$count", "$skiptoken"];

/// Digits after the point of the sums and averages of amounts and decimals.
const MONEY_DIGITS: u32 = 9;
const DECIMAL_DIGITS: u32 = 10;

/// What `$apply` says.
struct Parts<'t> {
    filters: Vec<&'t Expression>,
    columns: &'t [PropertyPath],
    aggregates: &'t [Aggregate],
}

pub(super) fn answer(
    context: &Context<'_>,
    entity: &Entity,
    options: &Options,
    apply: &str,
    asked: &Asked,
) -> Result<Answer, Fault> {
    if let Some(other) = NOT_BESIDE.iter().find(|name| options.has(name)) {
        return Err(Fault::unsupported(&format!("{other} beside $apply")));
    }
    let apply = Apply::parse(apply)?;
    let parts = parts(&apply)?;
    check_size(context, entity, options, &parts)?;
    let mut binder = Binder::new(context, entity, Some(&options.aliases));
    let condition = filters(&mut binder, &parts)?;
    let groups = groups(&mut binder, &parts)?;
    let orders = orders(options, parts.columns, groups.keys.len())?;
    let mut shaper = Shaper::new(context, &mut binder, asked, Sql::default(), false);
    let fields: Vec<Field> = groups
        .keys
        .iter()
        .map(|(column, name)| shaper.field(*column, name))
        .collect();
    let results: Vec<usize> = groups
        .aggregates
        .iter()
        .map(|computed| shaper.add(|sql| aggregate(sql, computed)))
        .collect();
    let (mut sql, _) = shaper.finish();
    sql.rows(&binder.finish(condition));
    grouped(context, &mut sql, &groups, &orders);
    if let Some(most) = limit(context, entity, options, asked)? {
        sql.push(" LIMIT ");
        sql.bind(most);
    }
    let mut answer = Envelope::new(context, asked, set_of(entity));
    answer.rows(|out| write(context, &sql, &groups, &fields, &results, out))?;
    Ok(Reply::json(asked.level)
        .applied(&asked.preferences, false)
        .with(answer.finish()))
}

fn parts(apply: &Apply) -> Result<Parts<'_>, Fault> {
    let mut filters = Vec::new();
    let mut steps = apply.0.iter();
    for step in steps.by_ref() {
        let (columns, aggregates): (&[PropertyPath], &[Aggregate]) = match step {
            Transformation::Filter(condition) => {
                filters.push(condition);
                continue;
            }
            Transformation::Aggregate(aggregates) => (&[], aggregates),
            Transformation::GroupBy { columns, aggregates } => (columns, aggregates),
        };
        if steps.next().is_some() {
            return Err(Fault::unsupported("a transformation of groups in $apply"));
        }
        return Ok(Parts {
            filters,
            columns,
            aggregates,
        });
    }
    Err(Fault::unsupported("$apply without 'groupby' or 'aggregate'"))
}

fn filters<'a>(binder: &mut Binder<'a>, parts: &Parts<'_>) -> Result<Condition<'a>, Fault> {
    let conditions = parts.filters.iter().map(|filter| binder.condition(filter));
    conditions.collect::<Result<_, _>>().map(Condition::All)
}

/// Refuses to read more rows than the service would.
fn check_size(
    context: &Context<'_>,
    entity: &Entity,
    options: &Options,
    parts: &Parts<'_>,
) -> Result<(), Fault> {
    let mut binder = Binder::new(context, entity, Some(&options.aliases));
    let condition = filters(&mut binder, parts)?;
    let rows = binder.finish(condition);
    count::refuse_more(context, context.settings.aggregated, Sql::default(), &rows)
}

fn groups<'a>(binder: &mut Binder<'a>, parts: &Parts<'_>) -> Result<Groups<'a>, Fault> {
    let mut names: Vec<String> = Vec::new();
    let mut take = |name: String| {
        if names.contains(&name) {
            return Err(Fault::bad_query(format!(
                "The name '{name}' is there twice in $apply."
            )));
        }
        names.push(name.clone());
        Ok(name)
    };
    let mut keys = Vec::new();
    for path in parts.columns {
        let column = binder.column(path)?;
        if matches!(
            column.column.kind,
            ColumnKind::Choices { .. } | ColumnKind::Image { .. } | ColumnKind::File { .. }
        ) {
            return Err(Fault::bad_query(format!(
                "The property '{path}' cannot be grouped by."
            )));
        }
        keys.push((column, take(key_name(path, column))?));
    }
    let mut aggregates = Vec::new();
    for aggregate in parts.aggregates {
        let of = match &aggregate.of {
            None => None,
            Some((path, method)) => Some((checked(binder.column(path)?, path, *method)?, *method)),
        };
        aggregates.push(Computed {
            of,
            alias: take(aggregate.alias.clone())?,
        });
    }
    Ok(Groups { keys, aggregates })
}

/// What a group's key is called: its property, and behind a lookup the names of the table and the column (Microsoft Learn,
/// "Aggregate data by using OData": `primarycontactid/fullname` is `contact_fullname`).
fn key_name(path: &PropertyPath, column: ColumnRef<'_>) -> String {
    match path.0.as_slice() {
        [property] => property.clone(),
        _ => format!("{}_{}", column.entity.name(), column.column.property()),
    }
}

/// The column, if the method can be applied to it.
fn checked<'a>(column: ColumnRef<'a>, path: &PropertyPath, method: Method) -> Result<ColumnRef<'a>, Fault> {
    let kind = &column.column.kind;
    if is_applicable(method, kind) {
        return Ok(column);
    }
    Err(Fault::bad_query(format!(
        "The method '{}' can't be applied to the property '{path}', which is a {}.",
        method.word(),
        kind.name()
    )))
}

/// Whether a method can be applied to columns of a kind.
pub(super) fn is_applicable(method: Method, kind: &ColumnKind) -> bool {
    let is_number = match Storage::of(kind) {
        Storage::Money | Storage::Decimal | Storage::Real => true,
        Storage::Integer => matches!(
            kind,
            ColumnKind::WholeNumber { .. } | ColumnKind::BigInteger { .. }
        ),
        _ => false,
    };
    match method {
        Method::CountDistinct => !matches!(kind, ColumnKind::Choices { .. }),
        Method::Min | Method::Max => is_number || matches!(kind, ColumnKind::DateTime { .. }),
        Method::Sum | Method::Average => is_number,
    }
}

pub(super) fn aggregate(sql: &mut Sql, computed: &Computed<'_>) {
    let Some((column, method)) = computed.of else {
        return sql.push("count(*)");
    };
    let exact = Storage::of(&column.column.kind) != Storage::Real;
    sql.push(match method {
        Method::Sum if exact => SUM,
        Method::Sum => "sum",
        Method::Average if exact => AVERAGE,
        Method::Average => "avg",
        Method::Min => "min",
        Method::Max => "max",
        Method::CountDistinct => "count",
    });
    sql.push(if method == Method::CountDistinct {
        "(DISTINCT "
    } else {
        "("
    });
    sql.comparable(column);
    sql.push(")");
}

/// The keys that `$orderby` names, by their position, and whether they are turned round.
fn orders(options: &Options, columns: &[PropertyPath], keys: usize) -> Result<Vec<(usize, bool)>, Fault> {
    let Some(text) = options.get("$orderby") else {
        return Ok((0..keys).map(|at| (at, false)).collect());
    };
    let position = |path: &PropertyPath| {
        columns
            .iter()
            .position(|column| column == path)
            .ok_or_else(|| Fault::bad_query("The query node SingleValueOpenPropertyAccess is not supported"))
    };
    let orders = OrderBy::parse(text)?;
    orders
        .0
        .iter()
        .map(|order| Ok((position(&order.path)?, order.descending)))
        .collect()
}

fn grouped(context: &Context<'_>, sql: &mut Sql, groups: &Groups<'_>, orders: &[(usize, bool)]) {
    for (at, (column, _)) in groups.keys.iter().enumerate() {
        sql.push(if at == 0 { " GROUP BY " } else { ", " });
        sql.comparable(*column);
    }
    for (at, (key, descending)) in orders.iter().enumerate() {
        sql.push(if at == 0 { " ORDER BY " } else { ", " });
        sql.sort_key(context.model, groups.keys[*key].0);
        if *descending {
            sql.push(" DESC");
        }
    }
}

fn limit(
    context: &Context<'_>,
    entity: &Entity,
    options: &Options,
    asked: &Asked,
) -> Result<Option<i64>, Fault> {
    if !options.has("$top") {
        return Ok(None);
    }
    let size = page::Size::of(context, entity, options, &asked.preferences)?;
    Ok(Some(i64::try_from(size.rows).unwrap_or(i64::MAX)))
}

fn write(
    context: &Context<'_>,
    sql: &Sql,
    groups: &Groups<'_>,
    fields: &[Field],
    results: &[usize],
    out: &mut Vec<u8>,
) -> Result<(), Fault> {
    let mut statement = context.connection.prepare_cached(&sql.text)?;
    let mut rows = statement.query(rusqlite::params_from_iter(&sql.values))?;
    let mut first = true;
    while let Some(row) = rows.next()? {
        out.extend_from_slice(if first { b"{" } else { b",{" });
        first = false;
        let start = out.len();
        for field in fields {
            // A group of rows without a value lacks the member.
            if row.get_ref(field.at)? == ValueRef::Null {
                continue;
            }
            if out.len() > start {
                out.push(b',');
            }
            field.write(out, row)?;
        }
        for (computed, at) in groups.aggregates.iter().zip(results) {
            if out.len() > start {
                out.push(b',');
            }
            out.extend_from_slice(&answer::key(&computed.alias));
            result(out, computed, &row.get(*at)?);
        }
        out.push(b'}');
    }
    Ok(())
}

/// Writes a computed value. Sums and averages of amounts and decimals have zeros at their end.
pub(super) fn result(out: &mut Vec<u8>, computed: &Computed<'_>, value: &Value) {
    let Some((column, method)) = computed.of else {
        return Scalar::Plain.write(out, value.into());
    };
    let storage = Storage::of(&column.column.kind);
    match (method, value) {
        (Method::CountDistinct, _) => Scalar::Plain.write(out, value.into()),
        (Method::Sum | Method::Average, Value::Text(text)) => {
            let number: Decimal = text.parse().unwrap_or_default();
            let shown = match storage {
                Storage::Money => {
                    let amount = number * Decimal::new(1, 4);
                    answer::padded(&amount.round_dp(MONEY_DIGITS).to_string(), MONEY_DIGITS)
                }
                Storage::Decimal => {
                    answer::padded(&number.round_dp(DECIMAL_DIGITS).to_string(), DECIMAL_DIGITS)
                }
                // As in SQL Server, the average of whole numbers is one.
                _ => number.trunc().normalize().to_string(),
            };
            out.extend_from_slice(shown.as_bytes());
        }
        _ => Scalar::of(column.column).write(out, value.into()),
    }
}
