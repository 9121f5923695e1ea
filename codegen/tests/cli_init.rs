//! `dataverse-codegen init` and `doctor`, as newcomers meet them.

#![cfg(feature = "fetch")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use std::sync::Arc;

use dataverse_emulator::{Emulator, Environment};
use serde_json::{Value, json};
use support::cli::Place;
use support::live::Live;

#[test]
fn a_new_folder_becomes_a_project_that_regenerates() {
    let live = Live::example();
    let place = Place::new();
    let ran = place.run(&format!("init fleet --url {}", live.url())).ok();
    assert!(ran.err.contains("the runtime comes from /"), "{}", ran.err);
    assert!(ran.err.contains("dataverse-codegen regenerate"), "{}", ran.err);
    for file in [
        "dataverse.toml",
        "dataverse.schema.json",
        "Cargo.toml",
        "src/main.rs",
        ".gitignore",
    ] {
        assert!(place.path(&format!("fleet/{file}")).is_file(), "{file}");
    }
    place.run("regenerate --config fleet/dataverse.toml").ok();
    assert!(
        place
            .read("fleet/crm/src/account.rs")
            .contains("pub struct Account;")
    );
    let manifest = place.read("fleet/crm/Cargo.toml");
    let runtime = std::fs::canonicalize(concat!(env!("CARGO_MANIFEST_DIR"), "/../runtime")).unwrap();
    assert!(
        manifest.contains(&format!("path = {runtime:?}")),
        "the one beside the program's source: {manifest}"
    );
    assert!(
        place
            .read("fleet/src/main.rs")
            .contains("use crm::account::Account;")
    );
    assert!(place.read("fleet/Cargo.toml").contains("name = \"fleet\""));
    let program = place.read("fleet/src/main.rs");
    let connects = format!("Client::anonymous(\"{}\")?", live.url());
    assert!(program.contains(&connects), "{program}");
}

#[test]
fn the_program_connects_to_the_environment_that_was_given() {
    let place = Place::new();
    place.run("init fleet --url https://rsk.crm4.dynamics.com").ok();
    let program = place.read("fleet/src/main.rs");
    assert!(
        program.contains("unwrap_or_else(|_| \"https://rsk.crm4.dynamics.com\".to_owned())"),
        "{program}"
    );
    assert!(program.contains("Client::connect(&url)"), "{program}");
    assert!(!program.contains("127.0.0.1"), "{program}");
    let file = place.read("fleet/dataverse.toml");
    assert!(file.contains("\ncredential = { kind = \"automatic\" }"), "{file}");

    let emulators = [
        "http://localhost:9000",
        "http://[::1]:9000",
        "https://127.0.0.1:9000",
    ];
    for (at, url) in emulators.iter().enumerate() {
        place.run(&format!("init emulated{at} --url {url}")).ok();
        let file = place.read(&format!("emulated{at}/dataverse.toml"));
        assert!(
            !file.contains("\ncredential = "),
            "an emulator needs none: {file}"
        );
    }
}

#[test]
fn nothing_is_overwritten() {
    let place = Place::new();
    place.write("src/lib.rs", "mine");
    let ran = place.run("init").ok();
    assert!(ran.err.contains("cargo add --path crm "), "{}", ran.err);
    assert!(place.path("dataverse.toml").exists());
    assert!(!place.path("Cargo.toml").exists(), "the project is there already");
    let before = place.read("dataverse.toml");
    place
        .run("init")
        .failed(1, &["dataverse.toml is there already", "nothing is overwritten"]);
    assert_eq!(place.read("dataverse.toml"), before);
    assert_eq!(place.read("src/lib.rs"), "mine");
}

#[test]
fn what_is_wrong_on_the_command_line_is_told_before_anything_is_written() {
    let place = Place::new();
    place
        .run("init new --url contoso.crm4.dynamics.com")
        .failed(1, &["is no address of an environment"]);
    place
        .run("init new --crate-name 1st")
        .failed(1, &["can't be the name of a crate"]);
    place.write("empty/readme", "");
    place
        .run("init new --runtime empty")
        .failed(1, &["empty is no crate", "help: it is the folder `runtime`"]);
    assert!(!place.path("new").exists());
}

#[test]
fn the_doctor_says_what_is_fine_and_what_to_do() {
    let live = Live::example();
    let place = Place::new();
    place.write(
        "dataverse.toml",
        format!(
            "[environments.dev]\nurl = \"{}\"\n[selection]\ntables = [\"account\", \"rsk_*\"]\n",
            live.url()
        ),
    );
    let ran = place.run("doctor").ok();
    for told in [
        "ok    sign-in",
        "version                 9.2.24053.166",
        "latency",
        "definitions",
        "metadata changes",
    ] {
        assert!(ran.out.contains(told), "no {told:?} in\n{}", ran.out);
    }
    assert!(ran.out.contains("\"Track changes\""), "{}", ran.out);
}

