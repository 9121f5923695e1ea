//! From files on disk to a schema.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::csdl::{self, CsdlError};
use crate::definitions::{DefinitionsError, Shape};
use crate::join::{Definitions, join};
use crate::schema::Schema;
use crate::warning::Warning;

/// Documents that can't be read.
#[derive(Debug, thiserror::Error)]
pub enum DocumentsError {
    /// A file can't be read from disk.
    #[error("can't read {}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The `$metadata` is broken or something else.
    #[error("{}: {source}", path.display())]
    Csdl {
        /// The file.
        path: PathBuf,
        /// What is wrong, with line and column.
        source: CsdlError,
    },
    /// A body of definitions is broken or something else.
    #[error("{}: {source}", path.display())]
    Definitions {
        /// The file.
        path: PathBuf,
        /// What is wrong, with line and column or path.
        source: DefinitionsError,
    },
    /// Nothing was given to read.
    #[error("there is nothing to read: neither $metadata nor definitions were given")]
    Nothing,
    /// The definitions held no table, and there is no `$metadata`.
    #[error("no file held the definition of a table")]
    NoTables,
}

fn io_error(path: &Path) -> impl FnOnce(io::Error) -> DocumentsError {
    let path = path.to_owned();
    move |source| DocumentsError::Io { path, source }
}

/// Reads `$metadata` and definitions side by side, and joins them. A folder among the definitions stands for all `.json`
/// files below it, in the order of their paths.
///
/// # Errors
/// Where a file can't be read, is broken, or is something else than it is given for.
pub fn read(
    metadata: Option<&Path>,
    definitions: &[PathBuf],
) -> Result<(Schema, Vec<Warning>), DocumentsError> {
    if metadata.is_none() && definitions.is_empty() {
        return Err(DocumentsError::Nothing);
    }
    let text = metadata
        .map(|path| fs::read(path).map_err(io_error(path)))
        .transpose()?;
    let (document, defined) = rayon::join(
        || match (&text, metadata) {
            (Some(text), Some(path)) => {
                let wrong = |source| DocumentsError::Csdl {
                    path: path.to_owned(),
                    source,
                };
                csdl::read(text).map(Some).map_err(wrong)
            }
            _ => Ok(None),
        },
        || read_definitions(definitions),
    );
    let (document, (defined, notes)) = (document?, defined?);
    if document.is_none() && defined.is_empty() {
        return Err(DocumentsError::NoTables);
    }
    let (schema, mut warnings) = join(document.as_ref(), defined);
    warnings.extend(notes);
    Ok((schema, warnings))
}

fn read_definitions(paths: &[PathBuf]) -> Result<(Definitions, Vec<Warning>), DocumentsError> {
    let mut definitions = Definitions::default();
    let mut others = Vec::new();
    for path in files(paths)? {
        let text = fs::read(&path).map_err(io_error(&path))?;
        match definitions.add(&text) {
            Ok(Shape::NotMetadata) => others.push(path),
            Ok(_) => {}
            Err(source) => return Err(DocumentsError::Definitions { path, source }),
        }
    }
    let note = others.first().map(|first| {
        let count = others.len();
        Warning::document(format!(
            "passed over as no definitions: {count}, the first {}",
            first.display()
        ))
    });
    Ok((definitions, note.into_iter().collect()))
}

fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, DocumentsError> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            below(path, &mut found)?;
        } else {
            found.push(path.clone());
        }
    }
    Ok(found)
}

fn below(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), DocumentsError> {
    let entries = fs::read_dir(folder).map_err(io_error(folder))?;
    let mut paths = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()
        .map_err(io_error(folder))?;
    paths.sort();
    for path in paths {
        if path.is_dir() && !path.is_symlink() {
            below(&path, found)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
        {
            found.push(path);
        }
    }
    Ok(())
}
