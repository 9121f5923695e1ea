//! What generated crates cost whoever builds them, in bytes of metadata for the compiler: per column, choice and option.
//!
//! Each cost is the difference of two crates of which one has more of one thing. The limits have some slack for another
//! compiler, and none for another impl, derive or function per column.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "names/build.rs"]
#[allow(dead_code, reason = "each test file uses a part of it")]
mod build;
mod nested;

use std::collections::BTreeMap;
use std::fs;

use build::{choice, column, key, lookup, table, text};
use dataverse_codegen::schema::{Column, Schema};
use nested::{Workspace, generate};
use serde_json::Value;

/// How much there is of everything in a crate.
#[derive(Clone, Copy)]
struct Size {
    tables: usize,
    columns: usize,
    lookups: usize,
    choices: usize,
    options: usize,
    keys: usize,
}

const BASE: Size = Size {
    tables: 30,
    columns: 30,
    lookups: 5,
    choices: 5,
    options: 5,
    keys: 0,
};

/// Tables with a name and nothing else.
const BARE: Size = Size {
    columns: 1,
    lookups: 0,
    choices: 0,
    ..BASE
};

/// What one more may take, a little above what it takes today.
const LIMITS: [(&str, &str, u64, u64); 6] = [
    ("tables", "bare", 60, 6_300),
    ("columns", "base", 30 * 30, 290),
    ("lookups", "base", 30 * 30, 340),
    ("choices", "base", 30 * 5, 4_300),
    ("options", "base", 30 * 5 * 10, 530),
    ("keys", "base", 30 * 5, 2_100),
];

/// An environment of that size. No name has more letters in a larger one.
fn schema(of: Size) -> Schema {
    let mut schema = Schema::default();
    for at in 100..100 + of.tables {
        let named = |what: &str, count: usize| {
            (100..100 + count)
                .map(|at| format!("rsk_{what}{at}"))
                .collect::<Vec<_>>()
        };
        let options: Vec<(i32, String)> = (100..100 + of.options as i32)
            .map(|value| (value, format!("Option {value}")))
            .collect();
        let options: Vec<(i32, &str)> = options
            .iter()
            .map(|(value, label)| (*value, label.as_str()))
            .collect();
        let mut columns: Vec<Column> = named("text", of.columns)
            .iter()
            .map(|name| column(name, text()))
            .collect();
        columns.extend(
            named("lookup", of.lookups)
                .iter()
                .map(|name| column(name, lookup(&["rsk_table100"]))),
        );
        columns.extend(
            named("choice", of.choices)
                .iter()
                .map(|name| column(name, choice(&options))),
        );
        let mut table = table(&format!("rsk_table{at}"), columns);
        table.keys = named("key", of.keys)
            .iter()
            .map(|name| key(name, &["rsk_text100"]))
            .collect();
        schema.tables.insert(table.name.clone(), table);
    }
    schema
}

/// The `.rmeta` files of libraries by name, as cargo tells them.
fn made(messages: &str) -> BTreeMap<String, String> {
    let messages = messages
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("cargo writes JSON"));
    let artifacts = messages.filter(|message| message["reason"] == "compiler-artifact");
    let text = |value: &Value| value.as_str().map(str::to_owned);
    artifacts
        .filter_map(|artifact| {
            Some((
                text(&artifact["target"]["name"])?,
                text(artifact["filenames"].get(0)?)?,
            ))
        })
        .collect()
}

#[test]
fn no_thing_costs_more_than_it_did() {
    let workspace = Workspace::new("invariants");
    let sizes = [
        ("base", BASE),
        ("columns", Size { columns: 60, ..BASE }),
        ("lookups", Size { lookups: 35, ..BASE }),
        ("choices", Size { choices: 10, ..BASE }),
        ("options", Size { options: 15, ..BASE }),
        ("keys", Size { keys: 5, ..BASE }),
        ("bare", BARE),
        ("tables", Size { tables: 90, ..BARE }),
    ];
    for (name, size) in sizes {
        // Names of one length, since each is there many times.
        let name = format!("invariant-{name:_<10}").replace('_', "x");
        workspace.add(&name, &generate(&schema(size), &name, ""));
    }
    let made = made(&workspace.expect(&["check", "--workspace", "--quiet", "--message-format", "json"]));
    let bytes = |name: &str| {
        let file = made.get(&format!("invariant_{name:x<10}"));
        fs::metadata(file.expect("cargo made the file"))
            .expect("its size")
            .len()
    };
    let mut wrong = Vec::new();
    for (name, without, count, limit) in LIMITS {
        let each = bytes(name).saturating_sub(bytes(without)) / count;
        println!("{name}: {each} bytes each, of {limit}");
        if each > limit || each < limit / 2 {
            wrong.push(format!("{name} take {each} bytes each, of {limit}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