/// The user that the environment takes everybody for.
const USER: &str = "systemusers(00000000-0000-0000-0000-0000000000aa)";

const PRIVILEGES: [&str; 4] = [
    "prvReadEntity",
    "prvReadAttribute",
    "prvReadRelationship",
    "prvReadOptionSet",
];

/// What the doctor says of the privileges, where the user has these; with their names or with ids alone.
fn privileges(held: &[&str], named: bool) -> String {
    let live = Live::example();
    let id = |name: &&str| {
        let at = PRIVILEGES.iter().position(|known| known == name);
        format!("00000000-0000-0000-0000-{:012}", at.unwrap_or(99))
    };
    let privilege = |name: &&str| {
        let mut told = json!({
            "Depth": "Global",
            "PrivilegeId": id(name).to_uppercase(),
            "BusinessUnitId": "00000000-0000-0000-0000-0000000000bb",
        });
        if named {
            told["PrivilegeName"] = json!(name);
        }
        told
    };
    live.answer(
        &format!("{USER}/Microsoft.Dynamics.CRM.RetrieveUserPrivileges()"),
        &json!({ "RolePrivileges": held.iter().map(privilege).collect::<Value>() }),
    );
    let rows = PRIVILEGES
        .iter()
        .map(|name| json!({ "name": name, "privilegeid": id(name) }));
    live.answer("privileges", &json!({ "value": rows.collect::<Value>() }));
    live.answer(
        USER,
        &json!({ "fullname": "Sync", "applicationid": "00000000-0000-0000-0000-0000000000cc" }),
    );
    live.answer(
        &format!("{USER}/systemuserroles_association"),
        &json!({ "value": [{ "name": "Reader of ships" }] }),
    );
    let place = Place::new();
    place.write(
        "dataverse.toml",
        format!("[environments.dev]\nurl = \"{}\"\n", live.url()),
    );
    let told = place.run("doctor").ok().out;
    assert!(
        told.contains("ok    user                    Sync, the application user of 00000000"),
        "{told}"
    );
    assert!(
        told.contains("ok    roles                   Reader of ships"),
        "{told}"
    );
    let lines = told
        .lines()
        .skip_while(|line| !line.contains("privileges for metadata"))
        .take(2);
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_doctor_names_the_privileges_that_are_missing() {
    for named in [true, false] {
        let all = [&["prvReadAccount"], &PRIVILEGES[..]].concat();
        let told = privileges(&all, named);
        assert!(
            told.starts_with("  ok    privileges for metadata all there"),
            "{told}"
        );
        let told = privileges(&["prvReadAccount", "prvReadEntity", "prvReadRelationship"], named);
        assert!(
            told.starts_with("  hint  privileges for metadata prvReadAttribute, prvReadOptionSet missing\n"),
            "{told}"
        );
        assert!(told.contains("-> give the user the role Basic User"), "{told}");
    }
    let told = privileges(&[], true);
    assert!(
        told.contains(&format!("{} missing", PRIVILEGES.join(", "))),
        "{told}"
    );
}

#[test]
fn the_doctor_finds_all_privileges_in_the_emulator() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated-example/snapshot");
    let schema = dataverse_codegen::snapshot::read(&folder).unwrap().schema;
    let environment = Arc::new(Environment::new(schema).unwrap());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let running = runtime.block_on(Emulator::builder(environment).start()).unwrap();
    let place = Place::new();
    place.write(
        "dataverse.toml",
        format!("[environments.dev]\nurl = \"{}\"\n", running.url()),
    );
    let told = place.run("doctor").ok().out;
    assert!(told.contains("ok    privileges for metadata all there"), "{told}");
}

#[test]
fn the_doctor_fails_where_nothing_works() {
    let place = Place::new();
    place.write(
        "dataverse.toml",
        "[environments.dev]\nurl = { env = \"SURELY_NOT_SET_ANYWHERE\" }\n",
    );
    let ran = place.run("doctor");
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.out.contains("WRONG address"), "{}", ran.out);
    assert!(
        ran.out.contains("`SURELY_NOT_SET_ANYWHERE` is not set"),
        "{}",
        ran.out
    );
    place
        .run("doctor --env prod")
        .failed(1, &["there is no environment `prod`: there is `dev`"]);
}
