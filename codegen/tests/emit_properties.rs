//! What the crate of any schema promises, whatever people wrote into labels and names.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use std::collections::BTreeMap;

use dataverse_codegen::emit::{Crate, Options, emit};
use dataverse_codegen::names::Lock;
use dataverse_codegen::schema::{Patterns, Schema};
use dataverse_codegen::snapshot::{self, Snapshot};
use proptest::prelude::*;
use support::{arbitrary, sources};

fn snapshot(schema: &Schema) -> Snapshot {
    snapshot::of(schema.clone()).expect("every schema has a text")
}

fn options(rows: &str) -> Options {
    Options {
        rows: Patterns::new([rows]).expect("a glob"),
        ..Options::default()
    }
}

fn generate(schema: &Schema, rows: &str) -> Crate {
    emit(&snapshot(schema), &options(rows)).expect("every schema has a crate")
}

/// The parsed files by path, and each table's by its marker.
fn parse(generated: &Crate) -> BTreeMap<&str, syn::File> {
    let parse = |(path, text): (&'_ String, &String)| {
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
        (path.clone(), file)
    };
    generated
        .files
        .iter()
        .map(|file| (file.0.as_str(), parse(file).1))
        .collect()
}

fn of_marker<'f>(files: &'f BTreeMap<&str, syn::File>, marker: &str) -> &'f syn::File {
    let wanted = format!("struct {marker}");
    let mut found = files
        .iter()
        .filter(|(path, file)| !path.contains("operations/") && sources::items(file).contains(&wanted));
    let (_, file) = found
        .next()
        .unwrap_or_else(|| panic!("no file declares {marker}"));
    assert!(found.next().is_none(), "{marker} is declared twice");
    file
}

/// Names of choices and keys depend on the schema; the words before them don't.
fn without_names(items: Vec<String>, named: usize) -> Vec<String> {
    let word = |item: String| match item.split_once(' ') {
        Some(("struct" | "enum", _)) => item.split(' ').next().unwrap_or_default().to_owned(),
        _ => item,
    };
    let (head, tail) = items.split_at(named);
    head.iter()
        .cloned()
        .chain(tail.iter().cloned().map(word))
        .collect()
}

proptest! {
    #![proptest_config(arbitrary::cases(48))]

    #[test]
    fn every_file_is_rust_and_holds_what_the_schema_says(size in 1_usize..4, seed: u64, rows: bool) {
        let schema = arbitrary::schema(size, seed);
        let generated = generate(&schema, if rows { "*" } else { "" });
        let files = parse(&generated);
        for (path, text) in &generated.files {
            sources::assert_layout(path, text);
        }
        for (name, table) in &schema.tables {
            let marker = generated.names.get(&format!("table {name}")).expect("the lock has each table");
            let file = of_marker(&files, marker);
            prop_assert!(file.attrs.iter().all(|attribute| attribute.path().is_ident("doc")));
            let expected = sources::items_of_table(table, marker, rows);
            let named = expected.iter().position(|item| item == "impl Table").expect("it is there") + 1;
            let named = named + usize::from(rows);
            // Which columns a create needs, and whether there are any, is tested by itself.
            let mut items = sources::items(file);
            items.retain(|item| item != "mod needs");
            prop_assert_eq!(without_names(items, named), expected);
            let mut texts = sources::texts(sources::constants(file, "Table", "META")[0]);
            texts.extend(sources::texts(sources::constants(file, "Table", "COLUMNS")[0]));
            prop_assert_eq!(texts, sources::texts_of_table(table));
            let options: Vec<_> =
                sources::constants(file, "ChoiceSet", "OPTIONS").into_iter().map(sources::texts).collect();
            prop_assert_eq!(options, sources::options_of_table(table, 1033));
        }
        for name in schema.references.keys() {
            let marker = generated.names.get(&format!("table {name}")).expect("the lock has each reference");
            let file = of_marker(&files, marker);
            prop_assert_eq!(sources::items(file), ["use", &format!("struct {marker}"), "use", "impl Table"]);
        }
        let root = &files["src/lib.rs"];
        let modules = sources::items(root).iter().filter(|item| item.starts_with("mod ")).count();
        prop_assert_eq!(modules, 4 + schema.tables.len() + schema.references.len());
        prop_assert_eq!(files.len(), 8 + schema.tables.len() + schema.references.len());
        let callable = schema.operations.iter().filter(|of| !of.filter_only).count();
        let items = |file: &str| sources::items(&files[file]);
        let structs = |file: &str| items(file).iter().filter(|item| item.starts_with("struct ")).count();
        prop_assert_eq!(structs("src/operations/actions.rs") + structs("src/operations/functions.rs"), callable);
        prop_assert_eq!(structs("src/operations/complex.rs"), schema.complex_types.len());
        prop_assert_eq!(items("src/operations/enums.rs").len(), 1 + 2 * schema.enum_types.len());
        prop_assert_eq!(items("src/choices.rs").len(), usize::from(!schema.choices.is_empty()) + 2 * schema.choices.len());
    }

    #[test]
    fn the_same_snapshot_gives_the_same_bytes(size in 1_usize..4, seed: u64) {
        let schema = arbitrary::schema(size, seed);
        let (once, again) = (generate(&schema, "*"), generate(&schema, "*"));
        prop_assert_eq!(once.files, again.files);
        prop_assert_eq!(once.names, again.names);
    }

    #[test]
    fn no_relabel_renames_anything(size in 1_usize..4, seed: u64, other: u64) {
        let mut schema = arbitrary::schema(size, seed);
        let before = generate(&schema, "*");
        let lock = before.names.to_string();
        let lock = Lock::parse(&lock).map_err(|bad| TestCaseError::fail(format!("{bad:?} of\n{lock}")))?;
        prop_assert_eq!(&lock, &before.names);
        arbitrary::relabel(&mut schema, other);
        let mut relabelled = snapshot(&schema);
        relabelled.names = lock;
        let after = emit(&relabelled, &options("*")).expect("every schema has a crate");
        prop_assert_eq!(before.names.to_string(), after.names.to_string());
        for (path, text) in &before.files {
            let now = after.files.get(path).unwrap_or_else(|| panic!("{path} is gone"));
            prop_assert_eq!(sources::skeleton(text), sources::skeleton(now), "{}", path);
        }
        prop_assert_eq!(before.files.len(), after.files.len());
    }

    #[test]
    fn a_new_option_renames_no_other(size in 1_usize..3, seed: u64) {
        let mut schema = arbitrary::schema(size, seed);
        let names = generate(&schema, "").names;
        for set in schema.choices.values_mut() {
            // Labelled like all the others, and first in order.
            let like = set.options.last().map(|option| option.label.clone()).unwrap_or_default();
            if set.options.first().is_none_or(|first| first.value > i32::MIN) {
                set.options.insert(0, dataverse_codegen::schema::ChoiceOption {
                    value: i32::MIN,
                    label: like,
                    ..Default::default()
                });
            }
        }
        let mut more = snapshot(&schema);
        more.names = names.clone();
        let after = emit(&more, &Options::default()).expect("every schema has a crate").names;
        let text = after.to_string();
        for line in names.to_string().lines() {
            prop_assert!(text.lines().any(|now| now == line), "{line} is gone from\n{text}");
        }
    }
}
