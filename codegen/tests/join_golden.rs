//! Small documents of one feature each, with the snapshot, the sources and the warnings that come of them.
//!
//! `UPDATE_GOLDEN=1 cargo test --test join_golden` writes what comes of them now; read the difference before it is kept.

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

use support::golden::features;

/// The files below a folder, by path.
fn read(folder: &Path, below: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder.join(below)).into_iter().flatten() {
        let entry = entry.expect("an entry");
        let path = format!("{below}/{}", entry.file_name().to_string_lossy());
        let path = path.trim_start_matches('/');
        if entry.path().is_dir() {
            read(folder, path, files);
        } else {
            files.insert(path.to_owned(), fs::read_to_string(entry.path()).expect("UTF-8"));
        }
    }
}

#[test]
fn documents_give_what_they_gave() {
    let mut wrong = Vec::new();
    for feature in features() {
        let folder = feature.folder.join("expected");
        let made = feature.make(feature.metadata.as_deref(), &feature.definitions);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            if folder.exists() {
                fs::remove_dir_all(&folder).expect("the old files go");
            }
            for (path, text) in &made {
                let path = folder.join(path);
                fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
                fs::write(path, text).expect("written");
            }
            continue;
        }
        let mut expected = BTreeMap::new();
        read(&folder, "", &mut expected);
        let mut paths: Vec<&String> = made.keys().chain(expected.keys()).collect();
        paths.sort();
        paths.dedup();
        for path in paths
            .into_iter()
            .filter(|path| made.get(*path) != expected.get(*path))
        {
            let path_shown = folder.join(path);
            wrong.push(format!(
                "{}: {}",
                path_shown.display(),
                difference(expected.get(path), made.get(path))
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "UPDATE_GOLDEN=1 writes them anew:\n{}",
        wrong.join("\n")
    );
}

/// The first line that differs.
fn difference(expected: Option<&String>, made: Option<&String>) -> String {
    let (Some(expected), Some(made)) = (expected, made) else {
        return format!("there was {}, there is {}", text(expected), text(made));
    };
    let (old, new) = (
        expected.lines().chain(["the end"]),
        made.lines().chain(["the end"]),
    );
    let differs = old.zip(new).enumerate().find(|(_, (old, new))| old != new);
    differs.map_or_else(String::new, |(at, (old, new))| {
        format!("line {}\n  was {old}\n  is  {new}", at + 1)
    })
}

fn text(of: Option<&String>) -> &'static str {
    of.map_or("no such file", |_| "one")
}
