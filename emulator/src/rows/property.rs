//! One property of a row, written by itself.

use super::links::is_lookup;
use super::update::update;
use super::{Conditions, RowId, Work};
use crate::Fault;
use crate::json::{Json, Object};
use crate::model::Entity;
use dataverse_codegen::schema::ColumnKind;

/// Writes a property; null clears it. A file isn't written so.
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
    let is_file = matches!(column.kind, ColumnKind::File { .. });
    if is_file || is_lookup(&column.kind) || column.name == entity.primary_id() {
        return Err(Fault::bad_query(format!(
            "The property '{name}' of '{}' can't be set by itself.",
            entity.name()
        )));
    }
    let body: Object = vec![(name.to_owned(), value)];
    update(work, entity, id, &body, conditions)
}
