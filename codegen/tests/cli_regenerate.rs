//! `dataverse-codegen regenerate` against environments that change, fail and are cut off.

#![cfg(feature = "fetch")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use std::collections::BTreeMap;
use std::fs;

use dataverse_codegen::drift::{change_words, compare};

use dataverse_codegen::schema::{ColumnKind, Patterns, Selection};
use dataverse_codegen::snapshot;
use support::cli::Place;
use support::live::Live;

const SELECTION: &str = "[selection]\ntables = [\"account\", \"rsk_*\"]\n";

fn project(environments: &[(&str, &Live)], rest: &str) -> Place {
    let place = Place::new();
    let mut text = String::new();
    if let [(base, _), _, ..] = environments {
        text.push_str(&format!("base = \"{base}\"\n"));
    }
    for (name, live) in environments {
        text.push_str(&format!("[environments.{name}]\nurl = \"{}\"\n", live.url()));
    }
    place.write("dataverse.toml", text + rest);
    place
}

/// The snapshot holds the selected part of what the environment has. Which solutions hold a table isn't asked for.
fn assert_fetched(place: &Place, live: &Live) {
    let snapshot = snapshot::read(&place.path("schema/dev")).unwrap().schema;
    let mut expected = live.schema().select(&Selection {
        tables: Patterns::new(["account", "rsk_*"]).unwrap(),
        ..Selection::default()
    });
    expected
        .tables
        .values_mut()
        .for_each(|table| table.solutions.clear());
    let changes = compare(&expected, &snapshot);
    let told: Vec<String> = changes.changes.iter().map(change_words).collect();
    assert_eq!(told, Vec::<String>::new());
    assert!(changes.not_known.is_empty(), "{:?}", changes.not_known);
    assert!(
        snapshot == expected,
        "nothing that a comparison tells, but they differ"
    );
}

/// The content of a folder's files.
fn content(place: &Place, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let files = place.files(folder).into_iter();
    files.map(|(path, (text, _))| (path, text)).collect()
}

#[test]
fn an_environment_becomes_a_snapshot_and_a_crate() {
    let live = Live::example();
    let place = project(&[("dev", &live)], SELECTION);
    let ran = place.run("regenerate").ok();
    assert_eq!(ran.out, "", "results are files");
    assert!(ran.err.contains("schema/dev: a new snapshot"), "{}", ran.err);
    assert_fetched(&place, &live);
    assert!(
        place
            .read("crm/src/rsk_vessel.rs")
            .contains("pub struct Columns {")
    );
    assert!(place.read("crm/Cargo.toml").contains("name = \"crm\""));
    assert_eq!(place.read(".dataverse/.gitignore"), "*\n");
}

#[test]
fn what_has_not_changed_costs_a_few_small_requests_and_no_file() {
    let live = Live::example();
    let place = project(&[("dev", &live)], SELECTION);
    place.run("regenerate").ok();
    live.asked();
    let before = [place.files("schema"), place.files("crm")];
    let again = place.run("regenerate").ok();
    assert!(again.err.contains("nothing new, by 3 requests"), "{}", again.err);
    assert!(again.err.contains("nothing has changed"), "{}", again.err);
    assert_eq!(live.asked().len(), 3);
    assert_eq!([place.files("schema"), place.files("crm")], before);
    place.run("regenerate --check").ok();
}

#[test]
fn changes_are_told_and_fetched_alone() {
    let live = Live::example();
    let place = project(&[("dev", &live)], SELECTION);
    place.run("regenerate").ok();
    live.asked();
    live.change_table("account", |account| {
        account.columns.retain(|column| column.name != "fax");
        let name = account.columns.iter_mut().find(|column| column.name == "name");
        let ColumnKind::Text { max_length, .. } = &mut name.unwrap().kind else {
            panic!("a name is text");
        };
        *max_length = Some(80);
    });
    let before = [content(&place, "schema"), content(&place, "crm")];

    let check = place.run("regenerate --check");
    assert_eq!(check.code, Some(2), "{check:?}");
    assert!(check.err.contains("account.fax: column removed"), "{}", check.err);
    assert!(
        check.err.contains("account.name: text may be shorter (160 → 80)"),
        "{}",
        check.err
    );
    assert!(check.err.contains("tables/account.json"), "{}", check.err);
    assert_eq!(
        [content(&place, "schema"), content(&place, "crm")],
        before,
        "a check changes nothing"
    );

    let ran = place.run("regenerate").ok();
    assert!(ran.err.contains("account.fax: column removed"), "{}", ran.err);
    assert_fetched(&place, &live);
    assert!(!place.read("crm/src/account.rs").contains("pub fax:"));
    place.run("regenerate --check").ok();
}

