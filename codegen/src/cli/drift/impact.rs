//! `dataverse-codegen drift --impact`.

use std::path::Path;

use dataverse_codegen::config::{Config, FILE};
use dataverse_codegen::drift::Changes;
use dataverse_codegen::drift::report::{LONGEST_COMMENT, Report};
use dataverse_codegen::emit::Options;
use dataverse_codegen::impact::{ImpactError, Program, impact};

use super::{Arguments, Format, write};
use crate::cli::Failure;
use crate::cli::side::Side;

/// Writes what the changes do to a program, and says whether it breaks.
pub(super) fn run(
    arguments: &Arguments,
    path: &Path,
    old: &Side,
    new: &Side,
    changes: &Changes<'_>,
) -> Result<bool, Failure> {
    let options = if Path::new(FILE).is_file() {
        Config::read(Path::new(FILE)).map_err(Failure::new)?.options()
    } else {
        Options::default()
    };
    let features = match &arguments.features {
        Some(features) => vec![format!("--features={features}")],
        None if arguments.all_features => vec!["--all-features".to_owned()],
        None => Vec::new(),
    };
    let program = Program {
        features: &features,
        path,
        bindings: arguments.bindings.as_deref(),
        options: &options,
        names: &old.names,
    };
    let found = impact(&program, &old.schema, &new.schema, &changes.changes).map_err(failed)?;
    let text = match arguments.format {
        Format::Json => found.json(),
        Format::Text => found.text(&new.name),
        Format::Markdown => found.markdown(&old.name, &new.name, LONGEST_COMMENT),
        Format::Html => found.html(&Report {
            old: &old.name,
            new: &new.name,
            changes,
        }),
    };
    write(arguments, &text)?;
    Ok(found.is_breaking())
}

fn failed(error: ImpactError) -> Failure {
    let help = match &error {
        ImpactError::NoBindings { .. } => {
            "generate the crate that the program uses with this program, or name the program's folder"
        }
        ImpactError::SeveralBindings { .. } => "say which one with --bindings NAME",
        ImpactError::Cargo { .. } => "run `cargo check` there to see more",
        _ => return Failure::new(error),
    };
    Failure::new(error).help(help)
}
