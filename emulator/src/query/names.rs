//! The names of the rows that a lookup leads to: read once for a query that sorts all rows of a table by them, where each row's
//! own search would take half of the time.

use super::Context;
use super::plan::{ColumnRef, Condition, Rows, Tie};
use crate::model::Entity;
use crate::store::{Names, Storage, comparable, quoted};
use dataverse_codegen::schema::{Column, ColumnKind};
use rusqlite::types::Value;
use std::collections::HashMap;

/// The names for a lookup of the rows that are sorted, as the function of the database reads them. `None` if it isn't a
/// lookup of theirs, or the rows are those of one row and few.
pub(super) fn of(context: &Context<'_>, rows: &Rows<'_>, column: ColumnRef<'_>) -> Option<Value> {
    let ColumnKind::Lookup(lookup) = &column.column.kind else {
        return None;
    };
    if column.source != rows.from.id || is_of_row(&rows.condition) {
        return None;
    }
    let mut names = Names::new();
    for target in &lookup.targets {
        let Some(entity) = context.model.entity(&target.table) else {
            continue;
        };
        if let Some(name) = primary_name(entity) {
            // What can't be read here fails with the query itself.
            let of_table = read(context, rows.from.table, column.column, entity, name).ok()?;
            names.insert(entity.name().to_owned(), of_table);
        }
    }
    serde_json::to_string(&names).ok().map(Value::Text)
}

/// The column with the text that names rows of a table.
pub(super) fn primary_name(entity: &Entity) -> Option<&Column> {
    let name = entity.table().column(entity.table().primary_name.as_deref()?)?;
    (Storage::of(&name.kind) == Storage::Text).then_some(name)
}

/// The names of those rows of a table to which a lookup leads.
fn read(
    context: &Context<'_>,
    table: &str,
    lookup: &Column,
    target: &Entity,
    name: &Column,
) -> rusqlite::Result<HashMap<String, String>> {
    let (id, name, lookup) = (
        quoted(target.primary_id()),
        comparable(name),
        quoted(&lookup.name),
    );
    let sql = format!(
        "SELECT n.{id}, n.{name} FROM (SELECT DISTINCT {lookup} AS l FROM {}) AS d CROSS JOIN {} AS n ON n.{id} = d.l \
         WHERE n.{name} IS NOT NULL",
        quoted(table),
        quoted(target.name())
    );
    let mut statement = context.connection.prepare_cached(&sql)?;
    let names = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    names.collect()
}

/// Whether rows belong to a row.
pub(super) fn is_of_row(condition: &Condition<'_>) -> bool {
    match condition {
        Condition::All(parts) => parts.iter().any(is_of_row),
        Condition::Tied(ties) => ties.iter().any(|tie| matches!(tie, Tie::Parent(_))),
        _ => false,
    }
}
