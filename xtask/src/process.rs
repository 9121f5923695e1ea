//! Running cargo and other programs, and writing files for them.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::{Failure, root};

/// The cargo that runs this task.
pub(crate) fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The target folder of the workspace.
pub(crate) fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => env::current_dir().unwrap_or_default().join(folder),
        None => root().join("target"),
    }
}

/// Whether a program can be started.
pub(crate) fn starts(program: impl AsRef<OsStr>, argument: &str) -> bool {
    Command::new(program)
        .arg(argument)
        .output()
        .is_ok_and(|output| output.status.success())
}

/// Runs a command with its output shown, and fails if it fails.
pub(crate) fn shown(command: &mut Command) -> Result<(), Failure> {
    let status = command
        .status()
        .map_err(|error| format!("can't start {}: {error}", words(command)))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("`{}` failed ({status})", words(command)).into())
    }
}

/// Runs a command without showing its output, and gives it.
pub(crate) fn quiet(command: &mut Command) -> Result<Output, Failure> {
    command
        .output()
        .map_err(|error| format!("can't start {}: {error}", words(command)).into())
}

/// Cargo on a crate outside of the workspace, as it is built from nothing.
pub(crate) fn cargo_in(folder: &Path, target: &Path) -> Command {
    let mut command = cargo();
    command
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TERM_COLOR", "never");
    command
}

/// Writes a file, with the folders above it. One that is as wanted is left alone, so that cargo builds nothing again.
pub(crate) fn write_changed(file: &Path, text: &str) -> Result<(), Failure> {
    if fs::read_to_string(file).ok().as_deref() != Some(text) {
        fs::create_dir_all(file.parent().unwrap_or(file))?;
        fs::write(file, text)?;
    }
    Ok(())
}

/// A command as one would type it.
fn words(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words = std::iter::once(program).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

/// The first errors and warnings of what cargo said with `--message-format short`.
pub(crate) fn first_errors(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let telling =
        |line: &&str| line.starts_with("error") || line.contains(": error") || line.contains(": warning: ");
    let lines: Vec<&str> = text.lines().filter(telling).take(3).collect();
    if lines.is_empty() {
        // Something else than the compiler: its last words.
        return text.lines().last().unwrap_or("no output").to_owned();
    }
    lines.join("; ")
}
