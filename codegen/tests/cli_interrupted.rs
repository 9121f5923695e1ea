//! `dataverse-codegen regenerate` cut off at any point: what was there, or what is new, and never something between.

#![cfg(all(feature = "fetch", target_os = "linux"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Instant;

use dataverse_emulator::limits::{Fails, Faults, Rule};
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
fn whole(place: &Place) -> [BTreeMap<String, Vec<u8>>; 2] {
    ["schema/dev", "crm/src"].map(|folder| {
        let files = place.files(folder).into_iter();
        files.map(|(path, (text, _))| (path, text)).collect()
    })
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

/// Runs that are killed, each a little later than the one before.
const ROUNDS: u32 = 8;

#[test]
fn a_killed_run_leaves_the_old_or_the_new() {
    let live = Live::example();
    let place = project(&live);
    change(&live, false);
    place.run("regenerate").ok();
    let old = whole(&place);
    change(&live, true);
    // How long a run takes from its start to its end.
    let start = Instant::now();
    place.run("regenerate").ok();
    let takes = start.elapsed();
    let new = whole(&place);
    assert!(old[0] != new[0] && old[1] != new[1]);
    for round in 0..ROUNDS {
        // Back and forth, so that each run has something to write.
        change(&live, round % 2 == 1);
        let (before, after) = if round % 2 == 0 {
            (&new, &old)
        } else {
            (&old, &new)
        };
        let mut child = Command::new(env!("CARGO_BIN_EXE_dataverse-codegen"))
            .args(["regenerate", "--quiet"])
            .current_dir(place.path("."))
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // The second half of the run is where files are written.
        sleep(takes / 2 + takes / (2 * ROUNDS) * round);
        child.kill().unwrap();
        child.wait().unwrap();
        let now = whole(&place);
        for part in 0..2 {
            assert!(
                now[part] == before[part] || now[part] == after[part],
                "round {round}: neither the old nor the new"
            );
        }
        place.run("regenerate --quiet").ok();
        assert!(whole(&place) == *after, "round {round}: the next run goes on");
    }
    let left = |folder: &str| {
        let entries = fs::read_dir(place.path(folder)).unwrap();
        entries
            .filter(|entry| {
                entry
                    .as_ref()
                    .unwrap()
                    .file_name()
                    .to_string_lossy()
                    .starts_with(".writing-")
            })
            .count()
    };
    assert_eq!(
        left("schema") + left("crm") + left("schema/dev"),
        0,
        "nothing is left over"
    );
}

#[test]
fn a_fault_of_the_network_leaves_all_as_it_was_and_what_came_is_kept() {
    let live = Live::example();
    let place = project(&live);
    place.run("regenerate").ok();
    let old = whole(&place);
    change(&live, true);
    let refused = Rule {
        path: Some("$metadata".to_owned()),
        fails: Some(Fails {
            status: 403,
            ..Fails::default()
        }),
        ..Rule::default()
    };
    live.faults(Faults {
        rules: vec![refused],
        ..Faults::default()
    });
    place.run("regenerate").failed(1, &["dev: "]);
    assert!(whole(&place) == old);
    live.faults(Faults::default());
    live.asked();
    place.run("regenerate").ok();
    let asked = live.asked();
    assert!(asked.contains(&"$metadata".to_owned()), "{asked:?}");
    assert!(
        !asked.contains(&"EntityDefinitions".to_owned()),
        "what had come before was kept: {asked:?}"
    );
    assert!(whole(&place) != old);
}

#[test]
fn faults_that_pass_are_waited_out() {
    let live = Live::example();
    let place = project(&live);
    live.faults(Faults {
        rules: vec![Rule {
            every: 3,
            fails: Some(Fails {
                status: 503,
                ..Fails::default()
            }),
            ..Rule::default()
        }],
        ..Faults::default()
    });
    place.run("regenerate").ok();
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
