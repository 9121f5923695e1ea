//! Cargo: which packages there are, and what the compiler says of them.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::ImpactError;
use crate::project::LISTING;

/// A program and its bindings.
#[derive(Debug)]
pub(super) struct Found {
    /// The folder that cargo runs in.
    pub(super) folder: PathBuf,
    /// The root of the workspace: paths in messages are seen from there.
    pub(super) root: PathBuf,
    /// The folders of the program's packages.
    pub(super) packages: Vec<PathBuf>,
    /// The name of the bindings.
    pub(super) name: String,
    /// What cargo knows of the bindings.
    pub(super) package: Value,
    /// Where stand-ins and what is compiled are kept, so that the next time is quick.
    pub(super) work: PathBuf,
}

impl Found {
    /// Whether the root of a workspace is looked at, and so all of it.
    fn is_whole(&self) -> bool {
        self.folder == self.root
    }
}

/// An error of the compiler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file, as the compiler names it.
    pub file: String,
    /// The line, from 1. 0: the error has no place.
    pub line: u64,
    /// The column, from 1.
    pub column: u64,
    /// The code: `E0609`.
    pub code: Option<String>,
    /// What the compiler says in one line.
    pub message: String,
    /// The whole message as the compiler would show it.
    pub rendered: String,
    /// The part of the line that it points at.
    pub(super) marked: String,
    /// What it points at besides, in the same file: the column that a type doesn't fit may stand in another line.
    pub(super) related: String,
    /// The line itself.
    pub(super) text: String,
    /// What is said beside the message: labels and notes.
    pub(super) notes: String,
}

impl Diagnostic {
    /// What makes two errors the same one, met in two targets.
    pub(super) fn identity(&self) -> (&str, u64, u64, &str) {
        (&self.file, self.line, self.column, &self.message)
    }
}

/// What a check found.
#[derive(Debug, Default)]
pub(super) struct Checked {
    pub(super) errors: Vec<Diagnostic>,
    /// Targets that weren't compiled.
    pub(super) not_reached: usize,
}

fn cargo(folder: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(folder);
    command
}

fn metadata(folder: &Path) -> Result<Value, ImpactError> {
    let output = cargo(folder)
        // Without dependencies, so that no lock file is made or changed.
        .args(["metadata", "--format-version", "1", "--no-deps"])
        .output()
        .map_err(ImpactError::Start)?;
    if !output.status.success() {
        return Err(failed(folder, &output.stderr));
    }
    Ok(serde_json::from_slice(&output.stdout).unwrap_or_default())
}

fn failed(folder: &Path, stderr: &[u8]) -> ImpactError {
    let text = String::from_utf8_lossy(stderr);
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .take(8)
        .collect();
    ImpactError::Cargo {
        path: folder.to_owned(),
        reason: lines.join("; "),
    }
}

