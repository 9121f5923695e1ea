//! Who owns a row. Writing the owner assigns the row; the columns beside it follow.

use super::draft::Draft;
use super::{PARTY, Record, Work};
use crate::Fault;
use crate::store::Cell;
use dataverse_codegen::schema::{ColumnKind, LookupKind};
use uuid::Uuid;

const OWNER: &str = "ownerid";

/// Completes the owner and what is derived from it.
pub(super) fn settle(work: &Work<'_>, draft: &mut Draft<'_>) -> Result<(), Fault> {
    let owned = matches!(
        draft.entity.table().column(OWNER).map(|column| &column.kind),
        Some(ColumnKind::Lookup(lookup)) if lookup.kind == LookupKind::Owner
    );
    if !owned || draft.entity.name() == PARTY {
        return Ok(());
    }
    if draft.cells.get(OWNER).is_some_and(Cell::is_null) {
        // No row is without an owner: null says nothing.
        draft.cells.remove(OWNER);
    }
    if draft.is_new() {
        draft.set_if_absent(OWNER, || Cell::Lookup(work.user, "systemuser".to_owned()));
    }
    let Some(Cell::Lookup(id, table)) = draft.cells.get(OWNER).cloned() else {
        return Ok(());
    };
    let is_team = table == "team";
    let lookup = |yes: bool| {
        if yes {
            Cell::Lookup(id, table.clone())
        } else {
            Cell::Null
        }
    };
    draft.set("owninguser", lookup(!is_team));
    draft.set("owningteam", lookup(is_team));
    if draft.has("owningbusinessunit") {
        let unit = business_unit(work, &table, id)?;
        draft.set(
            "owningbusinessunit",
            Cell::Lookup(unit, "businessunit".to_owned()),
        );
    }
    Ok(())
}

/// The business unit of a user or team. One that isn't known is in the root.
pub(crate) fn business_unit(work: &Work<'_>, table: &str, id: Uuid) -> Result<Uuid, Fault> {
    let Some(entity) = work.model.entity(table) else {
        return Ok(work.organization.business_unit);
    };
    let principal = Record::find(work, entity, &id.into())?;
    Ok(
        match principal.as_ref().and_then(|row| row.cells.get("businessunitid")) {
            Some(Cell::Lookup(unit, _)) => *unit,
            _ => work.organization.business_unit,
        },
    )
}
