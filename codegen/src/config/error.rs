//! What can be wrong with the file.

use std::fmt;
use std::path::PathBuf;

/// A `dataverse.toml` that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file can't be read from disk.
    #[error("can't read {}: {source}", file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Something in it is wrong.
    #[error("{}", listed(file, problems))]
    Wrong {
        /// The file.
        file: PathBuf,
        /// What is wrong, in the order of the text.
        problems: Vec<Problem>,
    },
    /// There is no environment of this name.
    #[error("there is no environment `{name}`: there {}", are(known))]
    NoEnvironment {
        /// The name.
        name: String,
        /// Those that there are.
        known: Vec<String>,
    },
}

/// One thing that is wrong in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// The character within the line, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)?;
        match &self.help {
            Some(help) => write!(f, " ({help})"),
            None => Ok(()),
        }
    }
}

fn listed(file: &std::path::Path, problems: &[Problem]) -> String {
    let lines: Vec<String> = problems
        .iter()
        .map(|problem| format!("{}:{problem}", file.display()))
        .collect();
    lines.join("\n")
}

fn are(known: &[String]) -> String {
    match known {
        [] => "are none".to_owned(),
        [one] => format!("is `{one}`"),
        several => format!("are `{}`", several.join("`, `")),
    }
}
