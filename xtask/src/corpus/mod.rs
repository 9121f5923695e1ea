//! `cargo xtask corpus`: the generator on captured metadata, and the compiler on what it makes.

mod discover;
mod road;
mod series;
pub(crate) mod served;

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use crate::generated::{compile, empty};
use crate::process::target;
use crate::{Failure, root};

use discover::Document;
use road::Road;

/// Run the generator on captured documents, and the compiler on what it makes.
///
/// Looks through a folder: each .xml that is CSDL is a document, with the .json definitions beside and below it; folders of
/// definitions alone are a document per organisation. Each is read, written as a snapshot, read back, generated, and the crate
/// of all its tables and operations checked with cargo and clippy; then the same for a selection of tables with
/// ready-made rows. The selection depends on the seed alone. Crates stay below target/corpus to be looked at. Files of CSDL
/// side by side are taken for one environment at several times: the drift between them is checked too.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The folder of the captured documents.
    #[arg(value_name = "METADATA_DIR")]
    folder: PathBuf,
    /// Don't compile what is generated.
    #[arg(long)]
    no_check: bool,
    /// Of files of CSDL side by side, take all and not only the last by name.
    #[arg(long)]
    all: bool,
    /// Take only documents whose path contains this text.
    #[arg(long, value_name = "TEXT", default_value = "")]
    only: String,
    /// What the selection depends on.
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    /// How many tables are selected.
    #[arg(long, value_name = "NUMBER", default_value_t = 20)]
    tables: usize,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let folder = &arguments.folder;
    if !folder.is_dir() {
        return Err(format!("{} is no folder: nothing was checked", folder.display()).into());
    }
    let found = discover::discover(folder)?;
    let known = found.documents.len();
    let wanted: Vec<&Document> = found
        .documents
        .iter()
        .filter(|document| arguments.all || !document.superseded)
        .filter(|document| document.name.contains(&arguments.only))
        .collect();
    println!(
        "{}: {known} documents, {} taken; {} files are something else; seed {}",
        folder.display(),
        wanted.len(),
        found.others,
        arguments.seed
    );
    if wanted.is_empty() {
        return Err(format!(
            "{} has no metadata documents: nothing was checked",
            folder.display()
        )
        .into());
    }
    let target = target().join("corpus/target");
    if !arguments.no_check {
        prepare(&target)?;
    }
    let failed = all(&wanted, arguments, &target);
    if failed > 0 {
        return Err(format!("{failed} of {} documents failed", wanted.len()).into());
    }
    println!("all {} documents passed", wanted.len());
    series::check(&found.documents)
}

/// Builds what all crates share, so that it counts for none of them.
fn prepare(shared: &Path) -> Result<(), Failure> {
    let start = Instant::now();
    let folder = target().join("corpus/empty");
    empty(&folder)?;
    compile(&folder, shared, "check")?;
    let runtime = root().join("runtime");
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "built {} and its dependencies in {seconds:.1} s",
        runtime.display()
    );
    Ok(())
}

/// Goes the road for each document, prints its line, and gives how many failed.
fn all(documents: &[&Document], arguments: &Arguments, target: &Path) -> usize {
    let names = documents.iter().map(|document| document.name.chars().count());
    let width = names.max().unwrap_or_default().max(8);
    println!("{:<width$} {} verdict", "document", Road::HEADER);
    let mut failed = 0;
    for document in documents {
        let mut road = Road::default();
        let verdict = match road.travel(document, arguments, target) {
            Ok(()) => "ok".to_owned(),
            Err(failure) => {
                failed += 1;
                format!("FAILED: {failure}")
            }
        };
        println!("{:<width$} {road} {verdict}", document.name);
    }
    failed
}
