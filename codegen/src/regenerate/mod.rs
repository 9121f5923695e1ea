//! Fetches environments, writes their snapshots, and generates the crate of the base environment.
//!
//! All of it is put together in memory before the first file changes. Then each snapshot changes in one step, and the
//! crate's sources in another: a run that is cut off leaves the old ones or the new ones, and the next run goes on.

mod error;
mod guard;
mod summary;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::config::{Config, Environment};
use crate::drift::{Changes, compare};
use crate::emit;
use crate::fetch::{self, Progress};
use crate::names::Lock;
use crate::output::{Pending, Written};
use crate::project::{crate_files, crate_output, snapshot_output, write_crate_files};
use crate::schema::Schema;
use crate::snapshot::{self, Files, MARKER, NAMES, Snapshot, SnapshotError};
use crate::warning::Warning;

pub use error::RegenerateError;
pub use summary::{differences, summary};

/// What is to be done.
#[derive(Debug, Clone, Default)]
pub struct Task {
    /// The environment, where it isn't all of them.
    pub environment: Option<String>,
    /// Nothing is fetched: the snapshots are as they are, and the crate is generated from them.
    pub offline: bool,
    /// Nothing that was fetched before counts.
    pub afresh: bool,
}

/// What follows the work. All of it may be ignored.
pub trait Follow {
    /// An environment's documents are being fetched.
    fn fetching(&self, environment: &str) -> &dyn Progress;
    /// Something goes on that takes a while.
    fn working(&self, what: &'static str);
}

/// Ignores it.
impl Follow for () {
    fn fetching(&self, _: &str) -> &dyn Progress {
        &()
    }

    fn working(&self, _: &'static str) {}
}

/// An environment as it is now, and as its snapshot has it.
#[derive(Debug)]
pub struct Refreshed {
    /// The environment.
    pub name: String,
    /// The folder of its snapshot.
    pub folder: PathBuf,
    /// The schema of the snapshot that is there. Absent: there is none.
    pub old: Option<Schema>,
    /// The schema as it is now.
    pub new: Schema,
    /// What that changes in the folder.
    pub pending: Pending,
    /// What was noticed.
    pub warnings: Vec<Warning>,
    /// How many documents were fetched, and by how many requests.
    pub fetched: (usize, usize),
    files: Files,
}

impl Refreshed {
    /// What has changed since the snapshot that is there.
    #[must_use]
    pub fn changes(&self) -> Changes<'_> {
        match &self.old {
            Some(old) => compare(old, &self.new),
            None => Changes::default(),
        }
    }
}

/// What a run found, before anything is written.
#[derive(Debug)]
pub struct Plan {
    /// The environments that were asked for, by name.
    pub environments: Vec<Refreshed>,
    /// The environment that the crate is made from.
    pub base: String,
    /// The folder of the crate.
    pub crate_folder: PathBuf,
    /// What changes in it. Absent: the base environment wasn't asked for.
    pub generated: Option<Pending>,
    crate_files: BTreeMap<String, Vec<u8>>,
    /// The base environment's schema where it wasn't asked for, to compare others with.
    base_snapshot: Option<Schema>,
    _guard: guard::Guard,
}

impl Plan {
    /// Whether writing would change no file.
    #[must_use]
    pub fn is_up_to_date(&self) -> bool {
        let snapshots = self.environments.iter().all(|of| of.pending.is_empty());
        snapshots && self.generated.as_ref().is_none_or(Pending::is_empty)
    }

    /// The base environment's schema, as it is now or as its snapshot has it.
    #[must_use]
    pub fn base_schema(&self) -> Option<&Schema> {
        let now = self.environments.iter().find(|of| of.name == self.base);
        now.map(|of| &of.new).or(self.base_snapshot.as_ref())
    }

