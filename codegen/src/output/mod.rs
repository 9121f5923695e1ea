//! Writes files into a folder that is ours, so that nothing is lost whatever happens on the way.
//!
//! Everything that changes is first written in full beside the folder; only then does it take its place, all of it in one
//! step (`whole`). Files that are as they should be are left alone, and files that we wrote before and that are no
//! longer wanted go.

mod staging;
mod whole;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;

/// What a run did to a folder.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or have new content.
    pub written: usize,
    /// Files that were as they should be.
    pub unchanged: usize,
    /// Files that are no longer wanted.
    pub removed: usize,
}

/// A folder that can't be written.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// The folder has content that is not ours.
    #[error("{} is not empty and has no {marker}: it is not a folder that this program wrote", folder.display())]
    NotOurs {
        /// The folder.
        folder: PathBuf,
        /// The file that would make it ours.
        marker: String,
    },
    /// The system refused.
    #[error("can't {action} {}: {source}", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A name that file systems refuse.
    #[error("`{name}` has {} bytes, and file names have at most {LONGEST_NAME}: exclude the table", name.len())]
    TooLong {
        /// The name.
        name: String,
    },
    /// A path that leads out of the folder.
    #[error("`{path}` leads out of {}", folder.display())]
    Outside {
        /// The folder.
        folder: PathBuf,
        /// The path.
        path: String,
    },
}

/// What a run would do to a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pending {
    /// Files that would be new or have new content, by path below the folder.
    pub changed: Vec<String>,
    /// Files that would go.
    pub removed: Vec<String>,
    /// How many are as they should be.
    pub unchanged: usize,
}

impl Pending {
    /// Whether nothing would change.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.removed.is_empty()
    }
}

/// The longest file name, in bytes, that the usual file systems take.
const LONGEST_NAME: usize = 255;

fn failed<'p>(action: &'static str, path: &'p Path) -> impl FnOnce(io::Error) -> OutputError + 'p {
    move |source| OutputError::Io {
        action,
        path: path.to_owned(),
        source,
    }
}

/// A folder of files, one of which marks it as ours.
pub struct Output<'o> {
    /// The folder. It is made if it doesn't exist.
    pub folder: &'o Path,
    /// The name of the file that marks it.
    pub marker: &'o str,
    /// The folder below it whose content changes as a whole; empty for the folder itself. Files outside of it change one by
    /// one, before it.
    pub whole: &'o str,
    /// The files that were written before, as far as they are known, below the folder.
    pub before: BTreeSet<String>,
}

