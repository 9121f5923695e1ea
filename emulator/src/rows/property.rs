//! One property of a row, written by itself.

use super::links::is_lookup;
use super::record::Cells;
use super::update::{change_cells, update};
use super::{Conditions, Record, RowId, Work};
use crate::Fault;
use crate::json::{Json, Object};
use crate::model::Entity;
use crate::store::Cell;
use dataverse_codegen::schema::ColumnKind;

/// Writes a property; null clears it.
///
/// # Errors
/// If there is no such property, or it isn't written this way.
pub(crate) fn set_property(
    work: &Work<'_>,
    entity: &Entity,
    id: &RowId,
    name: &str,
    value: Json,
    conditions: &Conditions,
) -> Result<(), Fault> {
    let Some((_, column)) = entity.property(name) else {
        return Err(Fault::no_resource(name));
    };
    if is_lookup(&column.kind) || column.name == entity.primary_id() {
        return Err(Fault::bad_query(format!(
            "The property '{name}' of '{}' can't be set by itself.",
            entity.name()
        )));
    }
    if value == Json::Null && matches!(column.kind, ColumnKind::Image { .. } | ColumnKind::File { .. }) {
        conditions.check(entity, &Record::get(work, entity, id)?)?;
        return change_cells(work, entity, id, Cells::from([(column.name.clone(), Cell::Null)]));
    }
    let body: Object = vec![(name.to_owned(), value)];
    update(work, entity, id, &body, conditions)
}
