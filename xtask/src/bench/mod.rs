//! `cargo xtask bench`: figures to hold against the bars, as ratios within one run.

mod bulk;
mod compile;
mod derives;
mod figures;
mod generate;
mod peers;

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::{Args, Subcommand};

use crate::process::{cargo, shown};
use crate::{Failure, root};

/// What can be measured.
#[derive(Subcommand)]
pub(crate) enum Bench {
    Generate(generate::Arguments),
    Compile(compile::Arguments),
    /// Reading: pages decoded, and many rows over loopback, beside plain `reqwest` and `serde_json`.
    Read,
    /// Reading 100,000 rows beside clients that others wrote: npm dynamics-web-api and PyPI PowerPlatform-Dataverse-Client.
    Peers,
    /// The emulator: queries of 100,000 rows, without HTTP.
    Emulator,
    /// Bulks: rows per second, and how much is used of what the service's limits allow. Takes some minutes.
    Bulk(bulk::Arguments),
    /// Prints the peak memory of one process that goes the whole road.
    #[command(hide = true)]
    Peak(Environment),
}

/// An environment's documents.
#[derive(Args)]
pub(crate) struct Environment {
    /// The folder with metadata.xml and EntityDefinitions.json.
    #[arg(long, value_name = "ENV_DIR")]
    env: PathBuf,
}

pub(crate) fn run(bench: &Bench) -> Result<(), Failure> {
    match bench {
        Bench::Generate(arguments) => generate::run(arguments),
        Bench::Compile(arguments) => compile::run(arguments),
        Bench::Read => shown(&mut bench_of("dataverse-tests", "read")),
        Bench::Peers => peers::run(),
        Bench::Emulator => shown(&mut bench_of("dataverse-emulator", "queries")),
        Bench::Bulk(arguments) => bulk::run(arguments),
        Bench::Peak(environment) => generate::peak(&Documents::of(&environment.env)?),
    }
}

/// A bench that lives in another package, with what that needs.
fn bench_of(package: &str, name: &str) -> Command {
    let mut bench = cargo();
    bench
        .current_dir(root())
        .args(["bench", "--quiet", "--package", package, "--bench", name]);
    bench
}

/// The files of an environment.
struct Documents {
    metadata: PathBuf,
    definitions: PathBuf,
}

impl Documents {
    fn of(folder: &Path) -> Result<Self, Failure> {
        let documents = Self {
            metadata: folder.join("metadata.xml"),
            definitions: folder.join("EntityDefinitions.json"),
        };
        for path in [&documents.metadata, &documents.definitions] {
            if !path.is_file() {
                return Err(format!(
                    "{} is not there: an environment is a folder with its $metadata as metadata.xml and the answer of \
                     EntityDefinitions, with Attributes, Keys and ManyToOneRelationships, as EntityDefinitions.json",
                    path.display()
                )
                .into());
            }
        }
        Ok(documents)
    }
}
