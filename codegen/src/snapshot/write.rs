//! A schema's canonical text.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use super::{CHOICES, FORMAT, MARKER, OPERATIONS, REFERENCES, SnapshotError, TABLES, TYPES};
use crate::schema::{ComplexType, EnumType, Schema, Table, is_false};

/// Files by their path below the folder, with `/` between names.
pub type Files = BTreeMap<String, Vec<u8>>;

#[derive(Serialize)]
struct Marker {
    dataverse_snapshot: u32,
    #[serde(skip_serializing_if = "is_false")]
    without_metadata: bool,
}

/// The form of `types.json`.
#[derive(Serialize)]
struct Types<'s> {
    complex_types: &'s BTreeMap<String, ComplexType>,
    enum_types: &'s BTreeMap<String, EnumType>,
}

/// The files of a schema's snapshot. The same schema gives the same bytes.
///
/// # Errors
/// Where serde refuses a value, which no schema gives cause for.
pub fn files(schema: &Schema) -> Result<Files, SnapshotError> {
    let tables: Vec<&Table> = schema.tables.values().collect();
    let mut files = tables
        .into_par_iter()
        .map(|table| entry(format!("{TABLES}/{}", table_file(&table.name)), table))
        .collect::<Result<Files, _>>()?;
    let types = Types {
        complex_types: &schema.complex_types,
        enum_types: &schema.enum_types,
    };
    files.extend([
        entry(
            MARKER.to_owned(),
            &Marker {
                dataverse_snapshot: FORMAT,
                without_metadata: schema.without_metadata,
            },
        )?,
        entry(REFERENCES.to_owned(), &schema.references)?,
        entry(CHOICES.to_owned(), &schema.choices)?,
        entry(OPERATIONS.to_owned(), &schema.operations)?,
        entry(TYPES.to_owned(), &types)?,
    ]);
    Ok(files)
}

fn entry(name: String, value: &impl Serialize) -> Result<(String, Vec<u8>), SnapshotError> {
    match serde_json::to_vec_pretty(value) {
        Ok(mut text) => {
            text.push(b'\n');
            Ok((name, text))
        }
        Err(source) => Err(SnapshotError::Write { file: name, source }),
    }
}

/// The name of a table's file. Logical names are lower-case letters, digits and underscores; in any other name what a
/// file system could take amiss is written as `%` and its code, so that different tables never share a file.
pub(super) fn table_file(table: &str) -> String {
    let mut file = String::with_capacity(table.len() + 5);
    for c in table.chars() {
        match c {
            'a'..='z' | '0'..='9' | '_' => file.push(c),
            _ => file.push_str(&format!("%{:x}.", u32::from(c))),
        }
    }
    if file.is_empty() {
        // `.json` would be a hidden file without an extension.
        file.push('%');
    }
    file.push_str(".json");
    file
}

#[cfg(test)]
mod tests {
    use super::table_file;

    #[test]
    fn file_names_are_safe_and_distinct() {
        assert_eq!(table_file("rsk_vessel"), "rsk_vessel.json");
        assert_eq!(table_file("../Con"), "%2e.%2e.%2f.%43.on.json");
        assert_ne!(table_file("A"), table_file("a"));
        assert_eq!(table_file(""), "%.json");
    }
}