    /// Writes the snapshots, then the crate. Gives what was done to the crate.
    ///
    /// # Errors
    /// Where a folder has other content, or can't be written. What is not written yet is as it was.
    pub fn write(&self) -> Result<Option<Written>, RegenerateError> {
        // All folders are looked at before the first is touched.
        for of in &self.environments {
            snapshot_output(&of.folder).check()?;
        }
        if self.generated.is_some() {
            crate_output(&self.crate_folder).check()?;
        }
        for of in &self.environments {
            snapshot_output(&of.folder).write(&of.files)?;
        }
        match self.generated {
            Some(_) => Ok(Some(write_crate_files(&self.crate_files, &self.crate_folder)?)),
            None => Ok(None),
        }
    }
}

/// Finds out what is new, and what follows from it for the snapshots and the crate. Changes nothing but the cache.
///
/// # Errors
/// Where an environment can't be fetched, a document or a snapshot can't be read, or a chosen name can't be given.
pub fn plan(config: &Config, task: &Task, follow: &dyn Follow) -> Result<Plan, RegenerateError> {
    let guard = guard::Guard::take(&config.output.cache)?;
    let names: Vec<&String> = match &task.environment {
        Some(name) => {
            config.environment(name)?;
            vec![name]
        }
        None => config.environments.keys().collect(),
    };
    let mut plan = Plan {
        environments: Vec::with_capacity(names.len()),
        base: config.base.clone(),
        crate_folder: config.output.crate_folder.clone(),
        generated: None,
        crate_files: BTreeMap::new(),
        base_snapshot: None,
        _guard: guard,
    };
    for name in names {
        let environment = config.environment(name)?;
        let found = schema_of(config, name, environment, task, follow)?;
        let (new, warnings) = (found.schema, found.warnings);
        follow.working("comparing");
        let (old, names, more) = kept(&environment.snapshot)?;
        let mut files = snapshot::files(&new)?;
        let mut rows = Vec::new();
        let schema = if *name == config.base {
            let tables = new.tables.keys().map(String::as_str).collect();
            rows = config
                .output
                .rows
                .unmatched("selected table for `rows`:", &tables);
            let snapshot = Snapshot {
                names: config.names.over(&names),
                ..snapshot::of_files(new, &files)
            };
            let (schema, lock) = plan.generate(config, snapshot)?;
            files.insert(NAMES.to_owned(), lock.to_string().into_bytes());
            schema
        } else {
            new
        };
        plan.environments.push(Refreshed {
            name: name.clone(),
            pending: snapshot_output(&environment.snapshot).pending(&files)?,
            folder: environment.snapshot.clone(),
            old,
            new: schema,
            warnings: rows.into_iter().chain(warnings).chain(more).collect(),
            fetched: found.fetched,
            files,
        });
    }
    if plan.generated.is_none() {
        let base = config.environment(&config.base)?;
        plan.base_snapshot = kept(&base.snapshot)?.0;
    }
    Ok(plan)
}

impl Plan {
    /// Generates the crate. Gives the schema back, with the names that were given.
    fn generate(&mut self, config: &Config, snapshot: Snapshot) -> Result<(Schema, Lock), RegenerateError> {
        let generated = emit::emit(&snapshot, &config.options()).map_err(RegenerateError::Emit)?;
        config.names.check(&generated.names)?;
        let names = generated.names.clone();
        self.crate_files = crate_files(generated, &self.crate_folder);
        self.generated = Some(crate_output(&self.crate_folder).pending(&self.crate_files)?);
        Ok((snapshot.schema, names))
    }
}

/// A schema and how it came about.
#[derive(Debug)]
pub struct Found {
    /// The schema of the selected part.
    pub schema: Schema,
    /// What was noticed.
    pub warnings: Vec<Warning>,
    /// How many documents were fetched, and by how many requests. No requests: it is the snapshot's.
    pub fetched: (usize, usize),
}

/// The selected part of an environment of `dataverse.toml` as it is now. Changes nothing but the cache.
///
/// # Errors
/// Where it can't be fetched, or a document can't be read.
pub fn schema(
    config: &Config,
    name: &str,
    task: &Task,
    follow: &dyn Follow,
) -> Result<Found, RegenerateError> {
    let _guard = guard::Guard::take(&config.output.cache)?;
    schema_of(config, name, config.environment(name)?, task, follow)
}

fn schema_of(
    config: &Config,
    name: &str,
    environment: &Environment,
    task: &Task,
    follow: &dyn Follow,
) -> Result<Found, RegenerateError> {
    if task.offline {
        let schema = snapshot::read(&environment.snapshot)?.schema;
        return found(name, schema, Vec::new(), (0, 0));
    }
    let fetched = fetch::fetch(config, name, task.afresh, follow.fetching(name)).map_err(|source| {
        RegenerateError::Fetch {
            environment: name.to_owned(),
            source,
        }
    })?;
    follow.working("reading");
    let (schema, warnings) =
        fetched
            .schema(&config.selection)
            .map_err(|source| RegenerateError::Documents {
                environment: name.to_owned(),
                source,
            })?;
    found(name, schema, warnings, (fetched.fetched, fetched.requests))
}

/// A crate of no tables is never what was meant.
fn found(
    name: &str,
    schema: Schema,
    warnings: Vec<Warning>,
    fetched: (usize, usize),
) -> Result<Found, RegenerateError> {
    if schema.tables.is_empty() {
        return Err(RegenerateError::NoTables {
            environment: name.to_owned(),
            asked: warnings,
        });
    }
    Ok(Found {
        schema,
        warnings,
        fetched,
    })
}

/// The schema and the names of the snapshot that is there, if one is. One that can't be read is written anew; names that
/// can't be read would be lost by that, and are an error.
fn kept(folder: &Path) -> Result<(Option<Schema>, Lock, Option<Warning>), RegenerateError> {
    if !folder.join(MARKER).is_file() {
        return Ok((None, Lock::default(), None));
    }
    match snapshot::read(folder) {
        Ok(snapshot) => Ok((Some(snapshot.schema), snapshot.names, None)),
        Err(error @ (SnapshotError::Names { .. } | SnapshotError::Newer { .. })) => Err(error.into()),
        Err(error) => {
            let warning = Warning::document(format!("the snapshot is written anew, since {error}"));
            Ok((None, snapshot::names(folder)?, Some(warning)))
        }
    }
}
