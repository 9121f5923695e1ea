//! The folders in which files are written before they are renamed into place, and what is left of them.

use std::fs;
use std::path::Path;

use super::{OutputError, failed};

/// How their names begin.
pub(super) const PREFIX: &str = ".writing-";

/// How many letters and digits the end of their names has, which nobody chooses.
const RANDOM: usize = 6;

/// Whether an entry of a folder is one.
pub(super) fn is_one(entry: &fs::DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with(PREFIX) && entry.path().is_dir()
}

/// A new one in a folder, whose name begins so. It goes when it is dropped.
pub(super) fn folder_in(folder: &Path, prefix: &str) -> Result<tempfile::TempDir, OutputError> {
    tempfile::Builder::new()
        .prefix(prefix)
        .rand_bytes(RANDOM)
        .tempdir_in(folder)
        .map_err(failed("write in", folder))
}

/// Removes those that runs have left that were cut off: whose names begin so and end in what nobody chose, or in one of
/// these. Those that begin so and go on otherwise belong to a folder with a longer name.
pub(super) fn clean(folder: &Path, prefix: &str, ends: &[&str]) -> Result<(), OutputError> {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some(end) = name.to_str().and_then(|name| name.strip_prefix(prefix)) else {
            continue;
        };
        let random = end.len() == RANDOM && end.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if (random || ends.contains(&end)) && entry.path().is_dir() {
            fs::remove_dir_all(entry.path()).map_err(failed("remove", &entry.path()))?;
        }
    }
    Ok(())
}
