//! Collects warnings while an element is read.

use std::cell::{Cell, RefCell};

use crate::warning::Warning;

/// Warnings kept per element: a body that is wrong everywhere must not fill the memory with warnings.
const LIMIT: usize = 50;

/// Warnings about one element of a body, such as a table.
///
/// The names of the table and of the column are often read after the property that is wrong, so they are
/// filled in afterwards, from a [`mark`](Notes::mark) on.
#[derive(Default)]
pub(super) struct Notes {
    list: RefCell<Vec<Warning>>,
    left_out: Cell<usize>,
}

impl Notes {
    /// Adds a warning; `message` starts with the property it is about.
    pub(super) fn add(&self, message: impl FnOnce() -> String) {
        let mut list = self.list.borrow_mut();
        if list.len() < LIMIT {
            list.push(Warning {
                table: None,
                column: None,
                message: message(),
            });
        } else {
            self.left_out.set(self.left_out.get() + 1);
        }
    }

    /// Where the next warning will be.
    pub(super) fn mark(&self) -> usize {
        self.list.borrow().len()
    }

    /// Says that the warnings since `mark` are about `column`.
    pub(super) fn about_column(&self, mark: usize, column: &str) {
        for warning in self.list.borrow_mut().iter_mut().skip(mark) {
            warning.column.get_or_insert_with(|| column.to_owned());
        }
    }

    /// Puts the place they are in before the warnings since `mark`.
    pub(super) fn inside(&self, mark: usize, place: impl FnOnce() -> String) {
        let mut list = self.list.borrow_mut();
        if list.len() > mark {
            let place = place();
            for warning in list
                .iter_mut()
                .skip(mark)
                .filter(|warning| warning.column.is_none())
            {
                let dot = if warning.message.starts_with(':') { "" } else { "." };
                warning.message = format!("{place}{dot}{}", warning.message);
            }
        }
    }

    /// Hands the warnings over, as about `table`.
    pub(super) fn take(&self, table: Option<&str>) -> Vec<Warning> {
        let mut list = self.list.take();
        let left_out = self.left_out.take();
        if left_out > 0 {
            let message = format!("{left_out} more warnings of this kind left out");
            list.push(Warning {
                table: None,
                column: None,
                message,
            });
        }
        for warning in &mut list {
            warning.table = table.map(str::to_owned);
        }
        list
    }
}