#[test]
fn tables_that_come_and_go_and_global_choices_are_noticed() {
    let live = Live::example();
    let place = project(&[("dev", &live)], SELECTION);
    place.run("regenerate").ok();
    live.change(|schema| {
        let mut twin = schema.tables["rsk_category"].clone();
        twin.name = "rsk_twin".to_owned();
        twin.entity_set = Some("rsk_twins".to_owned());
        twin.schema_name = Some("rsk_Twin".to_owned());
        twin.collections.clear();
        schema.tables.insert(twin.name.clone(), twin);
    });
    let ran = place.run("regenerate").ok();
    assert!(ran.err.contains("rsk_twin: table added"), "{}", ran.err);
    assert!(place.path("crm/src/rsk_twin.rs").exists());
    live.change(|schema| {
        schema.tables.remove("rsk_twin");
        let choice = schema
            .choices
            .values_mut()
            .find(|choice| choice.options.len() > 1);
        choice.unwrap().options.pop();
    });
    let ran = place.run("regenerate").ok();
    assert!(ran.err.contains("rsk_twin: table removed"), "{}", ran.err);
    assert!(!place.path("crm/src/rsk_twin.rs").exists());
    assert_fetched(&place, &live);
}

#[test]
fn another_organization_and_an_expired_stamp_mean_all_afresh() {
    let live = Live::example();
    let place = project(&[("dev", &live)], SELECTION);
    place.run("regenerate").ok();
    let mut schema = live.schema();
    schema
        .tables
        .get_mut("account")
        .unwrap()
        .columns
        .retain(|column| column.name != "fax");
    live.become_another(schema);
    let ran = place.run("regenerate").ok();
    assert!(ran.err.contains("account.fax: column removed"), "{}", ran.err);

    live.asked();
    live.change(|_| {});
    live.pass_days(91);
    let ran = place.run("regenerate").ok();
    assert!(ran.err.contains("nothing has changed"), "{}", ran.err);
    assert!(
        live.asked().contains(&"$metadata".to_owned()),
        "all was fetched again"
    );
    live.asked();
    place.run("regenerate --afresh").ok();
    assert!(live.asked().contains(&"$metadata".to_owned()));
}

#[test]
fn environments_stand_side_by_side_and_one_may_be_asked_alone() {
    let (dev, prod) = (Live::example(), Live::example());
    prod.change_table("account", |account| {
        account
            .columns
            .retain(|column| column.name != "fax" && column.name != "telephone1");
    });
    let place = project(&[("dev", &dev), ("prod", &prod)], SELECTION);
    let ran = place.run("regenerate").ok();
    assert!(ran.err.contains("COMPARED WITH dev"), "{}", ran.err);
    assert!(
        ran.err
            .lines()
            .any(|line| line.starts_with("account") && line.contains("2 breaking")),
        "{}",
        ran.err
    );
    assert!(
        place.read("crm/src/account.rs").contains("pub fax:"),
        "the crate is the base's"
    );
    assert!(!place.read("schema/prod/tables/account.json").contains("\"fax\""));

    let before = content(&place, "crm");
    prod.change_table("account", |account| {
        account.columns.retain(|column| column.name != "name");
    });
    dev.change_table("account", |account| {
        account.columns.retain(|column| column.name != "fax");
    });
    let ran = place.run("regenerate --env prod").ok();
    assert!(ran.err.contains("account.name: column removed"), "{}", ran.err);
    assert_eq!(content(&place, "crm"), before);

    let ran = place.run("drift --deny breaking prod");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.out.contains("telephone1"), "{}", ran.out);
    let ran = place.run("drift --deny breaking ./schema/dev dev");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    let ran = place.run("drift --deny breaking --against prod dev");
    assert_eq!(
        ran.code,
        Some(2),
        "what prod lacks is new in dev, and a column less: {ran:?}"
    );
    place.run("drift").ok();
}

#[test]
fn without_the_network_the_crate_is_what_the_snapshot_says() {
    let live = Live::example();
    let place = project(&[("dev", &live)], SELECTION);
    place.run("regenerate").ok();
    live.stop();
    let before = [content(&place, "schema"), content(&place, "crm")];
    place.run("regenerate --offline --check").ok();
    fs::remove_file(place.path("crm/src/account.rs")).unwrap();
    place.run("regenerate --offline").ok();
    assert_eq!([content(&place, "schema"), content(&place, "crm")], before);
    place.run("regenerate").failed(
        1,
        &["dev: ", "can't be reached", "help: `dataverse-codegen doctor`"],
    );
    assert_eq!([content(&place, "schema"), content(&place, "crm")], before);
}

