//! What any schema's snapshot promises: it reads back as the same schema, and its text is canonical.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use dataverse_codegen::schema::{Schema, Selection};
use dataverse_codegen::snapshot::{self, files};
use proptest::prelude::*;
use support::arbitrary;
use support::hostile::Chance;

fn write(files: &BTreeMap<String, Vec<u8>>, folder: &Path) {
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("written");
    }
}

/// A schema as it comes back from disk.
fn round(schema: &Schema) -> snapshot::Snapshot {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(&files(schema).expect("every schema has a text"), folder.path());
    snapshot::read(folder.path()).expect("what is written can be read")
}

proptest! {
    #![proptest_config(arbitrary::cases(96))]

    #[test]
    fn a_snapshot_reads_back_as_the_schema(size in 1_usize..5, seed: u64) {
        let schema = arbitrary::schema(size, seed);
        let read = round(&schema);
        for (name, table) in &schema.tables {
            prop_assert_eq!(read.schema.tables.get(name), Some(table));
        }
        prop_assert_eq!(&read.schema, &schema);
        prop_assert_eq!(files(&read.schema).expect("a text"), files(&schema).expect("a text"));
    }

    #[test]
    fn a_snapshot_in_memory_has_the_digests_of_the_one_on_disk(size in 1_usize..4, seed: u64) {
        let schema = arbitrary::schema(size, seed);
        let (read, of) = (round(&schema), snapshot::of(schema).expect("a text"));
        prop_assert_eq!(read.digest, of.digest);
        prop_assert_eq!(read.tables, of.tables);
    }

    #[test]
    fn the_text_is_json_of_one_form(size in 1_usize..4, seed: u64) {
        for (path, text) in files(&arbitrary::schema(size, seed)).expect("a text") {
            let value: serde_json::Value = serde_json::from_slice(&text).expect("JSON");
            prop_assert!(value.is_object() || value.is_array(), "{path}");
            let text = String::from_utf8(text).expect("UTF-8");
            prop_assert!(text.ends_with('\n') && !text.contains('\r') && !text.contains('\t'), "{path}");
            let name = path.strip_prefix("tables/").unwrap_or(&path);
            let safe = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_%.".contains(c);
            prop_assert!(name.chars().all(safe) && !name.starts_with('.'), "{path}");
        }
    }

    #[test]
    fn a_change_of_one_table_changes_one_file(size in 2_usize..5, seed: u64) {
        let schema = arbitrary::schema(size, seed);
        let mut changed = schema.clone();
        let at = Chance(seed).below(schema.tables.len());
        let table = changed.tables.values_mut().nth(at).expect("a table");
        table.ownership = Some("Changed".to_owned());
        let (before, after) = (files(&schema).expect("a text"), files(&changed).expect("a text"));
        let differ = before.iter().filter(|(path, text)| after.get(*path) != Some(text)).count();
        prop_assert_eq!((before.len(), differ), (after.len(), 1));
    }

    #[test]
    fn selecting_all_of_a_settled_schema_changes_nothing(size in 1_usize..5, seed: u64) {
        let all = Selection::default();
        let once = arbitrary::schema(size, seed).select(&all);
        prop_assert_eq!(once.clone().select(&all), once);
    }
}
