//! `dataverse-codegen generate`.

use std::path::PathBuf;

use clap::Args;
use dataverse_codegen::config::is_crate_name;
use dataverse_codegen::emit::{self, Mandatory, Options};
use dataverse_codegen::project::{ProjectError, write_crate};
use dataverse_codegen::schema::Patterns;
use dataverse_codegen::snapshot;

use super::Failure;
use super::report::Report;

/// Generate the crate of a snapshot.
///
/// Sources that are as they should be are left alone; sources of tables that are gone are removed. The manifest is written
/// only if there is none. The names given to tables, choices and options are kept in `names.lock` beside the snapshot:
/// check it in, so that a changed label renames nothing.
#[derive(Args)]
pub(super) struct Arguments {
    /// The folder of the snapshot.
    #[arg(long, value_name = "DIR")]
    snapshot: PathBuf,
    /// The folder of the crate.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The crate's name, if the manifest has yet to be written.
    #[arg(long, value_name = "NAME", default_value = "crm")]
    crate_name: String,
    /// Where the runtime is, if the manifest has yet to be written and it isn't to come from a registry.
    #[arg(long, value_name = "DIR")]
    runtime: Option<PathBuf>,
    /// Tables that get a ready-made row with all columns, as names and globs.
    #[arg(long, value_name = "GLOB,...", num_args = 1..)]
    rows: Vec<String>,
    /// The columns that a create has to set for the program to compile: `none`, those that the service requires
    /// (`system`), or also those that forms require (`application`).
    #[arg(long, value_name = "LEVEL", default_value = "application", value_parser = level)]
    mandatory: Mandatory,
    /// The language (LCID) whose labels come first and name options.
    #[arg(long, value_name = "LCID", default_value_t = 1033)]
    language: u32,
}

pub(super) fn run(arguments: Arguments, report: &Report) -> Result<(), Failure> {
    let mut options = Options {
        language: arguments.language,
        mandatory: arguments.mandatory,
        ..Options::default()
    };
    options.crate_name = crate_name(arguments.crate_name)?;
    options.rows = Patterns::new(&arguments.rows).map_err(Failure::new)?;
    if let Some(path) = arguments.runtime {
        options.runtime = format!("{{ path = {:?} }}", path.display().to_string());
    }
    let working = report.working("generating");
    let snapshot = snapshot::read(&arguments.snapshot).map_err(|error| failed(error.into()))?;
    if snapshot.schema.tables.is_empty() {
        let message = format!("the snapshot in {} has no table", arguments.snapshot.display());
        return Err(Failure::new(message)
            .help("its folder `tables` may not have been checked out: write the snapshot again"));
    }
    let tables = snapshot.schema.tables.keys().map(String::as_str).collect();
    let unmatched = options.rows.unmatched("table for --rows:", &tables);
    let generated = emit::emit(&snapshot, &options).map_err(|error| failed(error.into()))?;
    working.set_message("writing");
    let written = write_crate(generated, &arguments.snapshot, &arguments.out).map_err(failed)?;
    working.finish_and_clear();
    report.warnings(&unmatched, true);
    report.written(&arguments.out.display().to_string(), written);
    Ok(())
}

fn level(text: &str) -> Result<Mandatory, String> {
    match text {
        "none" => Ok(Mandatory::None),
        "system" => Ok(Mandatory::System),
        "application" => Ok(Mandatory::Application),
        _ => Err("expected `none`, `system` or `application`".to_owned()),
    }
}

fn crate_name(name: String) -> Result<String, Failure> {
    if is_crate_name(&name) {
        return Ok(name);
    }
    Err(Failure::new(format!("`{name}` can't be the name of a crate")).help(
        "a name begins with a letter, has letters, digits, - and _, and is no keyword and no crate that it needs",
    ))
}

fn failed(error: ProjectError) -> Failure {
    match &error {
        ProjectError::Snapshot(snapshot) => {
            let help = snapshot.help();
            Failure::new(error).help(help)
        }
        ProjectError::Output(dataverse_codegen::output::OutputError::NotOurs { .. }) => {
            Failure::new(error).help("choose an empty folder, or one that this program wrote before")
        }
        _ => Failure::new(error),
    }
}
