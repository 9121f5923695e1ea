//! Why an environment can't be opened or changed.

use crate::Fault;
use crate::store::StoreError;

/// Why an environment can't be opened or changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EnvironmentError {
    /// The database can't be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The rows that every environment has can't be made.
    #[error("the rows that every environment has can't be made: {0}")]
    Foundation(Fault),
    /// The settings can't be meant.
    #[error("these settings can't be meant: {0}")]
    Settings(&'static str),
    /// Rows to start with can't be made.
    #[error(transparent)]
    Seed(#[from] super::SeedError),
}
