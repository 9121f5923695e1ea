//! Documents of a live environment, kept in a folder so that a refresh costs little and a cut loses little.
//!
//! One run asks who and what the environment is, and what has changed since the kept stamp (`RetrieveMetadataChanges`). Only
//! what has changed is fetched again: `$metadata`, the list of all tables, the global choices, and the definitions of the
//! selected tables in bodies of a few dozen tables each. What is fetched is a document as it came: what becomes of it is the
//! same pure function as for files.

mod cache;
mod changes;
mod connect;
pub(crate) mod error;
pub(crate) mod requests;
mod run;
mod wanted;

use std::path::{Path, PathBuf};

use crate::config::{Config, Environment};
use crate::documents::{self, DocumentsError};
use crate::schema::{Schema, Selection};
use crate::warning::Warning;

pub use connect::{ConnectError, client};
pub use error::FetchError;

/// What a run tells while it works. All of it may be ignored.
pub trait Progress: Send + Sync {
    /// So many of so many documents are there.
    fn documents(&self, done: usize, of: usize);
    /// So many more bytes have come.
    fn bytes(&self, more: u64);
}

/// Tells nothing.
impl Progress for () {
    fn documents(&self, _: usize, _: usize) {}
    fn bytes(&self, _: u64) {}
}

/// The documents of an environment, as they are now.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// `$metadata`.
    pub metadata: PathBuf,
    /// Bodies of definitions.
    pub definitions: Vec<PathBuf>,
    /// How many documents were fetched now. The others were kept.
    pub fetched: usize,
    /// How many requests it took.
    pub requests: usize,
    /// What couldn't be had without the run failing for it.
    pub warnings: Vec<Warning>,
}

impl Fetched {
    /// The schema of the selected part.
    ///
    /// # Errors
    /// Where a document is broken.
    pub fn schema(&self, selection: &Selection) -> Result<(Schema, Vec<Warning>), DocumentsError> {
        let (schema, mut warnings) = documents::read(Some(&self.metadata), &self.definitions)?;
        let unmatched = selection.unmatched(&schema);
        let schema = schema.select(selection);
        if schema.tables.is_empty() {
            return Ok((schema, unmatched));
        }
        // The environment has thousands of tables that nobody asked about.
        warnings.retain(|warning| selection.is_about(&schema, warning));
        // The first, so that they are seen.
        warnings.splice(0..0, unmatched);
        warnings.extend(self.warnings.iter().cloned());
        Ok((schema, warnings))
    }
}

/// Fetches what is selected of an environment of `dataverse.toml`, or makes sure that what is kept is still right. With
/// `afresh`, nothing that is kept counts.
///
/// # Errors
/// Where the environment can't be reached or refuses, or the cache can't be written. What was fetched until then is kept.
pub fn fetch(
    config: &Config,
    name: &str,
    afresh: bool,
    progress: &dyn Progress,
) -> Result<Fetched, FetchError> {
    let environment = config.environment(name)?;
    fetch_into(
        environment,
        &config.selection,
        &config.output.cache.join(name),
        afresh,
        progress,
    )
}

/// The same for any environment and folder.
///
/// # Errors
/// As [`fetch`].
pub fn fetch_into(
    environment: &Environment,
    selection: &Selection,
    folder: &Path,
    afresh: bool,
    progress: &dyn Progress,
) -> Result<Fetched, FetchError> {
    let client = client(environment)?;
    block_on(run::run(client, selection, folder, afresh, progress))?
}

/// Runs a future to its end, with threads for what goes on side by side.
pub(crate) fn block_on<F: Future>(future: F) -> Result<F::Output, FetchError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|source| FetchError::Io {
            action: "start threads for",
            path: PathBuf::from("the network"),
            source,
        })?;
    Ok(runtime.block_on(future))
}
