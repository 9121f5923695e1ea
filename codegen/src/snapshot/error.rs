//! What can be wrong with a snapshot.

use std::path::{Path, PathBuf};

/// A snapshot that can't be read.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// The folder has no marker file.
    #[error("{} is not a snapshot: it has no {}", folder.display(), super::MARKER)]
    NotASnapshot {
        /// The folder.
        folder: PathBuf,
    },
    /// The snapshot was written by a newer version.
    #[error("{} has format {found}; this version reads up to {}", file.display(), super::FORMAT)]
    Newer {
        /// The marker file.
        file: PathBuf,
        /// The format that it names.
        found: u32,
    },
    /// A file can't be read from disk.
    #[error("can't read {}: {source}", file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file's text is not what a snapshot holds.
    #[error("{}:{}:{}: {}", file.display(), source.line(), source.column(), without_place(source))]
    Text {
        /// The file.
        file: PathBuf,
        /// What the reader said, with line and column.
        source: serde_json::Error,
    },
    /// A table's file and the table in it have different names.
    #[error("{} holds the table `{table}`: rename the file or the table", file.display())]
    Misnamed {
        /// The file.
        file: PathBuf,
        /// The name inside.
        table: String,
    },
    /// A schema that can't be written as text.
    #[error("can't write {file}: {source}")]
    Write {
        /// The file's name in the snapshot.
        file: String,
        /// What the writer said.
        source: serde_json::Error,
    },
    /// The names lock has a line that can't be read.
    #[error("{}:{line}: {reason}", file.display())]
    Names {
        /// The file.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
}

/// What the reader said, without the place, which stands before it.
fn without_place(error: &serde_json::Error) -> String {
    let place = format!(" at line {} column {}", error.line(), error.column());
    let text = error.to_string();
    text.strip_suffix(&place).unwrap_or(&text).to_owned()
}

impl SnapshotError {
    pub(super) fn io(file: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let file = file.to_owned();
        move |source| Self::Io { file, source }
    }

    pub(super) fn text(file: &Path) -> impl FnOnce(serde_json::Error) -> Self {
        let file = file.to_owned();
        move |source| Self::Text { file, source }
    }

    /// What the user can do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::NotASnapshot { .. } => {
                "write one with `dataverse-codegen snapshot --metadata FILE --out DIR`"
            }
            Self::Newer { .. } => "update dataverse-codegen, or write the snapshot again with this version",
            Self::Io { .. } => "check that the path is right and may be read",
            Self::Text { .. } => "the file was edited or merged wrongly: write the snapshot again",
            Self::Misnamed { .. } => "a table's file is called after the table",
            Self::Write { .. } => "please report this: every schema should have a text",
            Self::Names { .. } => {
                "a line is `<thing> <key> = <name>`; delete the line to have the name given anew"
            }
        }
    }
}
