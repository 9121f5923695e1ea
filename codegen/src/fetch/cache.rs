//! The folder in which documents are kept, and what is known of them.
//!
//! A document is written beside and renamed; only then the state names it. A cut at any point leaves documents that are
//! whole, and a state that names no others.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use dataverse_runtime::client::Sink;
use serde::{Deserialize, Serialize};

use super::{FetchError, Progress};
use crate::snapshot::Digest;

/// The version of the state's form. Another one is not read.
const FORM: u32 = 1;
const STATE: &str = "state.json";
pub(super) const METADATA: &str = "metadata.xml";
pub(super) const TABLES: &str = "tables.json";
pub(super) const CHOICES: &str = "choices.json";
pub(super) const SOLUTIONS: &str = "solutions.json";
const DEFINITIONS: &str = "definitions";

/// What the kept documents are of. Those of something else don't count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Of {
    form: u32,
    organization: String,
    languages: Vec<u32>,
}

impl Of {
    pub(super) fn new(organization: String, languages: &[u32]) -> Self {
        Self {
            form: FORM,
            organization,
            languages: languages.to_vec(),
        }
    }
}

/// What is known of the kept documents.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct State {
    pub(super) of: Of,
    /// From which on changes are to be asked for: all documents are as of then, or later.
    pub(super) stamp: String,
    /// The environment's own time of its metadata, as of which or later all documents are.
    pub(super) timestamp: Option<String>,
    /// The documents that are right, with the tables that each holds whole, by path below the folder.
    pub(super) documents: BTreeMap<String, Vec<String>>,
}

/// The folder of one environment's documents.
#[derive(Debug, Clone)]
pub(super) struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// Makes the folder, if it isn't there yet.
    pub(super) fn open(folder: &Path) -> Result<Self, FetchError> {
        let definitions = folder.join(DEFINITIONS);
        fs::create_dir_all(&definitions).map_err(FetchError::io("make", &definitions))?;
        // All environments' folders are in one, which nobody wants to check in.
        if let Some(all) = folder.parent() {
            let ignored = all.join(".gitignore");
            if !ignored.exists() {
                fs::write(&ignored, "*\n").map_err(FetchError::io("write", &ignored))?;
            }
        }
        Ok(Self {
            folder: folder.to_owned(),
        })
    }

    pub(super) fn path(&self, document: &str) -> PathBuf {
        self.folder.join(document)
    }

    /// The state, if there is one of the same environment and languages. Documents that are gone are not in it.
    pub(super) fn state(&self, of: &Of) -> Option<State> {
        let text = fs::read(self.path(STATE)).ok()?;
        let mut state: State = serde_json::from_slice(&text).ok()?;
        state
            .documents
            .retain(|document, _| self.path(document).is_file());
        (state.of == *of).then_some(state)
    }

    pub(super) fn save(&self, state: &State) -> Result<(), FetchError> {
        let path = self.path(STATE);
        let failed = |source| FetchError::Io {
            action: "write",
            path: path.clone(),
            source,
        };
        let text = serde_json::to_vec_pretty(state).map_err(|error| failed(error.into()))?;
        let beside = self.path("state.json.part");
        fs::write(&beside, text).map_err(failed)?;
        fs::rename(&beside, &path).map_err(failed)
    }

    /// Removes what the state doesn't name.
    pub(super) fn tidy(&self, state: &State) {
        let entries = fs::read_dir(self.path(DEFINITIONS))
            .into_iter()
            .flatten()
            .flatten();
        for entry in entries {
            let document = format!("{DEFINITIONS}/{}", entry.file_name().to_string_lossy());
            if !state.documents.contains_key(&document) {
                // What stays takes space and does no harm.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// The file of a document, to be written.
    pub(super) fn part<'p>(&self, document: &str, progress: &'p dyn Progress) -> Part<'p> {
        Part {
            to: self.path(document),
            beside: self.path(&format!("{document}.part")),
            file: None,
            progress,
        }
    }
}

/// The document that holds these tables.
pub(super) fn definitions_of(tables: &[String]) -> String {
    format!("{DEFINITIONS}/{}.json", Digest::of(tables.join(" ").as_bytes()))
}

pub(super) fn is_definitions(document: &str) -> bool {
    document.starts_with(DEFINITIONS)
}

/// A document while it comes.
pub(super) struct Part<'p> {
    to: PathBuf,
    beside: PathBuf,
    file: Option<File>,
    progress: &'p dyn Progress,
}

impl Part<'_> {
    /// Puts the document in its place.
    pub(super) fn finish(self) -> Result<(), FetchError> {
        drop(self.file);
        fs::rename(&self.beside, &self.to).map_err(FetchError::io("write", &self.to))
    }
}

impl Sink for Part<'_> {
    fn start(&mut self) -> io::Result<()> {
        self.file = Some(File::create(&self.beside)?);
        Ok(())
    }

    fn write(&mut self, piece: &[u8]) -> io::Result<()> {
        self.progress.bytes(piece.len() as u64);
        match &mut self.file {
            Some(file) => file.write_all(piece),
            None => Err(io::Error::other("a piece came before the beginning")),
        }
    }
}
