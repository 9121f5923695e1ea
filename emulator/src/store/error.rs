//! Why the database can't be used, and what a caller hears of it.

use crate::Fault;
use http::StatusCode;
use std::path::PathBuf;

/// Why the rows of an environment can't be kept.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The file can't be opened.
    #[error("`{}` can't be opened as a database: {source}", file.display())]
    Open {
        /// The file.
        file: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },
    /// Rows that are there have the same values for an alternate key.
    #[error("the alternate key `{key}` of the table `{table}` can't be had: rows share its values")]
    Key {
        /// The table.
        table: String,
        /// The key.
        key: String,
    },
    /// Anything else that the database says.
    #[error("the database refuses: {0}")]
    Database(#[from] rusqlite::Error),
}

impl From<rusqlite::Error> for Fault {
    /// The statement isn't told: it is nobody's business but the emulator's.
    fn from(error: rusqlite::Error) -> Self {
        let what = match &error {
            rusqlite::Error::SqliteFailure(failure, _) => failure.to_string(),
            _ => "the statement failed".to_owned(),
        };
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            0x8004_4150,
            format!("Generic SQL error: {what}."),
        )
    }
}
