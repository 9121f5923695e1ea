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
    Ok(snapshot_output(folder).write(&files)?)
}

/// The folder of a snapshot.
pub(crate) fn snapshot_output(folder: &Path) -> Output<'_> {
    Output {
        folder,
        marker: MARKER,
        whole: "",
        before: snapshot_files(folder),
    }
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
    let output = crate_output(folder);
    output.check()?;
    // The names first: a crate whose names are not kept could be generated with others the next time.
    let names = BTreeMap::from([(NAMES.to_owned(), generated.names.to_string().into_bytes())]);
    Output {
        folder: snapshot,
        marker: MARKER,
        whole: "",
        before: BTreeSet::new(),
    }
    .write(&names)?;
    Ok(write_crate_files(&crate_files(generated, folder), folder)?)
}

/// The folder of a crate. Its sources change as a whole; the rest is its owner's.
pub(crate) fn crate_output(folder: &Path) -> Output<'_> {
    let before = fs::read_to_string(folder.join(LISTING)).unwrap_or_default();
    Output {
        folder,
        marker: LISTING,
        whole: "src",
        before: before.lines().map(str::to_owned).collect(),
    }
}

/// The files of a generated crate, with the list of them, and with a manifest if there is none yet.
pub(crate) fn crate_files(generated: Crate, folder: &Path) -> BTreeMap<String, Vec<u8>> {
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
    files
}

/// Writes the files of a crate. Until the sources are in place the listing has those of before too: a run that is cut
/// off leaves no file that no listing knows.
pub(crate) fn write_crate_files(
    files: &BTreeMap<String, Vec<u8>>,
    folder: &Path,
) -> Result<Written, OutputError> {
    let output = crate_output(folder);
    let pending = output.pending(files)?;
    if pending.removed.is_empty() {
        return output.write(files);
    }
    let mut both = files.clone();
    let all: BTreeSet<&str> = files
        .keys()
        .chain(&output.before)
        .map(String::as_str)
        .filter(|path| path.starts_with("src/"))
        .collect();
    let listing: String = all.into_iter().map(|path| format!("{path}\n")).collect();
    both.insert(LISTING.to_owned(), listing.into_bytes());
    output.write(&both)?;
    Output {
        before: BTreeSet::new(),
        ..crate_output(folder)
    }
    .write(files)?;
    Ok(Written {
        written: pending.changed.len(),
        unchanged: pending.unchanged,
        removed: pending.removed.len(),
    })
}
