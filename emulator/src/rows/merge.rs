//! What a merge does to rows: references go to the row that stays, and the other one is retired.

use super::delete::referring_rows;
use super::record::Cells;
use super::update::{change_cells, concrete};
use super::{Record, RowId, Work};
use crate::Fault;
use crate::model::Entity;
use crate::store::Cell;

/// Makes the rows that refer to one row refer to another, where the relationship says so.
pub(crate) fn repoint(work: &Work<'_>, entity: &Entity, from: &RowId, to: &RowId) -> Result<(), Fault> {
    for referring in work
        .relations
        .to(entity.name())
        .iter()
        .filter(|referring| referring.merges)
    {
        let by = work.entity(&referring.table)?;
        for row in referring_rows(work, by, &referring.column, entity.name(), from.id)? {
            let record = Record::get(work, by, &row)?;
            // An activity refers by two rows, which are written at once.
            if concrete(work, by, &record)?.name() != by.name() {
                continue;
            }
            let cell = Cell::Lookup(to.id, entity.name().to_owned());
            change_cells(work, by, &row, Cells::from([(referring.column.clone(), cell)]))?;
        }
    }
    Ok(())
}

/// Makes a row inactive and notes into which row it went.
pub(crate) fn retire(work: &Work<'_>, entity: &Entity, row: &RowId, into: &RowId) -> Result<(), Fault> {
    let mut cells = Cells::new();
    let mut set = |column: &str, cell: Cell| {
        if entity.table().column(column).is_some() {
            cells.insert(column.to_owned(), cell);
        }
    };
    set("statecode", Cell::Integer(1));
    set("merged", Cell::Integer(1));
    set("masterid", Cell::Lookup(into.id, entity.name().to_owned()));
    change_cells(work, entity, row, cells)
}
