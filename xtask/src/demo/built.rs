//! A package for the demo's program to depend on, without anything in it but dependencies: those that the program has anyway, with
//! the features with which this task was built. Cargo compiles a dependency once per set of features, and so takes what it has.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use crate::process::{cargo, quiet, write_changed};
use crate::{Failure, root};

/// The name of the package.
pub(super) const NAME: &str = "built";

/// Writes the package.
pub(super) fn write(folder: &Path) -> Result<(), Failure> {
    let here = features("xtask")?;
    let program = features("dataverse-generated-example")?;
    write_changed(&folder.join("Cargo.toml"), &manifest(&here, &program))?;
    write_changed(&folder.join("src/lib.rs"), "")
}

/// The features of each package of a registry, by its name and version.
type Features = BTreeMap<(String, String), String>;

/// With which features the libraries are that a package of the workspace is made of.
fn features(package: &str) -> Result<Features, Failure> {
    let mut cargo = cargo();
    cargo
        .current_dir(root())
        .args(["tree", "--package", package, "--edges", "normal,no-proc-macro"])
        .args(["--prefix", "none", "--format", "{p}|{f}"]);
    let output = quiet(&mut cargo)?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(read(&String::from_utf8_lossy(&output.stdout)))
}

/// Reads lines such as `tokio v1.54.1|net,rt (*)`. Packages in folders say more after the version, and are left out.
fn read(tree: &str) -> Features {
    let lines = tree.lines().filter_map(|line| line.split_once('|'));
    let named = lines.filter_map(|(package, features)| Some((package.split_once(" v")?, features)));
    named
        .filter(|((_, version), _)| !version.contains(' '))
        .map(|((name, version), features)| {
            let features = features.trim_end_matches(" (*)");
            ((name.to_owned(), version.to_owned()), features.to_owned())
        })
        .collect()
}

/// The manifest, with those dependencies of the program that have other features here.
fn manifest(here: &Features, program: &Features) -> String {
    let mut text = HEAD.to_owned();
    for ((name, version), features) in here {
        let package = (name.clone(), version.clone());
        if program.get(&package).is_none_or(|wanted| wanted == features) {
            continue;
        }
        let features: Vec<&str> = features.split(',').filter(|it| !it.is_empty()).collect();
        // Build metadata is no part of a requirement.
        let version = version.split('+').next().unwrap_or(version);
        // Two versions of a package have two keys.
        let key = format!("{name}-{}", version.replace('.', "-"));
        let _ = writeln!(
            text,
            "{key} = {{ package = {name:?}, version = \"={version}\", default-features = false, features = {features:?} }}"
        );
    }
    text
}

const HEAD: &str = r#"# Not part of what a program needs: with this the demo's program asks for its dependencies just as the demo itself was
# built with, so that cargo takes them as they are.
[package]
name = "built"
version = "0.1.0"
edition = "2024"

[dependencies]
"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dependencies_are_asked_for_with_the_features_that_they_were_built_with() {
        let here = read(
            "xtask v0.1.0 (/a b/xtask)|\ntokio v1.54.1|net,rt\nserde v1.0.229|std\nserde v1.0.229|std (*)\nclap v4.6.9|\n\
             base64 v0.22.1|std (*)\n",
        );
        let program = read("tokio v1.54.1|net\nserde v1.0.229|std\nbase64 v0.22.1|\nother v1.0.0|a\n");
        let manifest = manifest(&here, &program);
        assert_eq!(
            manifest.strip_prefix(HEAD).unwrap(),
            "base64-0-22-1 = { package = \"base64\", version = \"=0.22.1\", default-features = false, features = [\"std\"] }\n\
             tokio-1-54-1 = { package = \"tokio\", version = \"=1.54.1\", default-features = false, features = [\"net\", \"rt\"] }\n"
        );
    }
}