#[test]
fn chosen_names_are_given_and_kept_or_refused_with_the_reason() {
    let live = Live::example();
    let names = "[names.tables]\nrsk_vessel = \"Ship\"\n[names.columns]\n\"account.name\" = \"company\"\n";
    let place = project(&[("dev", &live)], &format!("{SELECTION}{names}"));
    place.run("regenerate").ok();
    assert!(place.read("crm/src/rsk_vessel.rs").contains("pub struct Ship;"));
    assert!(place.read("crm/src/account.rs").contains("pub company: Column<"));
    let lock = place.read("schema/dev/names.lock");
    assert!(lock.contains("table rsk_vessel = Ship\n") && lock.contains("column account.name = company\n"));

    let text = place.read("dataverse.toml");
    for (from, to, told) in [
        (
            "rsk_vessel = \"Ship\"",
            "rsk_vesel = \"Ship\"",
            "has nothing of that name",
        ),
        (
            "\"account.name\" = \"company\"",
            "\"account.name\" = \"fax\"",
            "pub fax",
        ),
    ] {
        place.write("dataverse.toml", text.replace(from, to));
        let ran = place.run("regenerate");
        if told == "pub fax" {
            // The column that had the name gets another.
            ran.ok();
            let account = place.read("crm/src/account.rs");
            assert!(
                account.contains("pub fax: Column<kind::Text, access::ReadWrite, rt::Needed<needs::fax>>"),
                "{account}"
            );
            assert!(account.contains("pub fax_: "), "{account}");
        } else {
            ran.failed(1, &["[names] chooses `Ship` for the table rsk_vesel", told]);
        }
    }
}

#[test]
fn what_is_wrong_is_told_before_anything_is_fetched_or_written() {
    let live = Live::example();
    let place = project(&[("dev", &live)], "[selection]\ntables = [\"nothing_*\"]\n");
    place.run("regenerate").failed(
        1,
        &["dev: none of its tables is selected", "help: check [selection]"],
    );
    assert!(!place.path("schema").exists() && !place.path("crm").exists());
    place
        .run("regenerate --env test")
        .failed(1, &["there is no environment `test`: there is `dev`"]);
    place.write("dataverse.toml", "[selection]\ntabels = 1\n");
    place.run("regenerate").failed(
        1,
        &["dataverse.toml:2:1: there is no key `tabels` (did you mean `tables`?)"],
    );
    fs::remove_file(place.path("dataverse.toml")).unwrap();
    place.run("regenerate").failed(
        1,
        &[
            "can't read dataverse.toml",
            "help: `dataverse-codegen init` writes one",
        ],
    );
}

#[test]
fn a_folder_of_somebody_else_stops_the_run_before_anything_changes() {
    let live = Live::example();
    let place = project(&[("dev", &live)], SELECTION);
    place.write("crm/thesis.txt", "years of work");
    place
        .run("regenerate")
        .failed(1, &["crm is not empty and has no .dataverse-codegen"]);
    assert!(!place.path("schema").exists());
    assert_eq!(place.read("crm/thesis.txt"), "years of work");
}

#[test]
fn what_is_asked_for_and_is_not_there_is_told_with_the_nearest_name() {
    let live = Live::example();
    let selection = |tables: &str| {
        format!(
            "[selection]\ntables = [{tables}]\noperations = [\"WhoAmi\"]\nlanguages = [1033, 9999]\n\
             solutions = [\"RaskFlet\"]\n[output]\nrows = [\"contct\"]\n"
        )
    };
    let place = project(&[("dev", &live)], &selection("\"acount\", \"contact\""));
    let told = place.run("regenerate").ok().err;
    for warning in [
        "warning: there is no table `acount` (did you mean `account`?)",
        "warning: there is no solution with tables `RaskFlet`",
        "warning: there is no function or action `WhoAmi` (did you mean `WhoAmI`?)",
        "warning: no label is in the language 9999: there are 1031, 1033, 1041",
        "warning: there is no selected table for `rows`: `contct` (did you mean `contact`?)",
    ] {
        assert!(told.contains(warning), "no {warning:?} in\n{told}");
    }
    let place = project(&[("dev", &live)], &selection("\"acount\""));
    place.run("regenerate").failed(
        1,
        &["none of its tables is selected; there is no table `acount` (did you mean `account`?)"],
    );
}

#[test]
fn a_chosen_name_that_generated_code_needs_itself_is_refused() {
    let live = Live::example();
    for name in ["rt", "kind", "i32", "Columns"] {
        let names = format!("{SELECTION}[names.choices]\n\"account.industrycode\" = \"{name}\"\n");
        let place = project(&[("dev", &live)], &names);
        let told =
            format!("[names] chooses `{name}` for the choice account.industrycode, but something else");
        place.run("regenerate").failed(1, &[&told]);
    }
    let names = format!("{SELECTION}[names.tables]\nacount = \"Konto\"\n");
    project(&[("dev", &live)], &names)
        .run("regenerate")
        .failed(1, &["nothing of that name: did you mean the table account?"]);
}
