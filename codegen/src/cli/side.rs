//! What a comparison is given for each of its sides, and how it becomes a schema.

use std::path::Path;

#[cfg(feature = "fetch")]
use dataverse_codegen::config::{Config, FILE};
use dataverse_codegen::names::Lock;
use dataverse_codegen::schema::Schema;
use dataverse_codegen::snapshot;

use super::Failure;
use super::report::Report;

/// One side of a comparison.
pub(super) struct Side {
    /// What people call it.
    pub(super) name: String,
    /// Its schema.
    pub(super) schema: Schema,
    /// The names that generated code has: of a snapshot its own, of an environment those of the base's snapshot.
    pub(super) names: Lock,
}

impl Side {
    /// Reads what an argument names: an environment of `dataverse.toml`, or else the folder of a snapshot. A path with a
    /// separator is always a folder.
    pub(super) fn read(argument: &str, report: &Report) -> Result<Self, Failure> {
        #[cfg(feature = "fetch")]
        if let Some(config) = naming(argument)? {
            return live(&config, argument, report);
        }
        let _ = report;
        let folder = Path::new(argument);
        if !folder.exists() {
            if argument.contains(['/', '\\']) {
                return Err(Failure::new(format!("there is no snapshot at {argument}"))
                    .help("`regenerate` writes those of dataverse.toml, `snapshot` one of documents"));
            }
            let message = format!("{argument} is not a snapshot, nor an environment of dataverse.toml");
            return Err(Failure::new(message).help(choices()));
        }
        let snapshot = snapshot::read(folder).map_err(|error| {
            let help = error.help();
            Failure::new(error).help(help)
        })?;
        Ok(Self {
            name: argument.to_owned(),
            schema: snapshot.schema,
            names: snapshot.names,
        })
    }
}

/// What may be named.
fn choices() -> String {
    #[cfg(feature = "fetch")]
    if Path::new(FILE).is_file()
        && let Ok(config) = Config::read(Path::new(FILE))
    {
        let names: Vec<&str> = config.environments.keys().map(String::as_str).collect();
        return format!(
            "{FILE} has {}: name one of its environments, or the folder of a snapshot",
            names.join(", ")
        );
    }
    "name an environment of dataverse.toml, or the folder of a snapshot".to_owned()
}

/// The sides of a comparison whose arguments may be left out: the old one is then the base environment's snapshot, the new
/// one the base environment itself.
#[cfg(feature = "fetch")]
pub(super) fn sides(old: Option<&str>, new: Option<&str>) -> Result<(String, String), Failure> {
    let (one, other) = match (old, new) {
        (Some(old), Some(new)) => return Ok((old.to_owned(), new.to_owned())),
        (one, other) => (one, other),
    };
    let config = super::regenerate::read_config(Path::new(FILE))?;
    let base = config.environment(&config.base).map_err(Failure::new)?;
    let new = one.or(other).unwrap_or(&config.base).to_owned();
    // `./` so that a folder is never taken for an environment.
    let old = Path::new(".").join(&base.snapshot).display().to_string();
    Ok((old, new))
}

/// `dataverse.toml`, if it has an environment of this name.
#[cfg(feature = "fetch")]
fn naming(argument: &str) -> Result<Option<Config>, Failure> {
    let is_path = argument.contains(['/', '\\', '.']);
    if is_path || !Path::new(FILE).is_file() {
        return Ok(None);
    }
    let config = super::regenerate::read_config(Path::new(FILE))?;
    let known = config.environments.contains_key(argument);
    Ok(known.then_some(config))
}

/// An environment as it is now.
#[cfg(feature = "fetch")]
fn live(config: &Config, name: &str, report: &Report) -> Result<Side, Failure> {
    use super::regenerate::{Shown, failed};
    use dataverse_codegen::regenerate::{Task, schema};
    let shown = Shown::new(report);
    let found = schema(config, name, &Task::default(), &shown).map_err(failed)?;
    shown.finish();
    report.warnings(&found.warnings, false);
    let base = config.environment(&config.base).map_err(Failure::new)?;
    Ok(Side {
        name: name.to_owned(),
        schema: found.schema,
        names: snapshot::names(&base.snapshot).map_err(Failure::new)?,
    })
}

/// Without environments both sides have to be named.
#[cfg(not(feature = "fetch"))]
pub(super) fn sides(old: Option<&str>, new: Option<&str>) -> Result<(String, String), Failure> {
    match (old, new) {
        (Some(old), Some(new)) => Ok((old.to_owned(), new.to_owned())),
        _ => Err(Failure::new(
            "name both snapshots: this program was built without the feature `fetch`",
        )),
    }
}
