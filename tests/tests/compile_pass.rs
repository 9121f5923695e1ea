//! The twins of what must not compile: each case of `ui`, mended, is a module of this file.

#![allow(
    dead_code,
    unused_imports,
    unused_qualifications,
    unused_variables,
    clippy::all,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "that they compile is all that is asked of them, and a test fails by panicking"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

include!(concat!(env!("OUT_DIR"), "/twins.rs"));

fn cases(folder: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let sources = files.filter(|file| file.extension().is_some_and(|it| it == "rs"));
    sources
        .map(|file| file.file_name().unwrap().to_str().unwrap().to_owned())
        .collect()
}

#[test]
fn each_case_has_a_twin() {
    assert_eq!(cases("ui"), cases("ui/pass"));
}
