//! Why documents couldn't be fetched.

use std::io;
use std::path::PathBuf;

use dataverse_runtime::Error;

use super::connect::ConnectError;
use crate::config::ConfigError;
use crate::definitions::DefinitionsError;

/// Documents that couldn't be fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// There is no such environment.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// No client can be made of the environment's settings.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// The environment can't be reached, or refuses.
    #[error("{}", with_causes(.0))]
    Service(#[from] Error),
    /// An answer isn't what was asked for.
    #[error("the answer to {what} can't be read: {source}")]
    Answer {
        /// What was asked for.
        what: &'static str,
        /// What is wrong with it.
        source: DefinitionsError,
    },
    /// The kept documents can't be read or written.
    #[error("can't {action} {}: {source}", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl FetchError {
    pub(super) fn io(action: &'static str, path: &std::path::Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { action, path, source }
    }
}

/// The error with what led to it, which may be what matters: a certificate, a name that isn't known.
pub(crate) fn with_causes(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.contains(&more) {
            text.push_str(": ");
            text.push_str(&more);
        }
        cause = error.source();
    }
    text
}