impl Output<'_> {
    /// Whether the folder may be written: it is ours, or empty, or not there.
    ///
    /// # Errors
    /// Where it has content and no marker, or can't be read.
    pub fn check(&self) -> Result<(), OutputError> {
        if self.folder.join(self.marker).is_file() || !self.folder.exists() {
            return Ok(());
        }
        let mut entries = fs::read_dir(self.folder).map_err(failed("read", self.folder))?;
        // What an interrupted run left is no content.
        match entries.find(|entry| !entry.as_ref().is_ok_and(staging::is_one)) {
            None => Ok(()),
            Some(_) => Err(OutputError::NotOurs {
                folder: self.folder.to_owned(),
                marker: self.marker.to_owned(),
            }),
        }
    }

    /// What making the folder hold these files, by path below it, would change.
    ///
    /// # Errors
    /// Where the folder isn't ours, or a path leads out of it.
    pub fn pending(&self, files: &BTreeMap<String, Vec<u8>>) -> Result<Pending, OutputError> {
        whole::recover(&self.unit())?;
        self.check()?;
        for path in files.keys().chain(&self.before) {
            self.inside(path)?;
        }
        let same = |(path, text): &(&String, &Vec<u8>)| {
            fs::read(self.folder.join(path)).is_ok_and(|now| now == **text)
        };
        let changed: Vec<String> = files
            .par_iter()
            .filter(|file| !same(file))
            .map(|(path, _)| path.clone())
            .collect();
        let gone = |path: &&String| !files.contains_key(*path) && self.folder.join(path).exists();
        Ok(Pending {
            unchanged: files.len() - changed.len(),
            removed: self.before.iter().filter(gone).cloned().collect(),
            changed,
        })
    }

    /// Makes the folder hold these files, by path below it.
    ///
    /// # Errors
    /// Where the folder isn't ours, or the system refuses. Then nothing in the part that changes as a whole has changed.
    pub fn write(&self, files: &BTreeMap<String, Vec<u8>>) -> Result<Written, OutputError> {
        let pending = self.pending(files)?;
        // Also where nothing is to be written: a run may have been cut off after its last rename.
        staging::clean(self.folder, staging::PREFIX, &[])?;
        whole::clean(&self.unit())?;
        // Nothing has changed yet: a folder in the place of a file is found before.
        for path in pending.changed.iter().map(|path| self.folder.join(path)) {
            if path.is_dir() {
                return Err(failed("replace", &path)(io::ErrorKind::IsADirectory.into()));
            }
        }
        if !pending.is_empty() {
            fs::create_dir_all(self.folder).map_err(failed("make", self.folder))?;
            let (inside, outside): (Vec<&str>, Vec<&str>) = pending
                .changed
                .iter()
                .map(String::as_str)
                .partition(|path| self.below_unit(path).is_some());
            let gone = pending
                .removed
                .iter()
                .filter(|path| self.below_unit(path).is_some());
            let several = inside.len() + gone.count() > 1;
            // The marker first: whatever happens then, the folder is known as ours.
            let (marker, outside): (Vec<&str>, Vec<&str>) =
                outside.into_iter().partition(|path| *path == self.marker);
            self.one_by_one(&marker, files)?;
            self.one_by_one(&outside, files)?;
            if several {
                self.at_once(&inside, &pending.removed, files)?;
            } else {
                self.one_by_one(&inside, files)?;
            }
            self.remove(&pending.removed)?;
        }
        Ok(Written {
            written: pending.changed.len(),
            unchanged: pending.unchanged,
            removed: pending.removed.len(),
        })
    }

    /// The folder whose content changes as a whole.
    fn unit(&self) -> PathBuf {
        let folder = fs::canonicalize(self.folder).unwrap_or_else(|_| self.folder.to_owned());
        match self.whole {
            "" => folder,
            whole => folder.join(whole),
        }
    }

    /// A path as it is seen from that folder, if it is in there.
    fn below_unit<'p>(&self, path: &'p str) -> Option<&'p str> {
        match self.whole {
            "" => Some(path),
            whole => path.strip_prefix(whole)?.strip_prefix('/'),
        }
    }

    fn at_once(
        &self,
        changed: &[&str],
        removed: &[String],
        files: &BTreeMap<String, Vec<u8>>,
    ) -> Result<(), OutputError> {
        let changed: BTreeSet<&str> = changed.iter().copied().collect();
        let all = files.iter().filter_map(|(path, text)| {
            let is_new = changed.contains(path.as_str());
            Some((self.below_unit(path)?, (text.as_slice(), is_new)))
        });
        whole::Whole {
            folder: &self.unit(),
            files: all.collect(),
            unwanted: removed.iter().filter_map(|path| self.below_unit(path)).collect(),
        }
        .replace()
    }

    fn remove(&self, paths: &[String]) -> Result<(), OutputError> {
        for path in paths {
            let path = self.folder.join(path);
            match fs::remove_file(&path) {
                Ok(()) => {}
                Err(gone) if gone.kind() == io::ErrorKind::NotFound => {}
                Err(source) => {
                    return Err(OutputError::Io {
                        action: "remove",
                        path,
                        source,
                    });
                }
            }
        }
        Ok(())
    }

    fn inside(&self, path: &str) -> Result<(), OutputError> {
        let normal = |part: Component<'_>| matches!(part, Component::Normal(_));
        if path.is_empty() || !Path::new(path).components().all(normal) {
            return Err(OutputError::Outside {
                folder: self.folder.to_owned(),
                path: path.to_owned(),
            });
        }
        match path.split('/').find(|name| name.len() > LONGEST_NAME) {
            None => Ok(()),
            Some(name) => Err(OutputError::TooLong {
                name: name.to_owned(),
            }),
        }
    }

    /// Writes files beside the folder's own, and renames each into place.
    fn one_by_one(&self, paths: &[&str], files: &BTreeMap<String, Vec<u8>>) -> Result<(), OutputError> {
        if paths.is_empty() {
            return Ok(());
        }
        // In the folder itself, so that a rename never crosses file systems.
        let staging = staging::folder_in(self.folder, staging::PREFIX)?;
        let staged = |number: usize| staging.path().join(number.to_string());
        for (number, path) in paths.iter().enumerate() {
            let to = staged(number);
            fs::write(&to, files.get(*path).map_or(&[][..], Vec::as_slice)).map_err(failed("write", &to))?;
        }
        for (number, path) in paths.iter().enumerate() {
            let to = self.folder.join(path);
            if let Some(folder) = to.parent() {
                fs::create_dir_all(folder).map_err(failed("make", folder))?;
            }
            fs::rename(staged(number), &to).map_err(failed("replace", &to))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(of: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
        of.iter()
            .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()))
            .collect()
    }

    fn output<'o>(folder: &'o Path, before: &[&str]) -> Output<'o> {
        Output {
            folder,
            marker: "mark",
            whole: "",
            before: before.iter().map(|path| (*path).to_owned()).collect(),
        }
    }

    #[test]
    fn a_name_that_no_file_can_have_is_refused_before_anything_is_written() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let long = format!("tables/{}.json", "ü".repeat(126));
        let refused = output(folder.path(), &[]).write(&files(&[("mark", ""), (&long, "1")]));
        assert!(matches!(refused, Err(OutputError::TooLong { name }) if name.len() == 257));
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
    }

    #[test]
    fn unchanged_files_stay_and_unwanted_ones_go() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let first = files(&[("mark", ""), ("a/one", "1"), ("two", "2")]);
        assert_eq!(
            output(folder.path(), &[]).write(&first).expect("written").written,
            3
        );
        let modified = |path: &str| {
            fs::metadata(folder.path().join(path))
                .and_then(|of| of.modified())
                .expect("a time")
        };
        let before = modified("a/one");
        fs::write(folder.path().join("mine"), "not yours").expect("written");
        let second = files(&[("mark", ""), ("a/one", "1"), ("three", "3")]);
        let written = output(folder.path(), &["mark", "a/one", "two"])
            .write(&second)
            .expect("written");
        assert_eq!(
            written,
            Written {
                written: 1,
                unchanged: 2,
                removed: 1
            }
        );
        assert_eq!(modified("a/one"), before);
        assert!(folder.path().join("mine").exists() && !folder.path().join("two").exists());
        assert!(fs::read_dir(folder.path()).expect("entries").all(|entry| {
            !entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .starts_with(".writing-")
        }));
    }

    #[test]
    fn what_a_cut_run_left_goes_though_nothing_is_to_be_written() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let folder = place.path().join("dev");
        let wanted = files(&[("mark", ""), ("one", "1")]);
        output(&folder, &[]).write(&wanted).expect("written");
        let left = [
            ".writing-dev-aB3dE6",
            ".writing-dev-before",
            "dev/.writing-aB3dE6",
        ];
        // Of the folder `dev-eu`, which another run may be writing, and of somebody else.
        let others = [
            ".writing-dev-eu-aB3dE6",
            ".writing-dev-eu-before",
            ".writing-letters",
        ];
        for folder in left.iter().chain(&others) {
            fs::create_dir_all(place.path().join(folder)).expect("made");
        }
        assert_eq!(output(&folder, &[]).write(&wanted).expect("written").unchanged, 2);
        for folder in left {
            assert!(!place.path().join(folder).exists(), "{folder}");
        }
        for folder in others {
            assert!(place.path().join(folder).exists(), "{folder}");
        }
    }

    #[test]
    fn a_folder_of_somebody_else_is_not_touched() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join("thesis.txt"), "years of work").expect("written");
        let refused = output(folder.path(), &[]).write(&files(&[("mark", "")]));
        assert!(matches!(refused, Err(OutputError::NotOurs { .. })));
        assert!(!folder.path().join("mark").exists());
    }

    #[test]
    fn no_path_leads_out_of_the_folder() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for path in ["../out", "/etc/passwd", "a/../../out", ""] {
            let refused = output(folder.path(), &[path]).write(&files(&[("mark", "")]));
            assert!(matches!(refused, Err(OutputError::Outside { .. })), "{path}");
        }
    }
}
