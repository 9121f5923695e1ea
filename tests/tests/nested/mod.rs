//! Generated crates in a workspace of their own, below the folder for tests' files, and a real cargo to look at them.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use dataverse_codegen::emit::{Crate, Options, emit};
use dataverse_codegen::schema::{Patterns, Schema};
use dataverse_codegen::snapshot;

/// Emits a schema as a crate that depends on this workspace's runtime.
pub fn generate(schema: &Schema, name: &str, rows: &str) -> Crate {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
    let options = Options {
        crate_name: name.to_owned(),
        rows: Patterns::new([rows]).expect("a glob"),
        runtime: format!("{{ path = {:?} }}", runtime.display().to_string()),
        ..Options::default()
    };
    let snapshot = snapshot::of(schema.clone()).expect("every schema has a text");
    emit(&snapshot, &options).expect("every schema has a crate")
}

/// A workspace of generated crates. It is compiled where this workspace is, so that dependencies are built once.
pub struct Workspace {
    folder: PathBuf,
}

impl Workspace {
    /// An empty workspace.
    pub fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            if entry.path().join("Cargo.toml").exists() {
                fs::remove_dir_all(entry.path()).expect("the crate of the last run goes");
            }
        }
        fs::create_dir_all(&folder).expect("a folder");
        let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"members-*\"]\n";
        fs::write(folder.join("Cargo.toml"), manifest).expect("written");
        // The versions that the workspace has: nothing needs to be asked for.
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        fs::copy(lock, folder.join("Cargo.lock")).expect("the lock is there");
        Self { folder }
    }

    /// Adds a generated crate.
    pub fn add(&self, name: &str, generated: &Crate) {
        self.write(name, &generated.manifest, &generated.files);
    }

    /// Adds a crate.
    pub fn write(&self, name: &str, manifest: &str, files: &BTreeMap<String, String>) {
        let folder = self.folder.join(format!("members-{name}"));
        for (path, text) in files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, text).expect("written");
        }
        fs::write(folder.join("Cargo.toml"), manifest).expect("written");
    }

    /// Runs cargo on the whole workspace. It never reaches for the network.
    pub fn cargo(&self, arguments: &[&str]) -> Output {
        let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
        Command::new(cargo)
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_NET_OFFLINE", "true")
            .env("CARGO_TERM_COLOR", "never")
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .env(
                "CARGO_BUILD_BUILD_DIR",
                concat!(env!("CARGO_TARGET_TMPDIR"), "/.."),
            )
            // As the workspace builds its dependencies.
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .output()
            .expect("cargo runs")
    }

    /// Runs cargo and shows what it said if it failed. Gives what it printed.
    pub fn expect(&self, arguments: &[&str]) -> String {
        let output = self.cargo(arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "cargo {}:\n{said}", arguments.join(" "));
        String::from_utf8(output.stdout).expect("cargo writes text")
    }
}
