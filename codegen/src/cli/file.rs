//! Writes one file so that what was there stays whole until the new one is complete.

use std::fs;
use std::path::Path;

use super::Failure;

pub(super) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::new(format!("can't write {}: {error}", path.display()));
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder).map_err(failed)?;
    // In the folder itself, so that a rename never crosses file systems.
    let staging = tempfile::Builder::new()
        .prefix(".writing-")
        .tempdir_in(folder)
        .map_err(failed)?;
    let beside = staging.path().join("file");
    fs::write(&beside, text).map_err(failed)?;
    fs::rename(&beside, path).map_err(failed)
}
