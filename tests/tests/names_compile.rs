//! Crates of environments with the worst of names and labels compile, without a warning, even under clippy.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod names;
mod nested;
#[path = "../../codegen/tests/support"]
mod support {
    #![allow(dead_code, reason = "each test file uses a part of it")]
    pub mod arbitrary;
    pub mod hostile;
}

use std::collections::BTreeMap;

use names::schema;
use nested::{Workspace, generate};

/// A program that uses the hostile crate as people would.
const PROGRAM: &str = r#"
//! Uses names that mean something else in Rust.
#![allow(unused)]
use names::{entity::Entity, option::OptionTable, prelude::*, r#type::Type, self_::Self_, string::StringTable};

#[derive(Debug, Row)]
#[row(table = Type)]
pub struct Some_ {
    pub typeid: Id<Type>,
    pub r#type: Option<String>,
    pub self_: Option<String>,
    pub name: Option<String>,
}

#[derive(Debug, Row)]
#[row(table = OptionTable)]
pub struct Other {
    pub optionid: Id<OptionTable>,
    pub r#async: Option<String>,
}
"#;

#[test]
fn hostile_names_compile_without_a_warning() {
    let workspace = Workspace::new("names");
    workspace.add("names", &generate(&schema::schema(), "names", "*"));
    let manifest = "[package]\nname = \"program\"\nedition = \"2024\"\n\n[dependencies]\nnames = { path = \"../members-names\" }\n";
    let files = BTreeMap::from([("src/lib.rs".to_owned(), PROGRAM.to_owned())]);
    workspace.write("program", manifest, &files);
    for seed in 0..8 {
        let name = format!("random-{seed}");
        let schema = support::arbitrary::schema(4, seed);
        workspace.add(&name, &generate(&schema, &name, "*"));
    }
    workspace.expect(&["check", "--workspace", "--quiet"]);
    workspace.expect(&["clippy", "--workspace", "--quiet", "--", "-D", "warnings"]);
    workspace.expect(&["rustdoc", "--package", "names", "--quiet", "--", "-D", "warnings"]);
}
