//! Finds documents by looking at files: nothing is known of names but the endings `.xml` and `.json`.
//!
//! A file of CSDL is a document, together with the definitions beside and below it; where several are side by side they are a
//! series, and definitions belong to none of them. Other definitions make a document per folder; a folder that is named
//! after the only table that it defines belongs to the folder above, with the other tables of the same organisation.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use dataverse_codegen::definitions::Shape;
use dataverse_codegen::join::{Definitions, join};

use crate::Failure;

/// One environment's documents.
pub(super) struct Document {
    /// Where it is, below the folder that was looked at.
    pub(super) name: String,
    /// The `$metadata`.
    pub(super) metadata: Option<PathBuf>,
    /// The bodies of definitions.
    pub(super) definitions: Vec<PathBuf>,
    /// Whether a newer document of the same series follows.
    pub(super) superseded: bool,
}

/// What was found.
#[derive(Default)]
pub(super) struct Found {
    /// The documents, in the order of their paths.
    pub(super) documents: Vec<Document>,
    /// Files of JSON or XML that hold no definitions.
    pub(super) others: usize,
}

/// A body of definitions that no `$metadata` has claimed yet.
struct Loose {
    path: PathBuf,
    folder: PathBuf,
    tables: BTreeSet<String>,
    /// Whether a document could be made of it: it defines columns, or is broken, which is worth a failure.
    substantial: bool,
}

