//! Where results go, and how they look.

use std::path::{Component, Path, PathBuf};

use super::section::Section;
use crate::emit;
use crate::names::is_identifier;
use crate::schema::Patterns;

/// Where results go, and how they look.
#[derive(Debug, Clone)]
pub struct OutputSettings {
    /// The folder of the crate.
    pub crate_folder: PathBuf,
    /// The crate's name, for a manifest that is written for the first time.
    pub crate_name: String,
    /// Where the runtime comes from, likewise.
    pub runtime: RuntimeSource,
    /// The features of the runtime that the crate has by default, likewise.
    pub features: Vec<String>,
    /// The tables that get a ready-made row with all columns.
    pub rows: Patterns,
    /// The language whose labels come first.
    pub docs_language: u32,
    /// Where fetched documents are kept, so that a refresh costs little.
    pub cache: PathBuf,
}

/// Where the runtime comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuntimeSource {
    /// A registry.
    Version(String),
    /// A folder, as the file has it.
    Path(PathBuf),
    /// A repository, and which revision of it.
    Git(String, Option<String>),
}

impl OutputSettings {
    /// The dependency on the runtime, as it stands in a manifest. `folder` is the one of `dataverse.toml`.
    #[must_use]
    pub fn runtime_dependency(&self, folder: &Path) -> String {
        let parts = match &self.runtime {
            RuntimeSource::Version(version) => return quoted(version),
            RuntimeSource::Path(path) => {
                let path = from_crate(folder, &self.crate_folder, path);
                vec![format!("path = {}", quoted(&path.display().to_string()))]
            }
            RuntimeSource::Git(url, rev) => {
                let rev = rev.as_ref().map(|rev| format!("rev = {}", quoted(rev)));
                std::iter::once(format!("git = {}", quoted(url)))
                    .chain(rev)
                    .collect()
            }
        };
        format!("{{ {} }}", parts.join(", "))
    }
}

/// A text in TOML.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A path that is relative to the file's folder, as it is seen from the crate's folder below that.
fn from_crate(folder: &Path, crate_folder: &Path, path: &Path) -> PathBuf {
    let below = crate_folder.strip_prefix(folder).ok().filter(|below| {
        below
            .components()
            .all(|part| matches!(part, Component::Normal(_)))
    });
    match below {
        Some(below) if path.is_relative() => {
            let up: PathBuf = below.components().map(|_| Component::ParentDir).collect();
            up.join(path)
        }
        _ => std::path::absolute(folder.join(path)).unwrap_or_else(|_| folder.join(path)),
    }
}

pub(super) fn read(root: &Section<'_>, folder: &Path) -> Option<OutputSettings> {
    let section = root.section("output");
    let section = section.as_ref();
    let text = |key: &str| section.and_then(|section| section.text(key));
    let crate_folder = PathBuf::from(text("crate").unwrap_or("crm"));
    let own_name = || {
        let name = crate_folder.file_name().and_then(|name| name.to_str());
        name.filter(|name| is_crate_name(name))
            .unwrap_or("crm")
            .to_owned()
    };
    let crate_name = match text("name") {
        Some(name) if is_crate_name(name) => Some(name.to_owned()),
        Some(name) => {
            if let Some(section) = section {
                let help =
                    "a letter first, then letters, digits, `-` and `_`; no keyword, no crate that it needs"
                        .to_owned();
                section.problem(
                    "name",
                    &format!("`{name}` can't be the name of a crate"),
                    Some(help),
                );
            }
            None
        }
        None => Some(own_name()),
    };
    let runtime = section.and_then(|section| section.section("runtime"));
    let settings = OutputSettings {
        runtime: runtime.map_or_else(own_version, |section| runtime_source(&section)),
        features: section
            .and_then(|section| section.names("features"))
            .unwrap_or_else(|| emit::Options::default().features),
        rows: section
            .and_then(|section| section.patterns("rows"))
            .unwrap_or_default(),
        docs_language: section
            .and_then(|section| section.number("docs-language"))
            .unwrap_or(1033),
        cache: folder.join(text("cache").unwrap_or(".dataverse")),
        crate_folder: folder.join(&crate_folder),
        crate_name: crate_name.unwrap_or_else(own_name),
    };
    if let Some(section) = section {
        section.finish();
    }
    Some(settings)
}

fn own_version() -> RuntimeSource {
    RuntimeSource::Version(env!("CARGO_PKG_VERSION").to_owned())
}

fn runtime_source(section: &Section<'_>) -> RuntimeSource {
    let (version, path, git) = (section.text("version"), section.text("path"), section.text("git"));
    let rev = section.text("rev");
    section.finish();
    match (version, path, git) {
        (Some(version), None, None) => RuntimeSource::Version(version.to_owned()),
        (None, Some(path), None) => RuntimeSource::Path(path.into()),
        (None, None, Some(git)) => RuntimeSource::Git(git.to_owned(), rev.map(str::to_owned)),
        _ => {
            section.lacks(
                "the runtime comes from one place",
                "give one of `version`, `path` and `git`".to_owned(),
            );
            own_version()
        }
    }
}

/// Whether cargo takes the name.
#[must_use]
pub fn is_crate_name(name: &str) -> bool {
    // Crates that are there already: cargo or the compiler would take one for the other.
    const TAKEN: [&str; 8] = [
        "alloc",
        "core",
        "dataverse-macros",
        "dataverse-runtime",
        "proc-macro",
        "std",
        "test",
        "tokio",
    ];
    let legal = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let module = name.replace('-', "_");
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(legal)
        && is_identifier(&module)
        && !TAKEN.iter().any(|taken| taken.replace('-', "_") == module)
}
