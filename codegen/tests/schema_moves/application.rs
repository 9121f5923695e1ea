//! The application: its files, what is run on it, and what the compiler says of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::SystemTime;

use serde_json::Value;

use crate::support::cli::Place;
use crate::support::live::Live;

/// A file of the application, and a line in it.
pub type Line = (String, usize);

const HERE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/schema_moves/app");
const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

const FILES: [&str; 7] = [
    "src/main.rs",
    "src/fleet.rs",
    "src/kinds.rs",
    "src/operators.rs",
    "src/ports.rs",
    "src/readings.rs",
    "examples/report.rs",
];

const MANIFEST: &str = r#"[package]
name = "harbour-office"
version = "0.1.0"
edition = "2024"

[dependencies]
crm = { path = "crm" }

[workspace]
"#;

/// What a run said and how it ended.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    /// Shown where a test fails.
    #[allow(dead_code, reason = "`Debug` reads it")]
    pub err: String,
}

impl Ran {
    fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self {
            code: output.status.code(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    pub fn succeeded(self) -> Self {
        assert_eq!(self.code, Some(0), "{self:?}");
        self
    }
}

/// An error of the compiler.
#[derive(Debug, PartialEq, Eq)]
pub struct Error {
    pub line: Line,
    pub rendered: String,
}

/// A folder with `dataverse.toml` and, in `app`, the application with its bindings.
pub struct Application {
    place: Place,
    dev: String,
    prod: String,
}

impl Application {
    pub fn write(dev: &Live, prod: &Live) -> Self {
        let place = Place::new();
        for file in FILES {
            place.write(
                &format!("app/{file}"),
                fs::read(Path::new(HERE).join(file)).unwrap(),
            );
        }
        place.write("app/Cargo.toml", MANIFEST);
        // The workspace's versions, which are there already.
        place.write(
            "app/Cargo.lock",
            fs::read(Path::new(WORKSPACE).join("Cargo.lock")).unwrap(),
        );
        Self {
            place,
            dev: dev.url().to_owned(),
            prod: prod.url().to_owned(),
        }
    }

    /// Names both environments, of which the crate is made from `base`. The HTTP client is left out, which takes long to
    /// compile.
    pub fn configure(&self, base: &str) {
        let Self { dev, prod, .. } = self;
        let runtime = Path::new(WORKSPACE).join("runtime");
        self.place.write(
            "dataverse.toml",
            format!(
                "base = \"{base}\"\n\
                 [environments.dev]\nurl = \"{dev}\"\n\
                 [environments.prod]\nurl = \"{prod}\"\n\
                 [selection]\ntables = [\"account\", \"contact\", \"team\", \"rsk_*\"]\n\
                 [output]\ncrate = \"app/crm\"\nfeatures = []\nruntime = {{ path = {runtime:?} }}\n"
            ),
        );
    }

    /// Runs the program that is tested.
    pub fn run(&self, arguments: &str) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dataverse-codegen"));
        command
            .args(arguments.split_whitespace())
            .current_dir(self.place.path("."));
        Ran::of(offline(&mut command).output().unwrap())
    }

    /// What the compiler has against the application as it is.
    pub fn errors(&self) -> Vec<Error> {
        let mut command = Command::new(env!("CARGO"));
        command
            .args(["check", "--all-targets", "--keep-going", "--message-format=json"])
            .current_dir(self.place.path("app"));
        let ran = Ran::of(offline(&mut command).output().unwrap());
        let mut errors: Vec<Error> = Vec::new();
        for line in ran.out.lines() {
            let message = &serde_json::from_str::<Value>(line).unwrap()["message"];
            let spans = message["spans"].as_array();
            let primary = spans.and_then(|all| all.iter().find(|of| of["is_primary"] == true));
            if let Some(span) = primary.filter(|_| message["level"] == "error") {
                let error = Error {
                    line: place_of(span),
                    rendered: message["rendered"].as_str().unwrap().to_owned(),
                };
                // Tests are the program compiled once more.
                if !errors.contains(&error) {
                    errors.push(error);
                }
            }
        }
        assert_eq!(ran.code == Some(0), errors.is_empty(), "{ran:?}");
        errors
    }

    /// The lines that say of themselves that they break, with what has changed.
    pub fn breaking(&self) -> BTreeMap<Line, BTreeSet<String>> {
        let mut breaking = BTreeMap::new();
        for file in FILES {
            let text = self.place.read(&format!("app/{file}"));
            for (at, line) in text.lines().enumerate() {
                if let Some((_, places)) = line.split_once("// BREAKS ") {
                    let places = places.split(' ').map(str::to_owned).collect();
                    breaking.insert((file.to_owned(), at + 1), places);
                }
            }
        }
        breaking
    }

    pub fn read(&self, file: &str) -> String {
        self.place.read(file)
    }

    /// All that the folder `app` holds.
    pub fn sources(&self) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
        self.place.files("app")
    }
}

/// What is compiled is kept for the next time, and nothing is looked for on a network.
fn offline(command: &mut Command) -> &mut Command {
    command
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("impact"),
        )
        .env("CARGO_NET_OFFLINE", "true")
        .env("CARGO_TERM_COLOR", "never")
}

/// Where something is; what a macro wrote stands where it was called.
fn place_of(span: &Value) -> Line {
    match &span["expansion"]["span"] {
        Value::Null => (
            span["file_name"].as_str().unwrap().to_owned(),
            usize::try_from(span["line_start"].as_u64().unwrap()).unwrap(),
        ),
        outer => place_of(outer),
    }
}