/// Looks through a folder and all below it.
pub(super) fn discover(top: &Path) -> Result<Found, Failure> {
    let mut found = Found::default();
    let loose = visit(top, top, &mut found)?;
    let mut tables: BTreeMap<PathBuf, BTreeSet<String>> = BTreeMap::new();
    for body in &loose {
        tables
            .entry(body.folder.clone())
            .or_default()
            .extend(body.tables.iter().cloned());
    }
    let mut homes: BTreeMap<PathBuf, Vec<Loose>> = BTreeMap::new();
    for body in loose {
        let home = match body.folder.parent() {
            Some(parent) if body.folder != top && named_after(&body.folder, &tables[&body.folder]) => parent,
            _ => &body.folder,
        };
        homes.entry(home.to_owned()).or_default().push(body);
    }
    for (home, bodies) in homes {
        if bodies.iter().any(|body| body.substantial) {
            found.documents.push(Document {
                name: name(top, &home),
                metadata: None,
                definitions: bodies.into_iter().map(|body| body.path).collect(),
                superseded: false,
            });
        } else {
            found.others += bodies.len();
        }
    }
    found.documents.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

/// Takes the files of CSDL as documents and gives the definitions that belong to none.
fn visit(top: &Path, folder: &Path, found: &mut Found) -> Result<Vec<Loose>, Failure> {
    let mut entries = fs::read_dir(folder)
        .and_then(|entries| {
            entries
                .map(|entry| entry.map(|of| of.path()))
                .collect::<Result<Vec<_>, _>>()
        })
        .map_err(|error| format!("can't read {}: {error}", folder.display()))?;
    entries.sort();
    let (mut csdl, mut loose) = (Vec::new(), Vec::new());
    for path in entries {
        if path.is_dir() {
            if !path.is_symlink() {
                loose.extend(visit(top, &path, found)?);
            }
        } else if has_ending(&path, "xml") {
            if is_csdl(&path) {
                csdl.push(path);
            } else {
                found.others += 1;
            }
        } else if has_ending(&path, "json") {
            match body(&path, folder) {
                Some(body) => loose.push(body),
                None => found.others += 1,
            }
        }
    }
    let series = csdl.len();
    let claimed = if series == 1 {
        std::mem::take(&mut loose)
    } else {
        Vec::new()
    };
    let definitions: Vec<PathBuf> = claimed.into_iter().map(|body| body.path).collect();
    for (index, path) in csdl.into_iter().enumerate() {
        found.documents.push(Document {
            name: name(top, &path),
            metadata: Some(path),
            definitions: definitions.clone(),
            superseded: index + 1 < series,
        });
    }
    Ok(loose)
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension()
        .is_some_and(|own| own.eq_ignore_ascii_case(ending))
}

fn name(top: &Path, path: &Path) -> String {
    let below = path.strip_prefix(top).unwrap_or(path);
    let name = if below.as_os_str().is_empty() {
        path.file_name().unwrap_or_default().to_string_lossy()
    } else {
        below.to_string_lossy()
    };
    name.replace('\\', "/")
}

fn named_after(folder: &Path, tables: &BTreeSet<String>) -> bool {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    tables.len() == 1 && tables.iter().all(|table| table.eq_ignore_ascii_case(&name))
}

/// Whether the root element can be CSDL's. What is broken further down is the reader's to tell.
fn is_csdl(path: &Path) -> bool {
    let mut start = Vec::new();
    let read = File::open(path).and_then(|file| file.take(1 << 14).read_to_end(&mut start));
    read.is_ok() && start.windows(5).any(|part| part == b"Edmx ")
}

/// What a file of JSON defines, if it may be definitions.
fn body(path: &Path, folder: &Path) -> Option<Loose> {
    let text = fs::read(path).ok()?;
    let mut definitions = Definitions::default();
    let loose = |tables: BTreeSet<String>, substantial| {
        Some(Loose {
            path: path.to_owned(),
            folder: folder.to_owned(),
            tables,
            substantial,
        })
    };
    match definitions.add(&text) {
        Ok(Shape::NotMetadata) => None,
        Ok(_) => {
            let tables = join(None, definitions).0.tables;
            let substantial = tables.values().any(|table| !table.columns.is_empty());
            loose(tables.into_keys().collect(), substantial)
        }
        // Any JSON may be here; what speaks of entity definitions should have been readable.
        Err(_) => {
            let telling = |word: &[u8]| text.windows(word.len()).any(|part| part == word);
            let ours = telling(b"$metadata#EntityDefinitions") || telling(b"\"EntityMetadata\"");
            ours.then(|| loose(BTreeSet::new(), true)).flatten()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSDL: &str = "<?xml version=\"1.0\"?><edmx:Edmx Version=\"4.0\"></edmx:Edmx>";

    fn table(name: &str) -> String {
        let column = r#"{"LogicalName":"rsk_name","AttributeType":"String"}"#;
        format!(r#"{{"LogicalName":"{name}","PrimaryIdAttribute":"rsk_id","Attributes":[{column}]}}"#)
    }

    /// What is found in these files: the name of each document, and how many definitions it has.
    fn found(files: &[(&str, &str)]) -> (Vec<(String, usize, bool)>, usize) {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let found = discover(folder.path()).unwrap();
        let documents = found.documents.into_iter();
        let short = documents.map(|of| (of.name, of.definitions.len(), of.superseded));
        (short.collect(), found.others)
    }

    #[test]
    fn definitions_go_with_the_csdl_above_them() {
        let vessel = table("rsk_vessel");
        let files = [
            ("harbour/any.xml", CSDL),
            ("harbour/rsk_port.json", &table("rsk_port")),
            ("harbour/deep/down/x.json", &vessel),
            ("harbour/form.xml", "<form/>"),
            ("harbour/views.json", r#"{"value":[{"savedqueryid":"5e"}]}"#),
        ];
        let expected = ("harbour/any.xml".to_owned(), 2, false);
        assert_eq!(found(&files), (vec![expected], 2));
    }

    #[test]
    fn of_a_series_the_last_is_the_newest() {
        let files = [("2022.xml", CSDL), ("2021.XML", CSDL)];
        let expected = [("2021.XML", 0, true), ("2022.xml", 0, false)];
        let expected = expected.map(|(name, count, superseded)| (name.to_owned(), count, superseded));
        assert_eq!(found(&files), (expected.to_vec(), 0));
    }

    #[test]
    fn tables_in_folders_of_their_names_are_one_organisation() {
        let (vessel, port) = (table("rsk_vessel"), table("rsk_port"));
        let files = [
            ("repo/one/rsk_vessel/EntityMetadata.json", &*vessel),
            ("repo/one/rsk_port/EntityMetadata.json", &port),
            ("repo/two/rsk_port/EntityMetadata.json", &port),
            ("three/answers/first.json", &vessel),
        ];
        let expected = [("repo/one", 2), ("repo/two", 1), ("three/answers", 1)];
        let expected = expected.map(|(name, count)| (name.to_owned(), count, false));
        let (mut documents, others) = found(&files);
        documents.sort();
        assert_eq!((documents, others), (expected.to_vec(), 0));
    }

    #[test]
    fn nothing_is_nothing() {
        assert_eq!(found(&[("notes.txt", "x"), ("a/b.json", "[1]")]), (vec![], 1));
    }
}
