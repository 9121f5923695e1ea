//! Running cargo.

use std::path::Path;
use std::process::{Command, Output};

use crate::Failure;

/// The cargo that runs this task.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs a command with its output shown, and fails if it fails.
pub(crate) fn shown(command: &mut Command) -> Result<(), Failure> {
    let status = command
        .status()
        .map_err(|error| format!("can't start {command:?}: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{command:?} failed with {status}").into())
    }
}

/// Runs cargo on a generated crate, with its own target folder, and gives what it said.
pub(crate) fn quiet(folder: &Path, target: &Path, arguments: &[&str]) -> Result<Output, Failure> {
    let mut command = cargo();
    command
        .current_dir(folder)
        .args(arguments)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_INCREMENTAL", "0");
    command
        .output()
        .map_err(|error| format!("can't start {command:?}: {error}").into())
}

/// The first errors of what cargo said.
pub(crate) fn first_errors(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let lines = text
        .lines()
        .filter(|line| line.starts_with("error") || line.starts_with("warning"));
    lines.take(3).collect::<Vec<_>>().join("; ")
}
