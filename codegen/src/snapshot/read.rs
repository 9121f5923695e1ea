//! Reads a snapshot back into the schema that it was written from.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::write::table_file;
use super::{CHOICES, Digest, FORMAT, MARKER, NAMES, OPERATIONS, REFERENCES, SnapshotError, TABLES, TYPES};
use crate::names::Lock;
use crate::schema::{ComplexType, EnumType, Schema, Table};

/// A snapshot in memory.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The schema.
    pub schema: Schema,
    /// The digest of all of its text.
    pub digest: Digest,
    /// The digest of each table's text.
    pub tables: BTreeMap<String, Digest>,
    /// The names that were given before.
    pub names: Lock,
}

#[derive(Deserialize)]
struct Marker {
    dataverse_snapshot: u32,
    #[serde(default)]
    without_metadata: bool,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Types {
    complex_types: BTreeMap<String, ComplexType>,
    enum_types: BTreeMap<String, EnumType>,
}

/// Reads the snapshot in a folder.
///
/// # Errors
/// Where the folder is no snapshot, is of a newer form, or a file can't be read; with file, line and column.
pub fn read(folder: &Path) -> Result<Snapshot, SnapshotError> {
    let marker = folder.join(MARKER);
    if !marker.is_file() {
        return Err(SnapshotError::NotASnapshot {
            folder: folder.to_owned(),
        });
    }
    let (form, _) = file::<Marker>(&marker)?;
    if form.dataverse_snapshot > FORMAT {
        return Err(SnapshotError::Newer {
            file: marker,
            found: form.dataverse_snapshot,
        });
    }
    let tables = tables(&folder.join(TABLES))?;
    let (references, references_digest) = optional(&folder.join(REFERENCES))?;
    let (choices, choices_digest) = optional(&folder.join(CHOICES))?;
    let (operations, operations_digest) = optional(&folder.join(OPERATIONS))?;
    let (types, types_digest) = optional::<Types>(&folder.join(TYPES))?;
    let rest = [
        (REFERENCES, references_digest),
        (CHOICES, choices_digest),
        (OPERATIONS, operations_digest),
        (TYPES, types_digest),
    ];
    let digest = Digest::combine(
        tables
            .iter()
            .map(|(table, digest)| (table.name.as_str(), *digest))
            .chain(rest),
    );
    let digests = tables
        .iter()
        .map(|(table, digest)| (table.name.clone(), *digest))
        .collect();
    let mut schema = Schema {
        tables: tables
            .into_iter()
            .map(|(table, _)| (table.name.clone(), table))
            .collect(),
        references,
        choices,
        operations,
        complex_types: types.complex_types,
        enum_types: types.enum_types,
        without_metadata: form.without_metadata,
    };
    // It may have been edited by hand, or merged.
    schema.complete();
    Ok(Snapshot {
        schema,
        digest,
        tables: digests,
        names: names(&folder.join(NAMES))?,
    })
}

/// The snapshot of a schema, as if it had been written and read back, without names.
///
/// # Errors
/// Where the schema can't be written as text.
pub fn of(schema: Schema) -> Result<Snapshot, SnapshotError> {
    let files = super::files(&schema)?;
    Ok(of_files(schema, &files))
}

/// The same with the schema's files at hand.
pub(crate) fn of_files(schema: Schema, files: &super::Files) -> Snapshot {
    let of = |name: &str| {
        files
            .get(name)
            .map_or_else(|| Digest::of(b""), |text| Digest::of(text))
    };
    let tables: BTreeMap<String, Digest> = schema
        .tables
        .keys()
        .map(|name| (name.clone(), of(&format!("{TABLES}/{}", table_file(name)))))
        .collect();
    let rest = [REFERENCES, CHOICES, OPERATIONS, TYPES].map(|name| (name, of(name)));
    let digest = Digest::combine(
        tables
            .iter()
            .map(|(name, digest)| (name.as_str(), *digest))
            .chain(rest),
    );
    Snapshot {
        schema,
        digest,
        tables,
        names: Lock::default(),
    }
}

/// The names that are kept in a snapshot's folder. Where there are none, or there is no such folder, it is empty.
///
/// # Errors
/// Where the names can't be read.
pub fn names_in(folder: &Path) -> Result<Lock, SnapshotError> {
    names(&folder.join(NAMES))
}

fn tables(folder: &Path) -> Result<Vec<(Table, Digest)>, SnapshotError> {
    let mut paths: Vec<PathBuf> = Vec::new();
    if folder.is_dir() {
        for entry in fs::read_dir(folder).map_err(SnapshotError::io(folder))? {
            let path = entry.map_err(SnapshotError::io(folder))?.path();
            if path.extension().is_some_and(|extension| extension == "json") {
                paths.push(path);
            }
        }
    }
    let table = |path: &PathBuf| {
        let (mut table, digest) = file::<Table>(path)?;
        if path.file_name().and_then(|name| name.to_str()) != Some(&table_file(&table.name)) {
            return Err(SnapshotError::Misnamed {
                file: path.clone(),
                table: table.name,
            });
        }
        // A hand-edited snapshot may be out of order; look-ups rely on it.
        table.sort();
        Ok((table, digest))
    };
    let mut tables = paths.par_iter().map(table).collect::<Result<Vec<_>, _>>()?;
    tables.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name));
    Ok(tables)
}

fn names(path: &Path) -> Result<Lock, SnapshotError> {
    if !path.exists() {
        return Ok(Lock::default());
    }
    let text = fs::read_to_string(path).map_err(SnapshotError::io(path))?;
    Lock::parse(&text).map_err(|bad| SnapshotError::Names {
        file: path.to_owned(),
        line: bad.line,
        reason: bad.reason,
    })
}

fn optional<T: DeserializeOwned + Default>(path: &Path) -> Result<(T, Digest), SnapshotError> {
    if path.exists() {
        file(path)
    } else {
        Ok((T::default(), Digest::of(b"")))
    }
}

fn file<T: DeserializeOwned>(path: &Path) -> Result<(T, Digest), SnapshotError> {
    let text = fs::read(path).map_err(SnapshotError::io(path))?;
    let value = serde_json::from_slice(&text).map_err(SnapshotError::text(path))?;
    Ok((value, Digest::of(&text)))
}
