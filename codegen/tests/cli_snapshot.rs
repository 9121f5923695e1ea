//! `dataverse-codegen snapshot` and the program as a whole, as people and their scripts meet them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use std::fs;

use support::cli::{Place, golden, golden_file};

const PAGE: &str =
    "<!DOCTYPE html>\n<html><head><title>Sign in to your account</title></head><body></body></html>";

#[test]
fn help_names_each_command_and_each_exit_code() {
    let place = Place::new();
    let help = place.run("--help").ok();
    for word in [
        "snapshot",
        "generate",
        "inspect",
        "--quiet",
        "Examples:",
        "Exit codes: 0",
        "$metadata",
    ] {
        assert!(help.out.contains(word), "no {word:?} in:\n{}", help.out);
    }
    assert_eq!(help.err, "");
    for (command, options) in [
        (
            "snapshot",
            &[
                "--metadata",
                "--definitions",
                "--out",
                "--tables",
                "--exclude",
                "--solutions",
                "--operations",
                "--all-warnings",
            ][..],
        ),
        (
            "generate",
            &[
                "--snapshot",
                "--out",
                "--crate-name",
                "--runtime",
                "--rows",
                "--language",
            ],
        ),
        ("inspect", &["--snapshot", "[TABLE]"]),
    ] {
        let help = place.run(&format!("{command} --help")).ok().out;
        for option in options {
            assert!(help.contains(option), "no {option} in:\n{help}");
        }
    }
    let version = place.run("--version").ok().out;
    assert_eq!(
        version.trim(),
        format!("dataverse-codegen {}", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn wrong_arguments_end_with_2() {
    let place = Place::new();
    place.run("").failed(2, &["Usage: dataverse-codegen"]);
    place
        .run("snapshots")
        .failed(2, &["unrecognized subcommand 'snapshots'", "snapshot"]);
    place.run("snapshot --metadata a.xml").failed(2, &["--out <DIR>"]);
    place.run("snapshot --frobnicate").failed(2, &["'--frobnicate'"]);
    place
        .run("generate --snapshot a --out b --language german")
        .failed(2, &["'german'", "--language"]);
    assert_eq!(fs::read_dir(place.path("")).expect("entries").count(), 0);
}

#[test]
fn documents_become_a_snapshot() {
    let place = Place::new();
    let read = format!(
        "snapshot --metadata {} --definitions {}",
        golden("keys/metadata.xml"),
        golden("keys/definitions")
    );
    let ran = place.run(&format!("{read} --out a")).ok();
    assert_eq!(ran.out, "");
    assert!(ran.err.contains("2 of 2 tables with 9 columns"), "{}", ran.err);
    assert!(
        ran.err.contains("a: 7 files written, 0 unchanged, 0 removed"),
        "{}",
        ran.err
    );
    assert!(place.read("a/tables/rsk_vessel.json").contains("\"IMO number\""));
    place.run(&format!("{read} --quiet --out b")).ok();
    let content = |folder| {
        place
            .files(folder)
            .into_iter()
            .map(|(path, (text, _))| (path, text))
            .collect::<Vec<_>>()
    };
    assert_eq!(content("a"), content("b"));
}

#[test]
fn what_is_unchanged_is_left_alone_and_what_is_gone_goes() {
    let place = Place::new();
    let read = format!(
        "snapshot --metadata {} --out a",
        golden("relationships/metadata.xml")
    );
    place.run(&read).ok();
    place.write("a/names.lock", "table rsk_vessel = Boat\n");
    place.write("a/README.md", "mine");
    let before = place.files("a");
    let again = place.run(&read).ok();
    assert!(
        again.err.contains("a: 0 files written, 10 unchanged, 0 removed"),
        "{}",
        again.err
    );
    assert_eq!(place.files("a"), before);
    let fewer = place
        .run(&format!("{read} --tables rsk_* --exclude *_rsk_sailor,rsk_port"))
        .ok();
    assert!(fewer.err.contains("2 of 5 tables"), "{}", fewer.err);
    let after = place.files("a");
    let tables: Vec<&str> = after
        .keys()
        .filter_map(|path| path.strip_prefix("tables/"))
        .collect();
    assert_eq!(tables, ["rsk_sailor.json", "rsk_vessel.json"]);
    assert_eq!(after["names.lock"], before["names.lock"]);
    assert_eq!(after["README.md"], before["README.md"]);
    assert_eq!(after["tables/rsk_sailor.json"], before["tables/rsk_sailor.json"]);
}

#[test]
fn quiet_says_nothing_but_errors() {
    let place = Place::new();
    let ran = place
        .run(&format!(
            "snapshot -q --metadata {} --out a",
            golden("lookups/metadata.xml")
        ))
        .ok();
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", ""));
    place
        .run("snapshot --quiet --metadata missing.xml --out a")
        .failed(1, &["error: can't read missing.xml"]);
}

#[test]
fn warnings_are_counted_and_shown_on_request() {
    let place = Place::new();
    let columns: Vec<String> = (0..15)
        .map(|at| format!(r#"{{"LogicalName":"rsk_c{at}","AttributeType":"Hologram","AttributeTypeName":{{"Value":"HologramType"}}}}"#))
        .collect();
    place.write(
        "all.json",
        format!(
            r#"{{"value":[{{"LogicalName":"rsk_vessel","PrimaryIdAttribute":"rsk_vesselid","Attributes":[{}]}}]}}"#,
            columns.join(",")
        ),
    );
    let some = place.run("snapshot --definitions all.json --out a").ok();
    assert_eq!(some.err.matches("warning: ").count(), 10, "{}", some.err);
    assert!(
        some.err.contains("and 6 more warnings: --all-warnings shows all"),
        "{}",
        some.err
    );
    let all = place
        .run("snapshot --definitions all.json --out a --all-warnings")
        .ok();
    assert_eq!(all.err.matches("warning: ").count(), 16, "{}", all.err);
}

#[test]
fn bad_documents_are_named_with_the_place() {
    let place = Place::new();
    let good = fs::read_to_string(golden_file("lookups/metadata.xml")).expect("readable");
    place.write("page.html", PAGE);
    place.write("empty", "");
    place.write("folder/a.txt", "");
    place.write("wrong.json", r#"{"value":[{"LogicalName":5}]}"#);
    place.write("broken.json", "{\"value\":[\n{\"LogicalName\":\"rsk_vessel\",}]}");
    place.write(
        "error.json",
        r#"{"error":{"code":"0x80040220","message":"Principal user is missing prvReadEntity"}}"#,
    );
    place.write("rows.json", r#"{"@odata.context":"https://rsk.example/api/data/v9.2/$metadata#rsk_vessels","value":[{"rsk_name":"Ada"}]}"#);
    for (arguments, said) in [
        (
            "--metadata page.html",
            &["page.html: ", "an HTML page", "sign-in page"][..],
        ),
        ("--metadata empty", &["empty: "]),
        ("--metadata wrong.json", &["wrong.json: "]),
        (
            "--metadata missing.xml",
            &["can't read missing.xml: No such file"],
        ),
        ("--metadata folder", &["can't read folder: "]),
        (
            "--definitions page.html",
            &["page.html: ", "web page", "Sign in to your account"],
        ),
        ("--definitions empty", &["empty: "]),
        ("--definitions broken.json", &["broken.json: ", "line 2"]),
        (
            "--definitions missing.json",
            &["can't read missing.json: No such file"],
        ),
        (
            "--definitions folder",
            &[
                "no file held the definition of a table",
                "help: definitions are answers of",
            ],
        ),
        (
            "--definitions rows.json",
            &["no file held the definition of a table"],
        ),
        ("--definitions error.json", &["error.json: ", "prvReadEntity"]),
        ("", &["there is nothing to read", "help: give --metadata"]),
    ] {
        let ran = place
            .run(&format!("snapshot {arguments} --out a"))
            .failed(1, said);
        assert!(
            ran.err.starts_with("error: ") && !ran.err.contains("panicked"),
            "{arguments}: {}",
            ran.err
        );
        assert!(!place.path("a").exists(), "{arguments}");
    }
    for part in [10, 100, 400, 700, good.len() / 2, good.len() - 3] {
        let end = (part..)
            .find(|at| good.is_char_boundary(*at))
            .expect("a boundary");
        place.write("cut.xml", &good[..end]);
        place
            .run("snapshot --metadata cut.xml --out a")
            .failed(1, &["error: cut.xml: ", "line "]);
        assert!(!place.path("a").exists(), "{part}");
    }
}

#[test]
fn a_solution_selects_its_tables() {
    let place = Place::new();
    let documents = "several_bodies";
    let read = format!(
        "snapshot --metadata {} --definitions {}",
        golden(&format!("{documents}/metadata.xml")),
        golden(&format!("{documents}/definitions"))
    );
    let ran = place.run(&format!("{read} --solutions rsk_fleet --out a")).ok();
    assert!(ran.err.contains("1 of 1 table with"), "{}", ran.err);
    assert!(
        ran.err.contains("passed over as no definitions: 1, the first"),
        "{}",
        ran.err
    );
    place
        .run(&format!("{read} --solutions rsk_other --out b"))
        .failed(1, &["no table is wanted, of 1 in the documents"]);
}

#[test]
fn bad_selections_say_what_to_do() {
    let place = Place::new();
    let read = format!("snapshot --metadata {} --out a", golden("lookups/metadata.xml"));
    place.run(&format!("{read} --tables q*")).failed(
        1,
        &[
            "no table is wanted, of 5 in the documents",
            "help: check --tables",
        ],
    );
    place
        .run(&format!("{read} --solutions rsk_fleet"))
        .failed(1, &["no table is wanted, of 5 in the documents", "--solutions"]);
    place
        .run(&format!("{read} --tables [a"))
        .failed(1, &["`[a` is not a name or glob"]);
    assert!(!place.path("a").exists());
}

#[test]
fn folders_of_others_are_not_touched() {
    let place = Place::new();
    let read = format!("snapshot --metadata {}", golden("lookups/metadata.xml"));
    place.write("thesis/chapter", "years of work");
    let before = place.files("thesis");
    place
        .run(&format!("{read} --out thesis"))
        .failed(1, &["thesis is not empty and has no snapshot.json"]);
    assert_eq!(place.files("thesis"), before);
    place
        .run(&format!("{read} --out thesis/chapter"))
        .failed(1, &["thesis/chapter"]);
    assert_eq!(place.files("thesis"), before);
    // A folder in a file's place.
    fs::create_dir_all(place.path("a/choices.json/deep")).expect("a folder");
    place.write("a/snapshot.json", "{\"dataverse_snapshot\":1}");
    place
        .run(&format!("{read} --out a"))
        .failed(1, &["can't replace a/choices.json"]);
    let left = fs::read_dir(place.path("a")).expect("entries").flatten();
    assert!(
        left.map(|entry| entry.file_name())
            .all(|name| !name.to_string_lossy().starts_with(".writing-"))
    );
}

#[test]
fn a_selection_is_told_what_is_not_there_and_nothing_of_what_it_does_not_want() {
    let place = Place::new();
    place.write(
        "metadata.xml",
        "<edmx:Edmx Version=\"4.0\" xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\"><edmx:DataServices>\
         <Schema Namespace=\"Microsoft.Dynamics.CRM\" Alias=\"mscrm\" xmlns=\"http://docs.oasis-open.org/odata/ns/edm\">\
         <EntityType Name=\"rsk_port\"><Key><PropertyRef Name=\"rsk_portid\"/></Key><Property Name=\"rsk_portid\" Type=\"Edm.Guid\"/></EntityType>\
         <EntityType Name=\"rsk_keyless\"/><EntityContainer Name=\"System\">\
         <EntitySet Name=\"rsk_ports\" EntityType=\"Microsoft.Dynamics.CRM.rsk_port\"/>\
         <EntitySet Name=\"rsk_keylesses\" EntityType=\"Microsoft.Dynamics.CRM.rsk_keyless\"/>\
         </EntityContainer></Schema></edmx:DataServices></edmx:Edmx>",
    );
    let told = |tables: &str| {
        let run = format!("snapshot --metadata metadata.xml --out s --tables {tables}");
        place.run(&run).ok().err
    };
    let err = told("rsk_prt,rsk_port");
    assert!(
        err.starts_with("warning: there is no table `rsk_prt` (did you mean `rsk_port`?)\n"),
        "{err}"
    );
    assert!(!err.contains("rsk_keyless"), "nobody asked for it: {err}");
    let err = told("rsk_keyless,rsk_port");
    assert!(
        err.contains("warning: rsk_keyless: left out"),
        "the reason: {err}"
    );
}
