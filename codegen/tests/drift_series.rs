//! Drift between captured documents of one environment, dated by their names: `cargo xtask corpus DIR` runs this.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use dataverse_codegen::documents;
use dataverse_codegen::drift::report::{LONGEST_COMMENT, Report};
use dataverse_codegen::drift::{Change, Changes, Severity, compare};
use dataverse_codegen::schema::Schema;
use support::coverage;

/// What breaks comes before what doesn't, in each table; what only adds breaks nobody.
fn assert_ranked(found: &Changes<'_>) {
    for group in found.groups() {
        let ranks: Vec<Severity> = group.changes.iter().map(Change::severity).collect();
        assert!(ranks.is_sorted(), "{}: {ranks:?}", group.owner);
    }
    for change in &found.changes {
        let id = change.rule.classified().id;
        if id.ends_with("-removed") && !id.starts_with("default") {
            assert!(change.severity().is_breaking(), "{change:?}");
        }
        if [
            "table-added",
            "column-added",
            "collection-added",
            "operation-added",
        ]
        .contains(&id)
        {
            assert_eq!(change.severity(), Severity::Additive, "{change:?}");
        }
    }
}

#[test]
#[ignore = "needs captured documents: cargo xtask corpus DIR"]
fn each_pair_is_told_in_full() {
    let folder =
        std::env::var_os("DATAVERSE_SERIES").expect("DATAVERSE_SERIES names the folder of the documents");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|of| of.eq_ignore_ascii_case("xml")))
        .collect();
    paths.sort();
    assert!(paths.len() > 1, "a series has at least two documents");
    let read = |path: &PathBuf| documents::read(Some(path), &[]).expect("readable").0;
    let schemas: Vec<Schema> = paths.iter().map(read).collect();
    for (pair, names) in schemas.windows(2).zip(paths.windows(2)) {
        let (old, new) = (&pair[0], &pair[1]);
        let start = Instant::now();
        let found = compare(old, new);
        let took = start.elapsed();
        let counts = found.counts();
        let shown = Severity::ALL.map(|of| format!("{} {of}", counts.get(&of).unwrap_or(&0)));
        let name = |at: usize| {
            names[at]
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned()
        };
        println!(
            "{} -> {}: {}; compared in {took:.1?}",
            name(0),
            name(1),
            shown.join(", ")
        );
        assert_eq!(found.not_known, [], "both sides are CSDL alone");
        assert_ranked(&found);
        let report = Report {
            old: &name(0),
            new: &name(1),
            changes: &found,
        };
        let shown = [
            report.text(false),
            report.markdown(LONGEST_COMMENT),
            report.json(),
            report.html(),
        ];
        assert!(shown.iter().all(|text| !text.is_empty()));
        assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
        let faults = coverage::faults(old, new, &found);
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        let back = compare(new, old);
        let faults = coverage::faults(new, old, &back);
        assert!(faults.is_empty(), "the other way: {}", faults.join("\n"));
    }
}
