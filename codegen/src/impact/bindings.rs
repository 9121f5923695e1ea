//! The bindings of a schema, in a folder of their own, as a stand-in for the program's.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::cargo::Found;
use super::{ImpactError, Program};
use crate::emit;
use crate::project::{LISTING, write_crate_files};
use crate::schema::Schema;
use crate::snapshot::{self, Snapshot};

/// Writes the bindings. What hasn't changed since the last time is left alone, so that cargo needn't compile it again.
pub(super) fn write(
    found: &Found,
    which: &str,
    schema: &Schema,
    program: &Program<'_>,
) -> Result<PathBuf, ImpactError> {
    let folder = found.work.join(which).join(&found.name);
    let snapshot = Snapshot {
        names: program.names.clone(),
        ..snapshot::of(schema.clone())?
    };
    let generated = emit::emit(&snapshot, program.options)?;
    let mut files: std::collections::BTreeMap<String, Vec<u8>> = generated
        .files
        .into_iter()
        .map(|(path, text)| (path, text.into_bytes()))
        .collect();
    let listing: String = files.keys().map(|path| format!("{path}\n")).collect();
    files.insert(LISTING.to_owned(), listing.into_bytes());
    write_crate_files(&files, &folder)?;
    manifest(&folder, &manifest_text(&found.package))?;
    Ok(folder)
}

fn manifest(folder: &Path, text: &str) -> Result<(), ImpactError> {
    let path = folder.join("Cargo.toml");
    if fs::read_to_string(&path).is_ok_and(|now| now == text) {
        return Ok(());
    }
    fs::write(&path, text).map_err(|source| ImpactError::Io { path, source })
}

/// The manifest that says the same as that of the program's bindings, wherever it stands. An override has to have the same
/// name, version and dependencies.
fn manifest_text(package: &Value) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let text = |key: &str| quoted(package[key].as_str().unwrap_or_default());
    let mut manifest = format!(
        "[package]\nname = {}\nversion = {}\nedition = {}\npublish = false\n",
        text("name"),
        text("version"),
        text("edition")
    );
    // Writing to a string can't fail.
    for dependency in package["dependencies"].as_array().into_iter().flatten() {
        let section = match dependency["kind"].as_str() {
            None => "dependencies",
            // The bindings' own tests and build aren't compiled here.
            Some(_) => continue,
        };
        let of = |key: &str| dependency[key].as_str();
        let name = of("name").unwrap_or_default();
        let section = match of("target") {
            Some(target) => format!("target.{}.{section}", quoted(target)),
            None => section.to_owned(),
        };
        let _ = write!(
            manifest,
            "\n[{section}.{}]\npackage = {}\n",
            quoted(of("rename").unwrap_or(name)),
            quoted(name)
        );
        match (of("path"), of("source")) {
            (Some(path), _) => {
                let _ = writeln!(manifest, "path = {}", quoted(path));
            }
            (None, Some(source)) if source.starts_with("git+") => {
                git(&mut manifest, source.trim_start_matches("git+"));
            }
            _ => {
                let _ = writeln!(manifest, "version = {}", quoted(of("req").unwrap_or("*")));
            }
        }
        let features: Vec<String> = dependency["features"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(quoted)
            .collect();
        let _ = writeln!(
            manifest,
            "default-features = {}\noptional = {}\nfeatures = [{}]",
            dependency["uses_default_features"] != Value::Bool(false),
            dependency["optional"] == Value::Bool(true),
            features.join(", ")
        );
    }
    let features = package["features"].as_object();
    let own: Vec<_> = features.into_iter().flatten().collect();
    if !own.is_empty() {
        manifest.push_str("\n[features]\n");
        for (name, of) in own {
            let _ = writeln!(manifest, "{} = {of}", quoted(name));
        }
    }
    manifest.push_str("\n[workspace]\n");
    manifest
}

/// `https://host/repository?rev=abc#abc` as keys of a dependency.
fn git(manifest: &mut String, source: &str) {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let address = source.split('#').next().unwrap_or(source);
    let (url, query) = address.split_once('?').unwrap_or((address, ""));
    let _ = writeln!(manifest, "git = {}", quoted(url));
    for (key, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        if ["rev", "branch", "tag"].contains(&key) {
            let _ = writeln!(manifest, "{key} = {}", quoted(value));
        }
    }
}