/// Finds the program's generated crate: the dependency whose folder has the list of generated files.
pub(super) fn find(path: &Path, wanted: Option<&str>) -> Result<Found, ImpactError> {
    let folder = if path.is_file() {
        path.parent().unwrap_or(Path::new(".")).to_owned()
    } else {
        path.to_owned()
    };
    let folder = fs::canonicalize(&folder).map_err(|source| ImpactError::Io {
        path: folder.clone(),
        source,
    })?;
    let workspace = metadata(&folder)?;
    let packages: Vec<&Value> = workspace["packages"].as_array().into_iter().flatten().collect();
    let mut generated: BTreeMap<String, PathBuf> = BTreeMap::new();
    let dependencies = packages
        .iter()
        .flat_map(|package| package["dependencies"].as_array().into_iter().flatten());
    for dependency in dependencies {
        if let (Some(name), Some(path)) = (dependency["name"].as_str(), dependency["path"].as_str())
            && Path::new(path).join(LISTING).is_file()
            && wanted.is_none_or(|wanted| wanted == name)
        {
            generated.insert(name.to_owned(), PathBuf::from(path));
        }
    }
    let mut all = generated.into_iter();
    let (name, bindings) = match (all.next(), all.next()) {
        (None, _) => return Err(ImpactError::NoBindings { path: folder }),
        (Some(one), None) => one,
        (Some((one, _)), Some((other, _))) => {
            let names = [one, other]
                .into_iter()
                .chain(all.map(|(name, _)| name))
                .collect();
            return Err(ImpactError::SeveralBindings { path: folder, names });
        }
    };
    let own = metadata(&bindings)?;
    let package = own["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|package| package["name"] == name.as_str())
        .cloned()
        .ok_or_else(|| ImpactError::NoBindings { path: folder.clone() })?;
    let directory = |value: &Value| value.as_str().map(PathBuf::from).unwrap_or_default();
    let folders = packages
        .iter()
        .filter_map(|package| {
            Path::new(package["manifest_path"].as_str()?)
                .parent()
                .map(Path::to_owned)
        })
        .filter(|own| *own != bindings);
    Ok(Found {
        packages: folders.collect(),
        root: directory(&workspace["workspace_root"]),
        work: directory(&workspace["target_directory"]).join("dataverse-impact"),
        folder,
        name,
        package,
    })
}

/// Compiles the program with these bindings in the place of its own: all of a workspace where its root is looked at, else
/// the package there.
pub(super) fn check(found: &Found, bindings: &Path, features: &[String]) -> Result<Checked, ImpactError> {
    let lock = found.root.join("Cargo.lock");
    let had_lock = lock.exists();
    let overriding = toml::Value::Array(vec![toml::Value::String(bindings.display().to_string())]);
    let mut command = cargo(&found.folder);
    command
        .args(["check", "--all-targets", "--keep-going", "--message-format=json"])
        .args(features)
        .arg("--config")
        .arg(format!("paths = {overriding}"))
        .env("CARGO_TARGET_DIR", found.work.join("target"))
        .env("CARGO_TERM_COLOR", "never");
    if found.is_whole() {
        command.args(["--workspace", "--exclude", &found.name]);
    }
    if had_lock {
        command.arg("--locked");
    }
    let output = command.output().map_err(ImpactError::Start)?;
    if !had_lock {
        // There was none, and there is to be none. If it can't be removed it does no harm.
        let _ = fs::remove_file(&lock);
    }
    let checked = read(&output.stdout, found);
    // Cargo fails because of errors that it told, or for another reason.
    if !output.status.success() && checked.errors.is_empty() {
        return Err(failed(&found.folder, &output.stderr));
    }
    Ok(checked)
}

fn read(stdout: &[u8], found: &Found) -> Checked {
    let mut errors: Vec<Diagnostic> = Vec::new();
    let mut seen = BTreeSet::new();
    let (mut broken, mut done) = (BTreeSet::new(), BTreeSet::new());
    for line in stdout.split(|byte| *byte == b'\n') {
        let Ok(told) = serde_json::from_slice::<Value>(line) else {
            continue;
        };
        let target = told["target"].to_string();
        match told["reason"].as_str() {
            Some("compiler-artifact") => {
                done.insert(target);
            }
            Some("compiler-message") if told["message"]["level"] == "error" => {
                broken.insert(target);
                if let Some(error) = diagnostic(&told["message"], found) {
                    let (file, line, column, message) = error.identity();
                    if seen.insert((file.to_owned(), line, column, message.to_owned())) {
                        errors.push(error);
                    }
                }
            }
            _ => {}
        }
    }
    let not_reached = if broken.is_empty() {
        0
    } else {
        unreached(found, &broken, &done)
    };
    Checked { errors, not_reached }
}

/// How many targets of the program were neither compiled nor told wrong.
fn unreached(found: &Found, broken: &BTreeSet<String>, done: &BTreeSet<String>) -> usize {
    let Ok(workspace) = metadata(&found.folder) else {
        return 0;
    };
    let reached = |source: &str| {
        let quoted = format!("\"src_path\":{}", Value::String(source.to_owned()));
        broken.iter().chain(done).any(|target| target.contains(&quoted))
    };
    let packages = workspace["packages"].as_array().into_iter().flatten();
    let own = packages.filter(|package| {
        let folder = package["manifest_path"]
            .as_str()
            .map(Path::new)
            .and_then(Path::parent);
        folder == Some(found.folder.as_path())
            || folder.is_some_and(|folder| found.is_whole() && found.packages.iter().any(|own| own == folder))
    });
    own.flat_map(|package| package["targets"].as_array().into_iter().flatten())
        .filter_map(|target| target["src_path"].as_str())
        .filter(|source| !reached(source))
        .count()
}

/// An error with its place. `None`: it only counts others.
fn diagnostic(message: &Value, found: &Found) -> Option<Diagnostic> {
    let text = message["message"].as_str()?;
    let spans: Vec<&Value> = message["spans"].as_array().into_iter().flatten().collect();
    if spans.is_empty() && message["code"].is_null() && text.starts_with("aborting due to") {
        return None;
    }
    let primary = spans.iter().find(|span| span["is_primary"] == true).copied();
    // What a macro of ours wrote stands where the program called it.
    let place = primary.map(outermost);
    let line = place.and_then(first_line);
    let source = line.and_then(|line| line["text"].as_str()).unwrap_or_default();
    let related = spans
        .iter()
        .filter(|span| span["is_primary"] == false)
        .map(|span| outermost(span));
    let related = related.filter(|span| place.is_some_and(|place| place["file_name"] == span["file_name"]));
    let related: Vec<String> = related.filter_map(first_line).map(marked).collect();
    let mut notes: Vec<&str> = spans.iter().filter_map(|span| span["label"].as_str()).collect();
    let children = message["children"].as_array().into_iter().flatten();
    notes.extend(children.filter_map(|child| child["message"].as_str()));
    Some(Diagnostic {
        file: place.map(|span| file(span, found)).unwrap_or_default(),
        line: place
            .and_then(|span| span["line_start"].as_u64())
            .unwrap_or_default(),
        column: place
            .and_then(|span| span["column_start"].as_u64())
            .unwrap_or_default(),
        code: message["code"]["code"].as_str().map(str::to_owned),
        message: text.to_owned(),
        rendered: message["rendered"].as_str().unwrap_or(text).to_owned(),
        marked: line.map(marked).unwrap_or_default(),
        related: related.join(" "),
        text: source.to_owned(),
        notes: notes.join("\n"),
    })
}

fn outermost(span: &Value) -> &Value {
    let mut span = span;
    while !span["expansion"]["span"].is_null() {
        span = &span["expansion"]["span"];
    }
    span
}

/// The file as a person would open it from where cargo was run, or from the root of the workspace.
fn file(span: &Value, found: &Found) -> String {
    let name = span["file_name"].as_str().unwrap_or_default();
    let whole = found.root.join(name);
    match whole.strip_prefix(&found.folder) {
        Ok(below) => below.display().to_string(),
        Err(_) => name.to_owned(),
    }
}

/// The first of the lines that a span is in.
fn first_line(span: &Value) -> Option<&Value> {
    span["text"].as_array()?.first()
}

fn marked(line: &Value) -> String {
    let source = line["text"].as_str().unwrap_or_default();
    let at = |key: &str| line[key].as_u64().and_then(|at| usize::try_from(at).ok());
    let (Some(start), Some(end)) = (at("highlight_start"), at("highlight_end")) else {
        return String::new();
    };
    let length = end.saturating_sub(start);
    source
        .chars()
        .skip(start.saturating_sub(1))
        .take(length)
        .collect()
}
