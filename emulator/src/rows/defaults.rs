//! What a new row has where nobody says anything.

use super::Work;
use super::draft::Draft;
use crate::store::Cell;
use dataverse_codegen::schema::{ColumnKind, Source};

/// Fills in the defaults of columns that weren't written.
pub(super) fn fill(work: &Work<'_>, draft: &mut Draft<'_>) {
    let entity = draft.entity;
    for column in &entity.table().columns {
        if column.source != Source::Simple || draft.cells.contains_key(&column.name) {
            continue;
        }
        let default = match &column.kind {
            ColumnKind::YesNo { default, .. } => default.map(|flag| Cell::Integer(i64::from(flag))),
            ColumnKind::Choice { default, .. } => default.map(|value| Cell::Integer(i64::from(value))),
            ColumnKind::Choices { default, .. } => default.map(|value| Cell::Plain(value.to_string())),
            _ => None,
        };
        if let Some(default) = default {
            draft.cells.insert(column.name.clone(), default);
        }
    }
    kind_of_object(draft);
    // The organization's id is on rows that belong to it.
    let organization = work.organization.id;
    match entity.table().column("organizationid").map(|column| &column.kind) {
        Some(ColumnKind::Lookup(_)) if entity.name() != "organization" => {
            draft.set_if_absent("organizationid", || {
                Cell::Lookup(organization, "organization".to_owned())
            });
        }
        Some(ColumnKind::UniqueId) if entity.name() != "organization" => {
            draft.set_if_absent("organizationid", || Cell::Id(organization));
        }
        _ => {}
    }
}

/// The names of tables that go with the row: an activity's own, and that of what a note is about.
fn kind_of_object(draft: &mut Draft<'_>) {
    let name = draft.entity.name().to_owned();
    draft.set_if_absent("activitytypecode", || Cell::Text(name));
    if let Cell::Lookup(_, table) = draft.value("objectid").clone() {
        draft.set_if_absent("objecttypecode", || Cell::Text(table));
    }
}
