//! Tying rows to rows: through a lookup of one of them, or through a row of an intersect table.

use super::create::{parent, set_lookup, unknown};
use super::payload::lookup_cell;
use super::unique::duplicate;
use super::{Record, RowId, Work};
use crate::Fault;
use crate::model::{Entity, Links, Many, Single};
use crate::store::{Cell, make_ready, next_version, quoted};
use dataverse_codegen::schema::ColumnKind;
use rusqlite::params_from_iter;
use rusqlite::types::Value;
use uuid::Uuid;

/// Adds a row to a collection.
///
/// # Errors
/// If the row isn't one of the collection's table, or is tied already where that may be once only.
pub(crate) fn add_link(
    work: &Work<'_>,
    entity: &Entity,
    id: &RowId,
    many: &Many,
    other: &Entity,
    row: &RowId,
) -> Result<(), Fault> {
    check_table(many, other)?;
    match &many.links {
        Links::Lookup(column) => set_lookup(work, other, row, column, parent(entity, other, column, id)),
        Links::Intersect {
            table,
            own,
            other: theirs,
        } => {
            let sql = format!(
                "SELECT 1 FROM {} WHERE {} = ?1 AND {} = ?2",
                quoted(table),
                quoted(own),
                quoted(theirs)
            );
            let pair = [id.id.to_string(), row.id.to_string()];
            if work
                .connection
                .prepare_cached(&sql)?
                .exists((&pair[0], &pair[1]))?
            {
                return Err(duplicate());
            }
            make_ready(work.connection, table)?;
            let mut columns = vec![quoted("$version"), quoted(own), quoted(theirs)];
            let mut values = vec![Value::Integer(next_version(work.connection)?)];
            values.extend(pair.map(Value::Text));
            // Where the schema has the intersect table, its rows have an id of their own.
            if let Some(intersect) = work.model.entity(table) {
                columns.push(quoted(intersect.primary_id()));
                values.push(Value::Text(Uuid::new_v4().to_string()));
            }
            let places = vec!["?"; columns.len()].join(", ");
            let sql = format!(
                "INSERT INTO {} ({}) VALUES ({places})",
                quoted(table),
                columns.join(", ")
            );
            work.connection
                .prepare_cached(&sql)?
                .execute(params_from_iter(values))?;
            Ok(())
        }
        Links::Unknown => Err(unknown(many)),
    }
}

/// Takes a row out of a collection. A row that isn't in it stays as it is.
///
/// # Errors
/// If the row isn't one of the collection's table.
pub(crate) fn remove_link(
    work: &Work<'_>,
    id: &RowId,
    many: &Many,
    other: &Entity,
    row: &RowId,
) -> Result<(), Fault> {
    check_table(many, other)?;
    match &many.links {
        Links::Lookup(column) => {
            let record = Record::get(work, other, row)?;
            match record.cells.get(column) {
                Some(Cell::Lookup(tied, _)) if *tied == id.id => {
                    set_lookup(work, other, row, column, Cell::Null)
                }
                _ => Ok(()),
            }
        }
        Links::Intersect {
            table,
            own,
            other: theirs,
        } => {
            let sql = format!(
                "DELETE FROM {} WHERE {} = ?1 AND {} = ?2",
                quoted(table),
                quoted(own),
                quoted(theirs)
            );
            work.connection
                .prepare_cached(&sql)?
                .execute([id.id.to_string(), row.id.to_string()])?;
            Ok(())
        }
        Links::Unknown => Err(unknown(many)),
    }
}

/// Sets a lookup by one of its navigation properties, or clears it.
///
/// # Errors
/// If the navigation property doesn't lead to the row's table.
pub(crate) fn set_single(
    work: &Work<'_>,
    entity: &Entity,
    id: &RowId,
    single: &Single,
    to: Option<(&Entity, &RowId)>,
) -> Result<(), Fault> {
    let cell = match to {
        None => Cell::Null,
        Some((other, row)) => lookup_cell(entity, single, other, row.id).ok_or_else(|| {
            Fault::bad_payload(format!(
                "The navigation property '{}' leads to rows of '{}', not of '{}'.",
                single.name,
                single.target,
                other.name()
            ))
        })?,
    };
    set_lookup(work, entity, id, &single.column, cell)
}

fn check_table(many: &Many, other: &Entity) -> Result<(), Fault> {
    let base = other.table().base.as_deref();
    if many.table == other.name() || base == Some(many.table.as_str()) {
        return Ok(());
    }
    Err(Fault::bad_payload(format!(
        "The collection '{}' holds rows of '{}', not of '{}'.",
        many.name,
        many.table,
        other.name()
    )))
}

/// Whether a column is a lookup.
pub(super) fn is_lookup(kind: &ColumnKind) -> bool {
    matches!(kind, ColumnKind::Lookup(_))
}
