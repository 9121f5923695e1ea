//! Snapshots and generated crates on disk.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::emit::{self, Crate, EmitError, Options};
use crate::output::{Output, OutputError, Written};
use crate::schema::Schema;
use crate::snapshot::{self, MARKER, NAMES, SnapshotError, TABLES};

/// The file of a generated crate that lists what was generated.
pub const LISTING: &str = ".dataverse-codegen";

/// A step between a schema and files that failed.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// The snapshot can't be read or written as text.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// The code can't be emitted.
    #[error(transparent)]
    Emit(#[from] EmitError),
    /// The files can't be written.
    #[error(transparent)]
    Output(#[from] OutputError),
}

/// Writes a schema's snapshot into a folder. The names lock that may be there stays.
///
/// # Errors
/// Where the folder has other content, or can't be written.
pub fn write_snapshot(schema: &Schema, folder: &Path) -> Result<Written, ProjectError> {
    let files = snapshot::files(schema)?;
    let output = Output {
        folder,
        marker: MARKER,
        before: snapshot_files(folder),
    };
    Ok(output.write(&files)?)
}

/// The files of the snapshot that is in the folder. Only the tables' can become unwanted.
fn snapshot_files(folder: &Path) -> BTreeSet<String> {
    let tables = fs::read_dir(folder.join(TABLES)).into_iter().flatten().flatten();
    let names = tables.filter_map(|entry| entry.file_name().into_string().ok());
    names
        .filter(|name| name.ends_with(".json"))
        .map(|name| format!("{TABLES}/{name}"))
        .collect()
}

/// Generates the crate of a snapshot, without writing it.
///
/// # Errors
/// Where the snapshot can't be read.
pub fn generate(snapshot: &Path, options: &Options) -> Result<Crate, ProjectError> {
    Ok(emit::emit(&snapshot::read(snapshot)?, options)?)
}

/// Writes a generated crate into a folder, and the names it gave beside the snapshot that it was generated from.
///
/// # Errors
/// Where the folder has other content, or can't be written.
pub fn write_crate(generated: Crate, snapshot: &Path, folder: &Path) -> Result<Written, ProjectError> {
    let mut files: BTreeMap<String, Vec<u8>> = generated
        .files
        .into_iter()
        .map(|(path, text)| (path, text.into_bytes()))
        .collect();
    let listing: String = files.keys().map(|path| format!("{path}\n")).collect();
    files.insert(LISTING.to_owned(), listing.into_bytes());
    if !folder.join("Cargo.toml").exists() {
        files.insert("Cargo.toml".to_owned(), generated.manifest.into_bytes());
    }
    let before = fs::read_to_string(folder.join(LISTING)).unwrap_or_default();
    let output = Output {
        folder,
        marker: LISTING,
        before: before.lines().map(str::to_owned).collect(),
    };
    output.check()?;
    // The names first: a crate whose names are not kept could be generated with others the next time.
    let names = BTreeMap::from([(NAMES.to_owned(), generated.names.to_string().into_bytes())]);
    Output {
        folder: snapshot,
        marker: MARKER,
        before: BTreeSet::new(),
    }
    .write(&names)?;
    Ok(output.write(&files)?)
}
