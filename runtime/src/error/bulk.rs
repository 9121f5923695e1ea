//! Rows of a bulk that weren't written.

use super::Error;
use std::fmt;
use std::ops::Range;

/// Rows of a bulk that weren't written.
#[derive(Debug)]
#[non_exhaustive]
pub struct BulkFailure {
    /// Which, by their positions in what the bulk was given, from 0 on: most often one row.
    pub rows: Range<usize>,
    /// Why.
    pub error: Error,
}

/// Not all rows of a bulk were written.
#[derive(Debug)]
#[non_exhaustive]
pub struct BulkError {
    /// How many rows the bulk was given.
    pub rows: usize,
    /// Those that weren't written, by their positions.
    pub failures: Vec<BulkFailure>,
}

impl fmt::Display for BulkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let failed: usize = self.failures.iter().map(|failure| failure.rows.len()).sum();
        write!(f, "{failed} of {} rows weren't written", self.rows)?;
        match self.failures.first() {
            None => Ok(()),
            Some(BulkFailure { rows, error }) if rows.len() == 1 => {
                write!(f, "; the first is row {}: {error}", rows.start)
            }
            Some(BulkFailure { rows, error }) => {
                let last = rows.end.saturating_sub(1);
                write!(f, "; the first are rows {} to {last}: {error}", rows.start)
            }
        }
    }
}

impl std::error::Error for BulkError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.failures.first().map(|failure| &failure.error as _)
    }
}
