//! `dataverse-codegen drift --impact`: the lines that break, no more and no less.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use dataverse_codegen::project::write_snapshot;
use dataverse_codegen::schema::{ChoiceOption, ChoiceUse, ColumnKind, Patterns, Schema, Selection};
use dataverse_codegen::snapshot;
use support::cli::Place;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// Each line that breaks says so at its end.
const MAIN: &str = r#"
mod sync;

use crm::{account::Account, prelude::*};

#[derive(Row)]
#[row(table = Account)]
pub struct Company {
    pub accountid: Id<Account>,
    pub name: Option<String>,
    pub fax: Option<String>, // BREAKS account.fax
    pub numberofemployees: Option<i32>, // BREAKS account.numberofemployees
}

fn main() {
    let _ = update_body(Account, |a| a.fax.clear()); // BREAKS account.fax
    let _ = update_body(Account, |a| a.name.set("Contoso"));
    sync::all();
}
"#;

const SYNC: &str = r#"
use crm::{account::{Account, IndustryCode}, contact::Contact, prelude::*};

pub fn all() {
    let person: Id<Contact> = Id::new(Uuid::nil());
    let company: Id<Account> = Id::new(Uuid::nil());
    let _ = update_body(Contact, |c| c.parentcustomerid.bind(person)); // BREAKS contact.parentcustomerid
    let _ = update_body(Contact, |c| c.parentcustomerid.bind(company));
    let _ = filter(Account, |a| a.numberofemployees.gt(5)); // BREAKS account.numberofemployees
    let _ = filter(Account, |a| a.industrycode.eq(IndustryCode::Accounting));
    let _ = filter(Contact, |c| c.jobtitle.eq("Captain"));
}
"#;

fn example() -> Schema {
    let folder = Path::new(ROOT).join("generated-example/snapshot");
    let schema = snapshot::read(&folder).unwrap().schema;
    schema.select(&Selection {
        tables: Patterns::new(["account", "contact"]).unwrap(),
        operations: Some(Patterns::default()),
        ..Selection::default()
    })
}

/// What "prod" is: a column is gone, another retyped, an option more, a target of a lookup less, a text shorter.
fn prod() -> Schema {
    let mut schema = example();
    let account = schema.tables.get_mut("account").unwrap();
    account
        .columns
        .retain(|column| column.name != "fax" && column.name != "aging30");
    for column in &mut account.columns {
        match (column.name.as_str(), &mut column.kind) {
            ("numberofemployees", kind) => {
                *kind = ColumnKind::Text {
                    max_length: Some(10),
                    format: None,
                };
            }
            (
                "industrycode",
                ColumnKind::Choice {
                    choice: ChoiceUse::Local(set),
                    ..
                },
            ) => {
                set.options.push(ChoiceOption {
                    value: 9_999,
                    ..ChoiceOption::default()
                });
            }
            ("name", ColumnKind::Text { max_length, .. }) => *max_length = Some(80),
            _ => {}
        }
    }
    let contact = schema.tables.get_mut("contact").unwrap();
    let parent = contact
        .columns
        .iter_mut()
        .find(|column| column.name == "parentcustomerid");
    let ColumnKind::Lookup(lookup) = &mut parent.unwrap().kind else {
        panic!("a lookup");
    };
    lookup.targets.retain(|target| target.table == "account");
    schema
}

fn breaking() -> BTreeSet<(String, usize)> {
    [("src/main.rs", MAIN), ("src/sync.rs", SYNC)]
        .into_iter()
        .flat_map(|(file, text)| {
            let lines = text.lines().enumerate();
            let marked = lines.filter(|(_, line)| line.contains("// BREAKS"));
            marked.map(move |(at, _)| (file.to_owned(), at + 1))
        })
        .collect()
}

/// Makes the application's bindings of a snapshot. Without the client there is less to compile.
fn generate(place: &Place, snapshot: &str) {
    let arguments = format!("generate --snapshot {snapshot} --out app/crm --runtime \"{ROOT}/runtime\"");
    place.run(&arguments).ok();
    let manifest = place.read("app/crm/Cargo.toml");
    let without = manifest.replace("default = [\"client\"]", "default = []");
    // The manifest stays from the first time on.
    assert!(without.contains("default = []"), "{without}");
    place.write("app/crm/Cargo.toml", without);
}

/// Looks at the program in `app`. Gives the exit code and the report.
fn look(place: &Place, more: &[&str]) -> (Option<i32>, serde_json::Value) {
    let output = Command::new(env!("CARGO_BIN_EXE_dataverse-codegen"))
        .args(["drift", "schema", "prod", "--impact", "app", "--format", "json"])
        .args(more)
        // What is compiled is kept for the next time.
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("impact"),
        )
        .env("CARGO_NET_OFFLINE", "true")
        .current_dir(place.path("."))
        .output()
        .unwrap();
    let told = serde_json::from_slice(&output.stdout);
    let told = told.unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    (output.status.code(), told)
}

/// The files and lines that break.
fn lines(told: &serde_json::Value) -> BTreeSet<(String, usize)> {
    let all = told["breaks"].as_array().unwrap().iter();
    let place = |of: &serde_json::Value| {
        let line = usize::try_from(of["line"].as_u64().unwrap()).unwrap();
        (of["file"].as_str().unwrap().to_owned(), line)
    };
    all.map(place).collect()
}

