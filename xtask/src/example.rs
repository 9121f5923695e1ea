//! `cargo xtask example`: the checked-in crate is what its snapshot generates.

use std::collections::BTreeSet;
use std::fs;

use dataverse_codegen::emit::Options;
use dataverse_codegen::project::{LISTING, generate, write_crate};
use dataverse_codegen::schema::Patterns;
use dataverse_codegen::snapshot::NAMES;

use crate::{Failure, root};

/// Generates the example, or checks that it is up to date.
pub(crate) fn run(check: bool) -> Result<(), Failure> {
    let folder = root().join("generated-example");
    let snapshot = folder.join("snapshot");
    let options = Options {
        rows: Patterns::new(["contact", "rsk_vessel"])?,
        ..Options::default()
    };
    let generated = generate(&snapshot, &options)?;
    if !check {
        let written = write_crate(generated, &snapshot, &folder)?;
        eprintln!(
            "generated-example: {} files written, {} unchanged, {} removed",
            written.written, written.unchanged, written.removed
        );
        return Ok(());
    }
    let differs =
        |path: &str, text: &str| fs::read_to_string(folder.join(path)).ok().as_deref() != Some(text);
    let mut wrong: BTreeSet<String> = generated
        .files
        .iter()
        .filter(|(path, text)| differs(path, text))
        .map(|(path, _)| path.clone())
        .collect();
    let listing = fs::read_to_string(folder.join(LISTING))?;
    wrong.extend(
        listing
            .lines()
            .filter(|path| !generated.files.contains_key(*path))
            .map(str::to_owned),
    );
    if fs::read_to_string(snapshot.join(NAMES)).ok() != Some(generated.names.to_string()) {
        wrong.insert(format!("snapshot/{NAMES}"));
    }
    if wrong.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = wrong.into_iter().take(5).collect();
    Err(format!(
        "not what the snapshot generates: {}, ...; run `cargo xtask example`",
        names.join(", ")
    )
    .into())
}
