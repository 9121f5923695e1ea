//! What a row will be: what it was, and what is written to it. The rules complete it and refuse it.

use super::record::{Cells, Record};
use crate::model::Entity;
use crate::store::Cell;
use std::collections::BTreeSet;

/// A row on its way.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub(super) entity: &'a Entity,
    /// The row so far. A create has none.
    before: Option<Record>,
    /// What is written.
    pub(super) cells: Cells,
    /// The columns that the caller wrote; the others are the rules'.
    given: BTreeSet<String>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(entity: &'a Entity, before: Option<Record>, cells: Cells) -> Self {
        Self {
            entity,
            before,
            given: cells.keys().cloned().collect(),
            cells,
        }
    }

    /// Whether the row is new.
    pub(super) fn is_new(&self) -> bool {
        self.before.is_none()
    }

    /// Whether the table has this column.
    pub(super) fn has(&self, column: &str) -> bool {
        self.entity.table().column(column).is_some()
    }

    /// Whether the caller wrote this column.
    pub(super) fn is_given(&self, column: &str) -> bool {
        self.given.contains(column)
    }

    /// The value that the column will have.
    pub(super) fn value(&self, column: &str) -> &Cell {
        self.cells.get(column).unwrap_or_else(|| self.was(column))
    }

    /// The value that the column had.
    pub(super) fn was(&self, column: &str) -> &Cell {
        let known = self.before.as_ref().and_then(|row| row.cells.get(column));
        known.unwrap_or(&Cell::Null)
    }

    /// Whether the column's value is another than before.
    pub(super) fn changes(&self, column: &str) -> bool {
        self.cells
            .get(column)
            .is_some_and(|cell| cell != self.was(column))
    }

    /// Writes a column, if the table has it.
    pub(super) fn set(&mut self, column: &str, cell: Cell) {
        if self.has(column) {
            self.cells.insert(column.to_owned(), cell);
        }
    }

    /// Writes a column of a new row that nobody has written yet, if the table has it.
    pub(super) fn set_if_absent(&mut self, column: &str, cell: impl FnOnce() -> Cell) {
        if self.has(column) && !self.cells.contains_key(column) {
            self.cells.insert(column.to_owned(), cell());
        }
    }
}
