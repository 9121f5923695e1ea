//! `cargo xtask example`: the checked-in crate is what its snapshot generates.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use dataverse_codegen::emit::{Crate, Options};
use dataverse_codegen::project::{LISTING, generate, write_crate, write_snapshot};
use dataverse_codegen::schema::Patterns;
use dataverse_codegen::snapshot::{self, NAMES};

use crate::{Failure, root};

/// The tables of the example that have a ready-made row.
const ROWS: [&str; 2] = ["contact", "rsk_vessel"];

/// Generates the example, or checks that it is up to date.
pub(crate) fn run(check: bool) -> Result<(), Failure> {
    let folder = root().join("generated-example");
    let snapshot = folder.join("snapshot");
    let options = Options {
        rows: Patterns::new(ROWS)?,
        ..Options::default()
    };
    if check {
        let mut wrong = uncanonical(&snapshot)?;
        wrong.extend(outdated(&generate(&snapshot, &options)?, &snapshot, &folder)?);
        return verdict(&wrong);
    }
    // The snapshot may have been edited by hand: it takes its canonical form again.
    let form = write_snapshot(&snapshot::read(&snapshot)?.schema, &snapshot)?;
    let written = write_crate(generate(&snapshot, &options)?, &snapshot, &folder)?;
    eprintln!(
        "generated-example: {} files written, {} unchanged, {} removed; {} files of the snapshot rewritten",
        written.written, written.unchanged, written.removed, form.written
    );
    for stale in strangers(&folder)? {
        eprintln!("{stale} is not generated: remove it");
    }
    Ok(())
}

/// The snapshot's files that are not in the form in which they would be written.
fn uncanonical(folder: &Path) -> Result<BTreeSet<String>, Failure> {
    let files = snapshot::files(&snapshot::read(folder)?.schema)?;
    let differs = |path: &str, text: &[u8]| fs::read(folder.join(path)).is_ok_and(|now| now != text);
    Ok(files
        .iter()
        .filter(|(path, text)| differs(path, text))
        .map(|(path, _)| format!("snapshot/{path}"))
        .collect())
}

/// The generated files that are missing, different or no longer wanted.
fn outdated(generated: &Crate, snapshot: &Path, folder: &Path) -> Result<BTreeSet<String>, Failure> {
    let differs =
        |path: &str, text: &str| fs::read_to_string(folder.join(path)).ok().as_deref() != Some(text);
    let mut wrong: BTreeSet<String> = generated
        .files
        .iter()
        .filter(|(path, text)| differs(path, text))
        .map(|(path, _)| path.clone())
        .collect();
    let listing: String = generated.files.keys().map(|path| format!("{path}\n")).collect();
    if differs(LISTING, &listing) {
        wrong.insert(LISTING.to_owned());
    }
    wrong.extend(strangers(folder)?);
    if fs::read_to_string(snapshot.join(NAMES)).ok() != Some(generated.names.to_string()) {
        wrong.insert(format!("snapshot/{NAMES}"));
    }
    Ok(wrong)
}

/// The sources that no listing knows.
fn strangers(folder: &Path) -> Result<Vec<String>, Failure> {
    let listing = fs::read_to_string(folder.join(LISTING)).unwrap_or_default();
    let known: BTreeSet<&str> = listing.lines().collect();
    let mut found = Vec::new();
    below(folder, "src", &mut found)?;
    found.retain(|path| !known.contains(&**path));
    Ok(found)
}

fn below(folder: &Path, path: &str, found: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder.join(path))? {
        let entry = entry?;
        let path = format!("{path}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            below(folder, &path, found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}

fn verdict(wrong: &BTreeSet<String>) -> Result<(), Failure> {
    if wrong.is_empty() {
        return Ok(());
    }
    let mut names: Vec<&str> = wrong.iter().take(5).map(String::as_str).collect();
    if wrong.len() > names.len() {
        names.push("...");
    }
    let (count, names) = (wrong.len(), names.join(", "));
    Err(format!(
        "{count} files of generated-example are not what its snapshot generates: {names}; \
         run `cargo xtask example` and review the difference"
    )
    .into())
}
