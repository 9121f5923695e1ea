//! `dataverse.toml`: which environments there are, what is wanted of them, and where the results go.
//!
//! [`Config::read`] reads it with places: a mistake is told with its line and column, what was expected, and the nearest name.
//! Secrets never stand in the file: it names the variables that hold them.

mod credential;
mod environment;
mod error;
mod keys;
mod names;
mod output;
mod section;
mod template;
#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]
mod tests;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use toml::de::DeTable;

use crate::emit::{self, Mandatory};
use crate::nearest::nearest;
use crate::schema::{Patterns, Selection};
use section::{Problems, Section};

pub use credential::{CredentialSettings, KINDS, Kind, KindKey};
pub use environment::{Environment, LOCAL, LOCAL_URL, NoVariable, Setting, is_emulator};
pub use error::{ConfigError, Problem};
pub use names::{Names, NotGiven};
pub use output::{OutputSettings, RuntimeSource, is_crate_name};
pub use template::{Template, template};

/// The file's name.
pub const FILE: &str = "dataverse.toml";
/// The JSON schema of the file, for editors.
pub const EDITOR_SCHEMA: &str = include_str!("../../dataverse.schema.json");

/// All that `dataverse.toml` says, with defaults for what it doesn't. Paths are joined to the file's folder.
#[derive(Debug, Clone)]
pub struct Config {
    /// The file.
    pub file: PathBuf,
    /// The environment whose schema the crate is made from.
    pub base: String,
    /// The environments by name.
    pub environments: BTreeMap<String, Environment>,
    /// What is wanted of them.
    pub selection: Selection,
    /// Where results go, and how they look.
    pub output: OutputSettings,
    /// Which columns a create has to set.
    pub mandatory: Mandatory,
    /// Identifiers that the project chose itself.
    pub names: Names,
}

impl Config {
    /// Reads the file.
    ///
    /// # Errors
    /// Where it can't be read, or something in it is wrong: all that is wrong at once, with places.
    pub fn read(file: &Path) -> Result<Self, ConfigError> {
        let text = fs::read_to_string(file).map_err(|source| ConfigError::Io {
            file: file.to_owned(),
            source,
        })?;
        Self::parse(&text, file)
    }

    /// Reads the file's text. Paths in it are joined to the folder that `file` is in.
    ///
    /// # Errors
    /// Where something in it is wrong: all that is wrong at once, with places.
    pub fn parse(text: &str, file: &Path) -> Result<Self, ConfigError> {
        let folder = file.parent().unwrap_or(Path::new(""));
        let problems = Problems::new(text);
        let (document, broken) = DeTable::parse_recoverable(text);
        for error in broken {
            problems.add(error.span(), error.message(), None);
        }
        let config = if problems.is_empty() {
            let root = Section::root(document.get_ref(), keys::ROOT, &problems);
            let config = Self::of(&root, file, folder);
            root.finish();
            config
        } else {
            None
        };
        match (config, problems.into_inner()) {
            (Some(config), problems) if problems.is_empty() => Ok(config),
            (_, problems) => Err(ConfigError::Wrong {
                file: file.to_owned(),
                problems,
            }),
        }
    }

    fn of(root: &Section<'_>, file: &Path, folder: &Path) -> Option<Self> {
        let environments = environment::read(root, folder);
        let base = base(root, &environments);
        let selection = selection(root);
        let output = output::read(root, folder);
        if let Some(output) = &output {
            folders(root, &environments, output);
        }
        let mandatory = root.section("create").and_then(|create| {
            let level = create.word("mandatory");
            create.finish();
            level
        });
        let names = names::read(root);
        Some(Self {
            file: file.to_owned(),
            base: base?,
            environments,
            selection: selection?,
            output: output?,
            mandatory: match mandatory {
                Some("none") => Mandatory::None,
                Some("system") => Mandatory::System,
                _ => Mandatory::Application,
            },
            names,
        })
    }

    /// The folder that the file is in.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.file.parent().unwrap_or(Path::new(""))
    }

    /// What the crate is generated with.
    #[must_use]
    pub fn options(&self) -> emit::Options {
        emit::Options {
            crate_name: self.output.crate_name.clone(),
            language: self.output.docs_language,
            rows: self.output.rows.clone(),
            mandatory: self.mandatory,
            runtime: self.output.runtime_dependency(self.folder()),
            features: self.output.features.clone(),
        }
    }

    /// The environment of this name.
    ///
    /// # Errors
    /// Where there is none: says which there are.
    pub fn environment(&self, name: &str) -> Result<&Environment, ConfigError> {
        self.environments
            .get(name)
            .ok_or_else(|| ConfigError::NoEnvironment {
                name: name.to_owned(),
                known: self.environments.keys().cloned().collect(),
            })
    }
}

/// Each folder is written by one thing alone: another would take its files for its own.
fn folders(root: &Section<'_>, environments: &BTreeMap<String, Environment>, output: &OutputSettings) {
    let snapshots = environments
        .iter()
        .map(|(name, of)| (format!("the snapshot of `{name}`"), &of.snapshot));
    let others = [
        ("the crate".to_owned(), &output.crate_folder),
        ("the cache".to_owned(), &output.cache),
    ];
    let mut taken: BTreeMap<PathBuf, String> = BTreeMap::new();
    for (what, folder) in others.into_iter().chain(snapshots) {
        // Parts such as `.` in the middle of a path go.
        let folder: PathBuf = folder.components().collect();
        if let Some(other) = taken.get(&folder) {
            let message = format!("{other} and {what} are in one folder, {}", folder.display());
            root.problem("environments", &message, Some("give each its own".to_owned()));
        }
        taken.entry(folder).or_insert(what);
    }
}

/// The base environment: the one that is named, or the only one.
fn base(root: &Section<'_>, environments: &BTreeMap<String, Environment>) -> Option<String> {
    let named = root.text("base");
    match (named, environments.len()) {
        (Some(named), _) if environments.contains_key(named) => Some(named.to_owned()),
        (Some(named), _) => {
            let near = nearest(named, environments.keys().map(String::as_str));
            let message = format!("there is no environment `{named}`");
            root.problem(
                "base",
                &message,
                near.map(|near| format!("did you mean `{near}`?")),
            );
            None
        }
        (None, 1) => environments.keys().next().cloned(),
        (None, _) => {
            root.problem(
                "environments",
                "there are several environments, and none is the base",
                Some("say from which one the crate is made, at the top: base = \"dev\"".to_owned()),
            );
            None
        }
    }
}

fn selection(root: &Section<'_>) -> Option<Selection> {
    let Some(section) = root.section("selection") else {
        return Some(Selection::default());
    };
    let selection = Selection {
        tables: section.patterns("tables").unwrap_or_default(),
        exclude: section.patterns("exclude").unwrap_or_default(),
        solutions: section.names("solutions").unwrap_or_default(),
        operations: section.patterns("operations"),
        languages: section.numbers("languages").unwrap_or_default(),
    };
    section.finish();
    Some(selection)
}

impl Section<'_> {
    /// Names and globs.
    fn patterns(&self, key: &str) -> Option<Patterns> {
        let texts = self.names(key)?;
        match Patterns::new(&texts) {
            Ok(patterns) => Some(patterns),
            Err(bad) => {
                self.problem(
                    key,
                    &bad.to_string(),
                    Some("write logical names, with `*` for any letters: \"account\", \"rsk_*\"".to_owned()),
                );
                None
            }
        }
    }
}
