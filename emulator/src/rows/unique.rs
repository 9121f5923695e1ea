//! What may be there once only: ids, and the values of alternate keys.

use super::draft::Draft;
use super::{ACTIVITY, Address, RowId, Work};
use crate::Fault;
use crate::store::{Cell, checked_keys};
use http::StatusCode;

/// Refuses an id that another row has.
pub(super) fn check_id(work: &Work<'_>, draft: &Draft<'_>, id: &RowId) -> Result<(), Fault> {
    let entity = draft.entity;
    let mut taken = Address::Id(id.clone()).find(work, entity)?.is_some();
    if !taken
        && entity.table().base.as_deref() == Some(ACTIVITY)
        && let Some(base) = work.model.entity(ACTIVITY)
    {
        taken = Address::Id(id.clone()).find(work, base)?.is_some();
    }
    if taken { Err(duplicate()) } else { Ok(()) }
}

/// 412: the row is there.
pub(super) fn duplicate() -> Fault {
    Fault::new(
        StatusCode::PRECONDITION_FAILED,
        0x8004_0237,
        "Cannot insert duplicate key.",
    )
}

/// Refuses values of an alternate key that another row has.
pub(super) fn check_keys(work: &Work<'_>, draft: &Draft<'_>, id: &RowId) -> Result<(), Fault> {
    let entity = draft.entity;
    for key in checked_keys(entity) {
        if !key.columns.iter().any(|column| draft.changes(column)) {
            continue;
        }
        let cells: Vec<(String, Cell)> = key
            .columns
            .iter()
            .map(|column| (column.clone(), draft.value(column).clone()))
            .collect();
        if let Some(other) = Address::Key(cells).find(work, entity)?
            && other.id != id.id
        {
            return Err(Fault::new(
                StatusCode::PRECONDITION_FAILED,
                0x8006_0892,
                format!(
                    "Entity Key {} violated. A record with the same value for {} already exists. A duplicate record cannot be created. Select one or more unique values and try again.",
                    key.name,
                    key.columns.join(", ")
                ),
            ));
        }
    }
    Ok(())
}
