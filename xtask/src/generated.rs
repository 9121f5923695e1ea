//! Generated crates outside of the workspace: writing them, and running cargo on them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use dataverse_codegen::emit::Options;
use dataverse_codegen::project;
use dataverse_codegen::schema::{Patterns, Schema};
use dataverse_codegen::snapshot;

use crate::process::{cargo_in, first_errors, quiet};
use crate::{Failure, root};

/// What a crate is generated with here: the workspace's runtime, and the ready-made rows of some tables.
pub(crate) fn options(crate_name: &str, rows: &[&str]) -> Result<Options, Failure> {
    let runtime = root().join("runtime").display().to_string();
    Ok(Options {
        crate_name: crate_name.to_owned(),
        rows: Patterns::new(rows)?,
        runtime: format!("{{ path = {runtime:?} }}"),
        ..Options::default()
    })
}

/// Writes the snapshot and the crate of a schema below a folder, and makes sure that the snapshot reads back as the schema
/// and that generating again, with the names given now, changes nothing. Gives the crate's folder.
pub(crate) fn write(schema: &Schema, work: &Path, options: &Options) -> Result<PathBuf, Failure> {
    if work.exists() {
        fs::remove_dir_all(work)?;
    }
    let (folder, generated) = (work.join("snapshot"), work.join("crate"));
    project::write_snapshot(schema, &folder)?;
    if snapshot::read(&folder)?.schema != *schema {
        return Err("the snapshot doesn't read back as the schema".into());
    }
    project::write_crate(project::generate(&folder, options)?, &folder, &generated)?;
    let again = project::write_crate(project::generate(&folder, options)?, &folder, &generated)?;
    if again.written + again.removed > 0 {
        return Err(format!("generating again changed {} files", again.written + again.removed).into());
    }
    stand_alone(&generated)?;
    Ok(generated)
}

/// An empty crate that depends on the runtime: checking it builds what all generated crates share.
pub(crate) fn empty(folder: &Path) -> Result<(), Failure> {
    let options = options("empty", &[])?;
    dependent(
        folder,
        "empty",
        &format!("dataverse-runtime = {}", options.runtime),
    )?;
    fs::write(folder.join("src/lib.rs"), "")?;
    Ok(())
}

/// Writes the manifest of a crate with this dependency, whose sources the caller writes.
pub(crate) fn dependent(folder: &Path, name: &str, dependency: &str) -> Result<(), Failure> {
    fs::create_dir_all(folder.join("src"))?;
    let package = format!("[package]\nname = {name:?}\nversion = \"0.1.0\"\nedition = \"2024\"\n");
    let manifest = format!("{package}\n[dependencies]\n{dependency}\n");
    fs::write(folder.join("Cargo.toml"), manifest)?;
    stand_alone(folder)
}

/// Makes a crate a workspace of its own, so that cargo doesn't look for it in the one around it, with the same versions.
fn stand_alone(folder: &Path) -> Result<(), Failure> {
    let manifest = folder.join("Cargo.toml");
    let text = fs::read_to_string(&manifest)?;
    fs::write(&manifest, format!("{text}\n[workspace]\n"))?;
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    Ok(())
}

/// Runs a command of cargo on a crate and gives its seconds.
pub(crate) fn compile(folder: &Path, target: &Path, command: &str) -> Result<f64, Failure> {
    run(cargo_in(folder, target), command)
}

/// The same as a person or an editor does after a change: what didn't change isn't compiled again.
pub(crate) fn compile_again(folder: &Path, target: &Path, command: &str) -> Result<f64, Failure> {
    let mut cargo = cargo_in(folder, target);
    cargo.env("CARGO_INCREMENTAL", "1");
    run(cargo, command)
}

fn run(mut cargo: Command, command: &str) -> Result<f64, Failure> {
    let (before, after) = command.split_once(" -- ").unwrap_or((command, ""));
    cargo
        .args(before.split(' '))
        .args(["--message-format", "short"])
        .args((!after.is_empty()).then_some("--"))
        .args(after.split(' ').filter(|word| !word.is_empty()));
    let start = Instant::now();
    let output = quiet(&mut cargo)?;
    if output.status.success() {
        return Ok(start.elapsed().as_secs_f64());
    }
    Err(format!("cargo {command}: {}", first_errors(&output)).into())
}