fn project() -> Place {
    let place = Place::new();
    write_snapshot(&example(), &place.path("schema")).unwrap();
    write_snapshot(&prod(), &place.path("prod")).unwrap();
    generate(&place, "schema");
    place.write(
        "app/Cargo.toml",
        "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[workspace]\n[dependencies]\ncrm = { path = \"crm\" }\n",
    );
    place.write("app/src/main.rs", MAIN);
    place.write("app/src/sync.rs", SYNC);
    std::fs::copy(Path::new(ROOT).join("Cargo.lock"), place.path("Cargo.lock")).unwrap();
    place
}

#[test]
fn the_lines_that_break_are_named_with_their_causes_and_no_others() {
    let place = project();
    let before = place.files("app");
    let (code, told) = look(&place, &[]);
    assert_eq!(code, Some(2), "{told:#}");
    assert!(place.files("app") == before, "no file of the program is touched");

    let list = |key: &str| told[key].as_array().unwrap().clone();
    assert_eq!(lines(&told), breaking(), "{told:#}");
    assert_eq!(list("broken_before").len(), 0);
    let sources = [("src/main.rs", MAIN), ("src/sync.rs", SYNC)];
    for of in list("breaks") {
        let (_, text) = sources.iter().find(|(file, _)| of["file"] == *file).unwrap();
        let at = usize::try_from(of["line"].as_u64().unwrap()).unwrap();
        let line = text.lines().nth(at - 1).unwrap();
        let wanted = line.split("// BREAKS ").nth(1).unwrap();
        let causes = of["causes"].as_array().unwrap();
        assert!(
            !causes.is_empty()
                && causes
                    .iter()
                    .all(|cause| cause["place"].as_str().unwrap().starts_with(wanted)),
            "{line}\n{of:#}"
        );
    }
    let places = |key: &str| -> Vec<String> {
        let of = list(key);
        of.iter()
            .map(|of| of["place"].as_str().unwrap().to_owned())
            .collect()
    };
    assert!(
        places("unchecked").contains(&"account.name".to_owned()),
        "{told:#}"
    );
    let untouched = places("untouched");
    assert!(untouched.contains(&"account.aging30".to_owned()), "{untouched:?}");
    assert!(
        untouched
            .iter()
            .any(|place| place.starts_with("account.industrycode")),
        "{untouched:?}"
    );
}

#[test]
fn a_workspace_is_looked_at_as_a_whole_with_the_features_that_are_asked_for() {
    const USE: &str = "use dv::{account::Account, prelude::*};\npub fn go() { let _ = update_body(Account, |a| a.fax.clear()); }\n";
    let place = project();
    place.write(
        "app/Cargo.toml",
        "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[features]\nsync = []\n\
         [workspace]\nmembers = [\"worker\"]\n[dependencies]\ncrm = { path = \"crm\" }\n",
    );
    place.write(
        "app/src/main.rs",
        "#[cfg(feature = \"sync\")]\nmod sync;\n\nfn main() {}\n",
    );
    place.write(
        "app/worker/Cargo.toml",
        "[package]\nname = \"worker\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
         [dependencies]\ndv = { package = \"crm\", path = \"../crm\" }\n",
    );
    place.write("app/worker/src/lib.rs", "");
    place.write("app/worker/tests/fleet.rs", USE);

    let worker = BTreeSet::from([("worker/tests/fleet.rs".to_owned(), 2)]);
    assert_eq!(lines(&look(&place, &[]).1), worker);
    let sync = breaking().into_iter().filter(|(file, _)| file == "src/sync.rs");
    let all = worker.into_iter().chain(sync).collect();
    assert_eq!(lines(&look(&place, &["--all-features"]).1), all);
    assert_eq!(lines(&look(&place, &["--features", "sync"]).1), all);
}

#[test]
fn a_folder_without_bindings_is_told_apart_from_one_without_a_program() {
    let place = Place::new();
    write_snapshot(&example(), &place.path("schema")).unwrap();
    place.write(
        "app/Cargo.toml",
        "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[workspace]\n",
    );
    place.write("app/src/main.rs", "fn main() {}\n");
    place.write("none/readme", "");
    place
        .run("drift schema schema --impact app")
        .failed(1, &["depends on a crate that this program generated"]);
    place
        .run("drift schema schema --impact none")
        .failed(1, &["cargo can't compile", "could not find `Cargo.toml`"]);
}

#[test]
fn bindings_of_the_other_schema_fail_the_build_by_name() {
    let place = project();
    generate(&place, "prod");
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--message-format", "short"])
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("impact"),
        )
        .env("CARGO_NET_OFFLINE", "true")
        .env("CARGO_TERM_COLOR", "never")
        .current_dir(place.path("app"))
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "{told}");
    assert!(told.contains("no field `fax` on type"), "{told}");
    let lines: BTreeSet<(String, usize)> = told
        .lines()
        .filter(|line| line.contains(": error"))
        .filter_map(|line| {
            let mut parts = line.split(':');
            Some((parts.next()?.to_owned(), parts.next()?.parse().ok()?))
        })
        .collect();
    assert_eq!(lines, breaking(), "{told}");
}
