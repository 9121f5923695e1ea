//! Why an environment couldn't be regenerated.

use crate::config::{ConfigError, NotGiven};
use crate::documents::DocumentsError;
use crate::emit::EmitError;
use crate::fetch::FetchError;
use crate::output::OutputError;
use crate::snapshot::SnapshotError;
use crate::warning::Warning;

/// An environment that couldn't be regenerated. Snapshots and crate are as they were, unless writing itself failed.
#[derive(Debug, thiserror::Error)]
pub enum RegenerateError {
    /// There is no such environment.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// Its documents can't be fetched.
    #[error("{environment}: {source}")]
    Fetch {
        /// The environment.
        environment: String,
        /// Why.
        source: FetchError,
    },
    /// Its documents can't be read.
    #[error("{environment}: {source}")]
    Documents {
        /// The environment.
        environment: String,
        /// What is wrong with them.
        source: DocumentsError,
    },
    /// It has none of the selected tables.
    #[error("{environment}: none of its tables is selected{}", told(asked))]
    NoTables {
        /// The environment.
        environment: String,
        /// What was asked for and isn't there.
        asked: Vec<Warning>,
    },
    /// A snapshot can't be read.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// A chosen name can't be given.
    #[error(transparent)]
    Names(#[from] NotGiven),
    /// The code can't be emitted.
    #[error(transparent)]
    Emit(EmitError),
    /// The files can't be written.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// Another run is under way.
    #[error("another run is under way, which holds {}", file.display())]
    UnderWay {
        /// The file that it holds.
        file: std::path::PathBuf,
    },
}

fn told(asked: &[Warning]) -> String {
    const TOLD: usize = 3;
    asked.iter().take(TOLD).map(|of| format!("; {of}")).collect()
}

impl RegenerateError {
    /// What the user can do about it.
    #[must_use]
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::Fetch {
                source: FetchError::Service(_) | FetchError::Connect(_),
                ..
            } => Some(
                "`dataverse-codegen doctor` looks at the connection step by step; --offline generates from the snapshots that are there",
            ),
            Self::Documents { .. } => Some("--afresh fetches all documents again"),
            Self::NoTables { .. } => {
                Some("check [selection] in dataverse.toml: names are logical names, such as account")
            }
            Self::Snapshot(error) => Some(error.help()),
            Self::UnderWay { .. } => Some("wait for it; the lock goes with the process that holds it"),
            _ => None,
        }
    }
}
