//! Gives a folder new content in one step: either all of it is there, or nothing has changed.
//!
//! The new content is put together beside the folder, where files that stay are linked; then the two change places. On
//! Linux and macOS that is one call of the system, so that a program that is killed leaves the old folder or the new one.
//! Elsewhere, and on file systems that can't, it is two renames; a folder that was caught between them is put back by the
//! next run.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{OutputError, failed, staging};

/// A folder, its new files by path below it, and those of before that go.
pub(super) struct Whole<'w> {
    pub(super) folder: &'w Path,
    /// All files that are ours, with whether they are new or changed.
    pub(super) files: BTreeMap<&'w str, (&'w [u8], bool)>,
    /// Files of before that are no longer wanted.
    pub(super) unwanted: BTreeSet<&'w str>,
}

impl Whole<'_> {
    /// Gives the folder its new content. What in it is somebody else's comes along.
    pub(super) fn replace(&self) -> Result<(), OutputError> {
        let (parent, prefix) = beside(self.folder);
        fs::create_dir_all(parent).map_err(failed("make", parent))?;
        let staging = staging::folder_in(parent, &prefix)?;
        let fresh = staging.path().join("new");
        self.stage(&fresh)?;
        if self.folder.exists() {
            self.strangers("", &fresh)?;
            exchange(self.folder, &fresh, &before(parent, &prefix))
                .map_err(failed("replace", self.folder))?;
        } else {
            fs::rename(&fresh, self.folder).map_err(failed("make", self.folder))?;
        }
        Ok(())
    }

    fn stage(&self, fresh: &Path) -> Result<(), OutputError> {
        let folders: BTreeSet<PathBuf> = self
            .files
            .keys()
            .filter_map(|path| fresh.join(path).parent().map(Path::to_owned))
            .chain([fresh.to_owned()])
            .collect();
        for folder in &folders {
            fs::create_dir_all(folder).map_err(failed("make", folder))?;
        }
        self.files.par_iter().try_for_each(|(path, (text, changed))| {
            let to = fresh.join(path);
            if *changed {
                fs::write(&to, text).map_err(failed("write", &to))
            } else {
                keep(&self.folder.join(path), &to)
            }
        })
    }

    /// Brings along what isn't ours.
    fn strangers(&self, below: &str, fresh: &Path) -> Result<(), OutputError> {
        let folder = self.folder.join(below);
        for entry in fs::read_dir(&folder).map_err(failed("read", &folder))? {
            let entry = entry.map_err(failed("read", &folder))?;
            let name = entry.file_name();
            let path = match below {
                "" => name.to_string_lossy().into_owned(),
                below => format!("{below}/{}", name.to_string_lossy()),
            };
            let kind = entry.file_type().map_err(failed("read", &entry.path()))?;
            let (from, to) = (folder.join(&name), fresh.join(below).join(&name));
            if kind.is_dir() && !name.to_string_lossy().starts_with(staging::PREFIX) {
                // A folder that held nothing but what goes is not made again.
                if has_stranger(self, &from, &path)? {
                    fs::create_dir_all(&to).map_err(failed("make", &to))?;
                }
                self.strangers(&path, fresh)?;
            } else if !kind.is_dir() && !self.knows(&path) {
                keep(&from, &to)?;
            }
        }
        Ok(())
    }

    fn knows(&self, path: &str) -> bool {
        self.files.contains_key(path) || self.unwanted.contains(path)
    }
}

/// Whether a folder is empty, or holds something that isn't ours: then it is somebody's.
fn has_stranger(whole: &Whole<'_>, folder: &Path, path: &str) -> Result<bool, OutputError> {
    let mut empty = true;
    for entry in fs::read_dir(folder).map_err(failed("read", folder))? {
        let entry = entry.map_err(failed("read", folder))?;
        empty = false;
        let own = format!("{path}/{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().map_err(failed("read", &entry.path()))?;
        let stranger = if kind.is_dir() {
            has_stranger(whole, &entry.path(), &own)?
        } else {
            !whole.knows(&own)
        };
        if stranger {
            return Ok(true);
        }
    }
    Ok(empty)
}

/// The same file under another name, as a link where that can be, so that neither its content nor its time changes.
fn keep(from: &Path, to: &Path) -> Result<(), OutputError> {
    match fs::hard_link(from, to) {
        Ok(()) => Ok(()),
        Err(_) => {
            fs::copy(from, to).map_err(failed("copy", from))?;
            let time = fs::metadata(from).and_then(|of| of.modified());
            if let Ok(time) = time
                && let Ok(copy) = fs::File::options().append(true).open(to)
            {
                // A time that can't be kept makes a build do more than it must, no more.
                let _ = copy.set_modified(time);
            }
            Ok(())
        }
    }
}

/// Where new content of a folder is put together, and how the names of such folders begin.
fn beside(folder: &Path) -> (&Path, String) {
    let parent = match folder.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    (parent, format!("{}{name}-", staging::PREFIX))
}

/// How the name of the folder ends that the old one is in while the new one takes its place.
const BEFORE: &str = "before";

/// Where the old folder is while the new one takes its place, where that takes two steps.
fn before(parent: &Path, prefix: &str) -> PathBuf {
    parent.join(format!("{prefix}{BEFORE}"))
}

/// Puts a folder back that a run was cut off from replacing.
pub(super) fn recover(folder: &Path) -> Result<(), OutputError> {
    let (parent, prefix) = beside(folder);
    let before = before(parent, &prefix);
    if before.is_dir() && !folder.exists() {
        fs::rename(&before, folder).map_err(failed("put back", folder))?;
    }
    Ok(())
}

/// Removes what runs that were cut off have left beside a folder, which is in its place.
pub(super) fn clean(folder: &Path) -> Result<(), OutputError> {
    let (parent, prefix) = beside(folder);
    staging::clean(parent, &prefix, &[BEFORE])
}

/// Makes two folders change places.
fn exchange(old: &Path, new: &Path, aside: &Path) -> io::Result<()> {
    if exchange_at_once(old, new)? {
        return Ok(());
    }
    fs::rename(old, aside)?;
    if let Err(error) = fs::rename(new, old) {
        fs::rename(aside, old)?;
        return Err(error);
    }
    fs::remove_dir_all(aside)
}

/// The same in one step. False: the system or the file system can't.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange_at_once(old: &Path, new: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, old, CWD, new, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange_at_once(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_was_caught_between_two_renames_is_put_back() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let folder = place.path().join("crate");
        let (parent, prefix) = beside(&folder);
        fs::create_dir(before(parent, &prefix)).expect("made");
        fs::write(before(parent, &prefix).join("lib.rs"), "old").expect("written");
        recover(&folder).expect("put back");
        assert_eq!(fs::read_to_string(folder.join("lib.rs")).expect("there"), "old");
        assert!(!before(parent, &prefix).exists());
    }

    #[test]
    fn two_steps_do_what_one_does() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let path = |name: &str| place.path().join(name);
        for name in ["old", "new"] {
            fs::create_dir(path(name)).expect("made");
            fs::write(path(name).join("file"), name).expect("written");
        }
        fs::rename(path("old"), path("aside")).expect("renamed");
        fs::rename(path("new"), path("old")).expect("renamed");
        assert_eq!(fs::read_to_string(path("old/file")).expect("there"), "new");
        // A new folder that is gone leaves the old one where it was.
        fs::remove_dir_all(path("aside")).expect("removed");
        let gone = fs::rename(path("missing"), path("old"));
        assert!(gone.is_err() && path("old/file").exists());
    }
}
