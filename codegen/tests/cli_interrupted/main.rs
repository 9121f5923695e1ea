//! `dataverse-codegen regenerate` cut off at any point: what was there, or what is new, and never something between.

#![cfg(all(feature = "fetch", target_os = "linux"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "../support/mod.rs"]
mod support;

mod disk;
mod kill;
mod network;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;

use support::cli::Place;
use support::live::Live;

const REST: &str = "[selection]\ntables = [\"account\", \"contact\", \"rsk_*\"]\n";

fn project(live: &Live) -> Place {
    let place = Place::new();
    place.write(
        "dataverse.toml",
        format!("[environments.dev]\nurl = \"{}\"\n{REST}", live.url()),
    );
    place
}

/// All files of the snapshot and of the crate's sources, by path. What a cut run left beside them isn't theirs.
fn whole(place: &Place) -> Whole {
    ["schema/dev", "crm/src"].map(|folder| {
        let files = place.files(folder).into_iter();
        files.map(|(path, (text, _))| (path, text)).collect()
    })
}

type Whole = [BTreeMap<String, Vec<u8>>; 2];

/// Neither the snapshot nor the crate's sources are anything but what they were, or what they become.
fn assert_old_or_new(place: &Place, old: &Whole, new: &Whole, when: &str) {
    let now = whole(place);
    for part in 0..2 {
        assert!(
            now[part] == old[part] || now[part] == new[part],
            "{when}: neither the old nor the new"
        );
    }
}

/// How many folders runs that were cut off have left.
fn left_over(place: &Place) -> usize {
    let left = |folder: &&str| {
        let entries = fs::read_dir(place.path(folder)).into_iter().flatten().flatten();
        entries
            .filter(|entry| entry.file_name().to_string_lossy().starts_with(".writing-"))
            .count()
    };
    ["schema", "schema/dev", "crm"].iter().map(left).sum()
}

/// A change that touches several files of the snapshot and of the crate.
fn change(live: &Live, on: bool) {
    live.change(|schema| {
        for table in ["account", "contact", "rsk_vessel"] {
            let table = schema.tables.get_mut(table).unwrap();
            for column in &mut table.columns {
                column.secured = on;
            }
        }
        let twin = schema.tables.remove("rsk_twin");
        if on {
            let mut twin = twin.unwrap_or_else(|| schema.tables["rsk_category"].clone());
            twin.name = "rsk_twin".to_owned();
            twin.entity_set = Some("rsk_twins".to_owned());
            twin.collections.clear();
            schema.tables.insert(twin.name.clone(), twin);
        }
    });
}

#[test]
fn a_folder_that_cannot_be_written_leaves_all_as_it_was() {
    let live = Live::example();
    let place = project(&live);
    place.run("regenerate").ok();
    let old = whole(&place);
    change(&live, true);
    // Where permissions don't bind, as for an administrator, a file in the way does.
    let guarded = place.path("schema");
    fs::set_permissions(&guarded, fs::Permissions::from_mode(0o555)).unwrap();
    let binds = fs::write(guarded.join("probe"), "").is_err();
    if binds {
        place.run("regenerate").failed(1, &["can't write in"]);
        assert!(whole(&place) == old);
    }
    fs::set_permissions(&guarded, fs::Permissions::from_mode(0o755)).unwrap();
    let _ = fs::remove_file(guarded.join("probe"));

    let blocked = place.path(".dataverse/dev/definitions");
    fs::remove_dir_all(&blocked).unwrap();
    fs::write(&blocked, "in the way").unwrap();
    place
        .run("regenerate")
        .failed(1, &["can't make .dataverse/dev/definitions"]);
    assert!(whole(&place) == old);
    fs::remove_file(&blocked).unwrap();
    place.run("regenerate").ok();
}

#[test]
fn files_of_others_in_our_folders_stay() {
    let live = Live::example();
    let place = project(&live);
    place.run("regenerate").ok();
    place.write("schema/dev/README.md", "why this is here");
    place.write("crm/src/own/notes.txt", "mine");
    place.write("crm/tests/it.rs", "");
    change(&live, true);
    place.run("regenerate").ok();
    assert_eq!(place.read("schema/dev/README.md"), "why this is here");
    assert_eq!(place.read("crm/src/own/notes.txt"), "mine");
    assert!(place.path("crm/tests/it.rs").exists());
    assert!(place.path("crm/src/rsk_twin.rs").exists());
    change(&live, false);
    place.run("regenerate").ok();
    assert!(!place.path("crm/src/rsk_twin.rs").exists());
    assert_eq!(place.read("crm/src/own/notes.txt"), "mine");
}
