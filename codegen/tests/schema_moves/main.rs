//! The whole story over HTTP: an application is built for "dev", "prod" has moved, `drift --impact` names the lines that
//! break there, and the build fails at these lines once the crate is made from "prod".

#![cfg(all(feature = "fetch", target_os = "linux"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "../support/mod.rs"]
mod support;

mod application;
mod schemas;

use std::collections::{BTreeMap, BTreeSet};

use application::{Application, Line, Ran};
use serde_json::Value;
use support::live::Live;

/// The breaks that a report in JSON tells: each line with what its changes are about.
fn told(report: &Value) -> BTreeMap<Line, BTreeSet<String>> {
    let mut breaks: BTreeMap<Line, BTreeSet<String>> = BTreeMap::new();
    for of in report["breaks"].as_array().unwrap() {
        let line = usize::try_from(of["line"].as_u64().unwrap()).unwrap();
        let file = of["file"].as_str().unwrap().to_owned();
        let causes = of["causes"].as_array().unwrap();
        let places = breaks.entry((file, line)).or_default();
        if causes.is_empty() {
            places.insert(format!("no change explains {}", of["rendered"]));
        }
        for cause in causes {
            // Of an option or a target the place is the column with it.
            let place = cause["place"].as_str().unwrap();
            places.insert(place.split(' ').next().unwrap().to_owned());
        }
    }
    breaks
}

fn places(report: &Value, key: &str) -> BTreeSet<String> {
    let all = report[key].as_array().unwrap().iter();
    all.map(|of| of["place"].as_str().unwrap().to_owned()).collect()
}

fn json(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
}

fn assert_names_what_breaks(application: &Application) {
    let ran = application.run("drift prod --impact app --format json");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    let report = json(&ran);
    assert_eq!(told(&report), application.breaking(), "{report:#}");
    assert_eq!(report["broken_before"], Value::Array(Vec::new()));
    assert_eq!(report["targets_not_reached"], 0);
    // No compiler sees a shorter text; the files that name the column are told.
    assert_eq!(places(&report, "unchecked"), set(&["rsk_vessel.rsk_name"]));
    assert_eq!(
        report["unchecked"][0]["files"],
        serde_json::json!(["src/fleet.rs"])
    );
    assert_eq!(places(&report, "untouched"), set(schemas::UNUSED));
}

fn assert_text_names_what_breaks(application: &Application) {
    let ran = application.run("drift dev prod --impact app");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    let mut lines = BTreeSet::new();
    for line in ran.out.lines().filter(|line| line.contains(" uses ")) {
        let (place, _) = line.split_once(" uses ").unwrap();
        let (file, line) = place.rsplit_once(':').unwrap();
        lines.insert((file.to_owned(), line.parse().unwrap()));
    }
    let expected: BTreeSet<Line> = application.breaking().into_keys().collect();
    assert_eq!(lines, expected, "{}", ran.out);
    assert!(
        ran.out.contains("uses rsk_vessel.rsk_crew, which prod lacks\n"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("Touches nothing that the program uses:\n"),
        "{}",
        ran.out
    );
}

fn assert_markdown_names_what_breaks(application: &Application) {
    let ran = application.run("drift prod --impact app --format markdown");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    let breaking = application.breaking();
    let files: BTreeSet<&String> = breaking.keys().map(|(file, _)| file).collect();
    let title = format!(
        "## Impact: {} lines in {} files break\n",
        breaking.len(),
        files.len()
    );
    assert!(ran.out.starts_with(&title), "{}", ran.out);
    for (file, line) in breaking.keys() {
        assert!(
            ran.out.contains(&format!("\n| `{file}:{line}` | `")),
            "{}",
            ran.out
        );
    }
}

/// The page has the program's lines beside the changes, each with the places of its changes in the list.
fn assert_page_names_what_breaks(application: &Application) {
    let ran = application.run("drift prod --impact app --format html --out drift.html");
    assert_eq!((ran.code, &*ran.out), (Some(2), ""), "{ran:?}");
    let page = application.read("drift.html");
    let block = |id: &str| -> Value {
        let (_, rest) = page.split_once(&format!(" id=\"{id}\">")).unwrap();
        serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
    };
    let (changes, impact) = (&block("report")["changes"], block("impact"));
    let mut breaks: BTreeMap<Line, BTreeSet<String>> = BTreeMap::new();
    for of in impact["breaks"].as_array().unwrap() {
        let line = usize::try_from(of["line"].as_u64().unwrap()).unwrap();
        let places = breaks
            .entry((of["file"].as_str().unwrap().to_owned(), line))
            .or_default();
        for at in of["changes"].as_array().unwrap() {
            let change = &changes[usize::try_from(at.as_u64().unwrap()).unwrap()];
            let name = |key: &str| change[key]["name"].as_str();
            let parts = [name("owner"), name("part")];
            places.insert(parts.into_iter().flatten().collect::<Vec<_>>().join("."));
        }
    }
    assert_eq!(breaks, application.breaking());
    assert!(impact["untouched"].as_array().unwrap().len() >= schemas::UNUSED.len());
}

/// Generates from "prod", and expects the build to fail at the lines that were named, by messages that name the columns.
fn assert_build_fails(application: &Application) {
    application.configure("prod");
    application.run("regenerate").succeeded();
    let errors = application.errors();
    let lines: BTreeSet<Line> = errors.iter().map(|error| error.line.clone()).collect();
    let breaking = application.breaking();
    assert_eq!(lines, breaking.keys().cloned().collect(), "{errors:#?}");
    for error in &errors {
        let named = breaking[&error.line].iter().any(|place| {
            let column = place.rsplit('.').next().unwrap();
            error.rendered.contains(column) || error.rendered.contains("RskType")
        });
        assert!(named, "no name in:\n{}", error.rendered);
    }
}

fn set(of: &[&str]) -> BTreeSet<String> {
    of.iter().map(|of| (*of).to_owned()).collect()
}

#[test]
fn a_schema_that_moved_is_told_by_lines_before_it_fails_the_build() {
    let (dev, prod) = (Live::of(schemas::dev()), Live::of(schemas::dev()));
    let application = Application::write(&dev, &prod);
    application.configure("dev");
    application.run("regenerate").succeeded();
    assert_eq!(application.errors(), [], "the application compiles against dev");
    let before = application.sources();

    // As long as prod is what dev is, nothing breaks there.
    let same = application.run("drift prod --impact app").succeeded();
    assert_eq!(same.out, "the program compiles against prod\n");

    prod.change(schemas::moves);
    assert_names_what_breaks(&application);
    assert_text_names_what_breaks(&application);
    assert_markdown_names_what_breaks(&application);
    assert_page_names_what_breaks(&application);
    assert!(
        application.sources() == before,
        "nothing of the application has changed"
    );
    assert_build_fails(&application);
}
