//! What a row can't do without: the columns that the service itself requires. What only forms require is not checked.

use super::draft::Draft;
use crate::Fault;
use dataverse_codegen::schema::{Column, ColumnKind, LookupKind, Required, Source};
use http::StatusCode;

/// Refuses a row without a value that the service requires.
pub(super) fn check(draft: &Draft<'_>) -> Result<(), Fault> {
    let entity = draft.entity;
    for column in &entity.table().columns {
        let asked = draft.is_new() || draft.cells.contains_key(&column.name);
        if asked && is_required(entity.primary_id(), column) && draft.value(&column.name).is_null() {
            return Err(Fault::new(
                StatusCode::BAD_REQUEST,
                0x8004_0200,
                format!(
                    "Required field '{}' is missing for the entity '{}'.",
                    column.name,
                    entity.name()
                ),
            ));
        }
    }
    Ok(())
}

/// Whether the caller has to give the column: the service requires it, and neither fills it nor keeps it elsewhere.
fn is_required(primary_id: &str, column: &Column) -> bool {
    let by_caller = match &column.kind {
        ColumnKind::Lookup(lookup) => {
            lookup.kind != LookupKind::Owner
                && lookup.targets.iter().any(|target| target.navigation.is_some())
        }
        ColumnKind::Text { .. }
        | ColumnKind::Memo { .. }
        | ColumnKind::WholeNumber { .. }
        | ColumnKind::BigInteger { .. }
        | ColumnKind::Decimal { .. }
        | ColumnKind::Float { .. }
        | ColumnKind::Money { .. }
        | ColumnKind::Choice { .. }
        | ColumnKind::Choices { .. }
        | ColumnKind::DateTime { .. } => true,
        _ => false,
    };
    by_caller
        && column.required == Some(Required::System)
        && column.access.is_some_and(|access| access.create)
        && column.name != primary_id
        && column.source == Source::Simple
        && column.auto_number.is_none()
        && !column.logical
}
