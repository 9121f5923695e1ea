//! Targets that are told by groups are the targets of each set, to the compiler and in what it says.

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

use build::{column, lookup, table};
use dataverse_codegen::schema::Schema;
use nested::{Workspace, generate};

/// Tables that every note can be about.
const SHARED: [&str; 6] = [
    "rsk_berth",
    "rsk_buoy",
    "rsk_crane",
    "rsk_lock",
    "rsk_pilot",
    "rsk_tug",
];
/// Tables of notes, each of which can also be about a row of its own table.
const NOTES: [&str; 4] = ["rsk_defect", "rsk_note", "rsk_photo", "rsk_survey"];

/// Says what a defect is about. `{path}` is the table.
const PROGRAM: &str = r#"
use harbour::{rsk_defect::RskDefect, {path} as Target, prelude::*, targets};

pub fn about(id: Id<Target>) {
    let defect = Id::<RskDefect>::new(Uuid::nil());
    let _ = update_body(RskDefect, |a| (a.rsk_about.bind(id), a.rsk_about.bind(defect)));
}

pub fn is(about: &Reference<targets::RskAbout_RskDefect_RskAbout>) -> Option<Id<Target>> {
    about.id()
}
"#;

#[test]
fn a_set_accepts_the_tables_of_its_groups_and_no_others() {
    let mut schema = Schema::default();
    for name in SHARED {
        schema.tables.insert(name.to_owned(), table(name, vec![]));
    }
    for name in NOTES {
        let mut targets = SHARED.to_vec();
        targets.push(name);
        let about = column("rsk_about", lookup(&targets));
        schema.tables.insert(name.to_owned(), table(name, vec![about]));
    }
    let generated = generate(&schema, "harbour", "");
    let targets = &generated.files["src/targets.rs"];
    assert_eq!(targets.matches("impl rt::Grouped for").count(), SHARED.len());
    let workspace = Workspace::new("target-groups");
    workspace.add("harbour", &generated);
    // One of a group, one that is told by itself, and one of another set.
    for (name, right) in [("crane", true), ("defect", true), ("photo", false)] {
        let manifest = format!(
            "[package]\nname = {name:?}\nedition = \"2024\"\n\n[dependencies]\nharbour = {{ path = \"../members-harbour\" }}\n"
        );
        let marker = format!("Rsk{}{}", name[..1].to_uppercase(), &name[1..]);
        let program = PROGRAM.replace("{path}", &format!("rsk_{name}::{marker}"));
        workspace.write(
            name,
            &manifest,
            &BTreeMap::from([("src/lib.rs".to_owned(), program)]),
        );
        let output = workspace.cargo(&["check", "--package", name, "--quiet"]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.success(), right, "{name}: {said}");
        if !right {
            assert!(
                said.contains("this relationship does not lead to rows of `harbour::rsk_photo::RskPhoto`"),
                "{said}"
            );
            let about_groups = said
                .lines()
                .filter(|line| line.contains("Grouped") || line.contains("Within"));
            assert_eq!(about_groups.count(), 0, "{said}");
        }
    }
}
