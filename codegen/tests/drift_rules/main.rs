//! Every row of the classification: two schemas that differ in one thing give that rule and no other.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod cases;
mod not_known;
mod schemas;

use std::collections::BTreeSet;

use cases::all;
use dataverse_codegen::drift::{Kind, RULES, Severity, classification, compare};

#[test]
fn each_change_follows_its_rule_and_no_other() {
    for (id, old, new) in all() {
        let found = compare(&old, &new);
        let rules: Vec<&str> = found
            .changes
            .iter()
            .map(|change| change.rule.classified().id)
            .collect();
        assert_eq!(rules, [id], "{found:#?}");
        assert_eq!(found.not_known, [], "{id}");
        assert!(
            compare(&new, &new).is_empty() && compare(&old, &old).is_empty(),
            "{id}"
        );
        assert!(!compare(&new, &old).is_empty(), "{id} the other way");
    }
}

#[test]
fn each_rule_has_a_case() {
    let cases = all();
    let tested: BTreeSet<&str> = cases.iter().map(|(id, ..)| *id).collect();
    let lacking: Vec<&str> = RULES
        .iter()
        .map(|row| row.id)
        .filter(|id| !tested.contains(id))
        .collect();
    assert_eq!(lacking, [] as [&str; 0]);
}

#[test]
fn the_table_is_in_order() {
    let ids: BTreeSet<&str> = RULES.iter().map(|row| row.id).collect();
    assert_eq!(ids.len(), RULES.len(), "no id twice");
    for row in RULES {
        assert_eq!(row.rule.classified(), row);
        let sentence = row.reason.ends_with('.') && row.reason.starts_with(char::is_uppercase);
        assert!(
            sentence && !row.reason.contains('|') && !row.title.contains('|'),
            "{}",
            row.id
        );
    }
    let kinds: BTreeSet<&str> = Kind::ALL.iter().map(|kind| kind.id()).collect();
    assert_eq!(kinds.len(), Kind::ALL.len());
    assert!(Severity::BreaksWriters.is_breaking() && !Severity::Additive.is_breaking());
}

#[test]
fn the_documentation_shows_the_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/drift.md");
    let text = std::fs::read_to_string(path).expect("docs/drift.md");
    let table = classification();
    if std::env::var_os("UPDATE_DOCS").is_some() && !text.contains(&table) {
        let start = text.find("| rule | about |").expect("the table");
        let end = start + text[start..].find("\n\n").map_or(text.len() - start, |at| at + 1);
        let updated = format!("{}{table}{}", &text[..start], &text[end..]);
        std::fs::write(path, updated).expect("written");
        return;
    }
    assert!(
        text.contains(&table),
        "run this test once with UPDATE_DOCS=1 and look at the difference"
    );
}
