//! The demo's program: a package of its own that depends on the generated crate.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use serde::Deserialize;

use super::built;
use crate::process::{cargo_in, quiet, shown, target, write_changed};
use crate::{Failure, root};

/// The line of the example by which it knows its crate, which the demo's program knows by its dependency.
const EXTERN: &str = "extern crate dataverse_generated_example as crm;\n\n";

/// The program's package.
pub(super) struct Application {
    folder: PathBuf,
    verbose: bool,
}

impl Application {
    /// Writes the package beside the generated crate `crm`. Files that are as wanted are left alone, so that nothing is
    /// built twice.
    pub(super) fn write(beside: &Path, verbose: bool) -> Result<Self, Failure> {
        let folder = beside.join("app");
        let source = fs::read_to_string(root().join("generated-example/examples/harbour.rs"))?;
        let source = source.replacen(EXTERN, "", 1);
        write_changed(&folder.join("src/main.rs"), &source)?;
        write_changed(&folder.join("Cargo.toml"), MANIFEST)?;
        built::write(&beside.join(built::NAME))?;
        // The workspace's versions: what it has built serves here too.
        let lock = fs::read_to_string(root().join("Cargo.lock"))?;
        if !folder.join("Cargo.lock").exists() {
            write_changed(&folder.join("Cargo.lock"), &lock)?;
        }
        Ok(Self { folder, verbose })
    }

    /// Where the program's source is, from the workspace's folder.
    pub(super) fn source(&self) -> String {
        let file = self.folder.join("src/main.rs");
        file.strip_prefix(root()).unwrap_or(&file).display().to_string()
    }

    /// Builds the program, and gives the seconds.
    pub(super) fn build(&self) -> Result<f64, Failure> {
        let start = Instant::now();
        let mut cargo = cargo_in(&self.folder, &target());
        cargo.arg("build").env_remove("CARGO_INCREMENTAL");
        if self.verbose {
            shown(&mut cargo)?;
        } else {
            let output = quiet(&mut cargo)?;
            if !output.status.success() {
                return Err(format!(
                    "the program doesn't compile:\n{}",
                    String::from_utf8_lossy(&output.stderr)
                )
                .into());
            }
        }
        Ok(start.elapsed().as_secs_f64())
    }

    /// Runs the program against the environment at this address.
    pub(super) fn run(&self, url: &str) -> Result<(), Failure> {
        let program = format!("harbour{}", std::env::consts::EXE_SUFFIX);
        let program = target().join("debug").join(program);
        shown(Command::new(program).env("DATAVERSE_URL", url))
    }

    /// Builds the program, which is expected to fail, and gives what the compiler says.
    pub(super) fn errors(&self) -> Result<String, Failure> {
        let mut cargo = cargo_in(&self.folder, &target());
        cargo
            .args(["build", "--quiet", "--message-format", "json"])
            .env_remove("CARGO_INCREMENTAL");
        let output = quiet(&mut cargo)?;
        if output.status.success() {
            return Err("the program still compiles, although a column that it uses is gone".into());
        }
        let errors = rendered(&output.stdout);
        if errors.is_empty() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
        Ok(errors)
    }
}

/// The errors among the messages of cargo, as the compiler shows them.
fn rendered(messages: &[u8]) -> String {
    #[derive(Deserialize)]
    struct Line {
        message: Option<Message>,
    }
    #[derive(Deserialize)]
    struct Message {
        level: String,
        code: Option<serde::de::IgnoredAny>,
        rendered: Option<String>,
    }
    let lines = messages.split(|byte| *byte == b'\n');
    lines
        .filter_map(|line| serde_json::from_slice::<Line>(line).ok()?.message)
        .filter(|message| message.level == "error" && message.code.is_some())
        .filter_map(|message| message.rendered)
        .collect()
}

/// With the settings of the workspace's profiles and the features of its dependencies, so that these are built once.
const MANIFEST: &str = r#"[package]
name = "harbour"
version = "0.1.0"
edition = "2024"

[dependencies]
crm = { path = "../crm" }
tokio = { version = "1", features = ["macros", "rt"] }

# For the demo alone.
built = { path = "../built" }

[workspace]

[profile.dev]
debug = "line-tables-only"

[profile.dev.package."*"]
debug = false
"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_begins_as_the_demo_expects() {
        let source = fs::read_to_string(root().join("generated-example/examples/harbour.rs")).unwrap();
        assert_eq!(source.matches(EXTERN).count(), 1);
    }

    #[test]
    fn errors_are_told_as_the_compiler_shows_them() {
        let messages = br#"{"reason":"compiler-artifact"}
{"reason":"compiler-message","message":{"level":"warning","code":{"code":"x"},"rendered":"warning: a"}}
{"reason":"compiler-message","message":{"level":"error","code":{"code":"E0609"},"rendered":"error[E0609]: no field\n"}}
{"reason":"compiler-message","message":{"level":"error","code":null,"rendered":"error: aborting\n"}}"#;
        assert_eq!(rendered(messages), "error[E0609]: no field\n");
    }
}
