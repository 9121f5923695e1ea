//! What came of a whole bulk.

use super::parts::BulkPart;
use crate::{BulkError, BulkFailure};

/// What came of a whole bulk.
#[derive(Debug)]
#[non_exhaustive]
pub struct BulkReport<V> {
    /// What each row gave, by its position: a create its id. `None`: it wasn't written, and is among the failures.
    pub values: Vec<Option<V>>,
    /// Which rows weren't written, and why, by their positions.
    pub failures: Vec<BulkFailure>,
}

impl<V> BulkReport<V> {
    pub(super) fn new() -> Self {
        Self {
            values: Vec::new(),
            failures: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, part: BulkPart<V>) {
        if self.values.len() < part.rows.end {
            self.values.resize_with(part.rows.end, || None);
        }
        match part.result {
            Ok(values) => {
                for (place, value) in self.values[part.rows].iter_mut().zip(values) {
                    *place = Some(value);
                }
            }
            Err(error) => self.failures.push(BulkFailure {
                rows: part.rows,
                error,
            }),
        }
    }

    pub(super) fn finish(mut self) -> Self {
        self.failures.sort_by_key(|failure| failure.rows.start);
        self
    }

    /// How many rows were written.
    pub fn written(&self) -> usize {
        self.values.iter().flatten().count()
    }

    /// What the rows gave, if all were written.
    ///
    /// # Errors
    /// With all failures, if a row wasn't written.
    pub fn complete(self) -> Result<Vec<V>, BulkError> {
        if self.failures.is_empty() {
            return Ok(self.values.into_iter().flatten().collect());
        }
        Err(BulkError {
            rows: self.values.len(),
            failures: self.failures,
        })
    }
}
