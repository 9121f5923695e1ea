//! Snapshots that somebody edited or merged by hand: each is read, or refused with the file and the line.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use dataverse_codegen::emit::{Options, emit};
use dataverse_codegen::snapshot;

const MARKER: (&str, &str) = ("snapshot.json", r#"{"dataverse_snapshot":1}"#);
const VESSEL: &str = r#"{"name":"rsk_vessel","primary_id":"rsk_vesselid","columns":[
    {"name":"rsk_vesselid","kind":"unique_id"},
    {"name":"rsk_portid","kind":{"lookup":{"targets":[{"table":"rsk_port"},{"table":"rsk_pier","navigation":"rsk_Pier"}]}}},
    {"name":"rsk_hull","kind":{"choice":{"choice":{"global":"rsk_hulls"}}}},
    {"name":"rsk_hull","kind":"unique_id"}],
    "collections":[{"name":"rsk_calls","table":"rsk_call","kind":{"one_to_many":{}}},
        {"name":"rsk_parts","table":"rsk_vessel","kind":{"one_to_many":{}}},
        {"name":"rsk_parts","table":"rsk_vessel","kind":{"one_to_many":{}}}]}"#;

/// Reads a snapshot of these files and emits its crate, in time.
fn read(files: &[(&str, &str)]) -> Result<usize, String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("written");
    }
    let (done, wait) = mpsc::channel();
    let path = folder.path().to_owned();
    thread::spawn(move || done.send(in_time(&path)));
    wait.recv_timeout(Duration::from_secs(20))
        .expect("it ends, without a panic")
}

fn in_time(folder: &Path) -> Result<usize, String> {
    let snapshot = snapshot::read(folder).map_err(|error| format!("{error}\n{}", error.help()))?;
    let generated = emit(&snapshot, &Options::default()).map_err(|error| error.to_string())?;
    for (path, text) in &generated.files {
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        for item in &file.items {
            let syn::Item::Struct(of) = item else { continue };
            let mut names: Vec<_> = of.fields.iter().filter_map(|field| field.ident.clone()).collect();
            let all = names.len();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), all, "{path}: {} has a field twice", of.ident);
        }
    }
    Ok(generated.files.len())
}

#[test]
fn what_is_named_but_missing_is_made_up() {
    let files = read(&[MARKER, ("tables/rsk_vessel.json", VESSEL)]);
    // Its own module, and one each for the port and the pier.
    assert_eq!(files, Ok(8 + 3));
}

#[test]
fn keys_win_over_names_inside() {
    let files = [
        MARKER,
        (
            "references.json",
            r#"{"rsk_port":{"name":"rsk_harbour"},"rsk_vessel":{"name":"rsk_vessel"}}"#,
        ),
        (
            "choices.json",
            r#"{"rsk_hulls":{"name":"rsk_others","options":[]}}"#,
        ),
        (
            "types.json",
            r#"{"complex_types":{"A":{"name":"B"}},"enum_types":{"C":{"name":"D","members":[]}}}"#,
        ),
        ("tables/rsk_vessel.json", VESSEL),
    ];
    assert_eq!(read(&files), Ok(8 + 3));
}

#[test]
fn types_that_extend_each_other_in_a_circle_end() {
    let types = r#"{"complex_types":{"A":{"name":"A","base":"B"},"B":{"name":"B","base":"C"},"C":{"name":"C","base":"A"},
        "D":{"name":"D","base":"A","members":[{"name":"Own","type":{"complex":"D"}}]},"E":{"name":"E","base":"E"},
        "F":{"name":"F","base":"missing"}}}"#;
    assert_eq!(read(&[MARKER, ("types.json", types)]), Ok(8));
}

#[test]
fn what_cannot_be_read_is_named_with_its_place() {
    let table = "tables/rsk_vessel.json";
    type Texts<'t> = &'t [(&'t str, &'t str)];
    let cases: [(Texts<'_>, &[&str]); 10] = [
        (&[], &["has no snapshot.json", "dataverse-codegen snapshot"]),
        (
            &[("snapshot.json", "")],
            &["snapshot.json:1:0", "EOF", "write the snapshot again"],
        ),
        (
            &[("snapshot.json", "{}")],
            &["missing field `dataverse_snapshot`"],
        ),
        (
            &[("snapshot.json", r#"{"dataverse_snapshot":99}"#)],
            &["has format 99", "up to 1", "update"],
        ),
        (
            &[MARKER, (table, "<<<<<<< ours\n{}")],
            &["rsk_vessel.json:1:1", "merged wrongly"],
        ),
        (
            &[
                MARKER,
                (
                    table,
                    "{\n\"name\":\"rsk_port\",\"primary_id\":\"x\",\"columns\":[]}",
                ),
            ],
            &["holds the table `rsk_port`"],
        ),
        (
            &[MARKER, (table, "{\n\"name\": 5}")],
            &["rsk_vessel.json:2:", "invalid type"],
        ),
        (
            &[
                MARKER,
                (
                    table,
                    "{\"name\":\"rsk_vessel\",\"primary_id\":\"x\",\"columns\":[{\"name\":\"a\",\"kind\":\"new\"}]}",
                ),
            ],
            &["rsk_vessel.json:1:", "unknown variant `new`"],
        ),
        (
            &[MARKER, ("names.lock", "# fine\ntable rsk_vessel = 1st\n")],
            &["names.lock:2: `1st` is not", "delete the line"],
        ),
        (
            &[MARKER, ("names.lock", "table rsk_vessel = fn\n")],
            &["names.lock:1: `fn` is not"],
        ),
    ];
    for (files, expected) in cases {
        let error = read(files).expect_err("it is refused");
        for part in expected {
            assert!(error.contains(part), "no {part:?} in: {error}");
        }
    }
}

#[test]
fn a_locked_name_that_another_thing_needs_is_given_once() {
    let lock = "table rsk_vessel = Hulk\ntable rsk_port = Hulk\ntable rsk_pier = Column\nchoice rsk_hulls = Option\n";
    let files = [MARKER, ("names.lock", lock), ("tables/rsk_vessel.json", VESSEL)];
    assert_eq!(read(&files), Ok(8 + 3));
}
