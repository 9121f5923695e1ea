//! The workspace's tasks: `cargo xtask --help`.

mod bench;
mod codegen;
mod corpus;
mod demo;
mod example;
mod fuzz;
mod generated;
mod interop;
mod process;
mod test;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The workspace's tasks.
#[derive(Parser)]
#[command(bin_name = "cargo xtask", after_help = AFTER)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

const AFTER: &str = "\
Examples:
  cargo xtask demo                            the whole road on this machine
  cargo xtask test                            everything that must pass before a commit
  cargo xtask test --only format,clippy       two steps of it
  cargo xtask example                         regenerate the checked-in example
  cargo xtask regenerate --env local          fetch, write the snapshot, generate the crate of dataverse.toml
  cargo xtask drift --deny breaking           the base environment against its snapshot
  cargo xtask corpus METADATA_DIR             the generator on captured documents of your own
  cargo xtask emulator-corpus METADATA_DIR    what the emulator says of them, read back
  cargo xtask bench generate --env ENV_DIR    what generating costs
  cargo xtask bench peers                     100,000 rows read by this client and by others
  cargo xtask fuzz --seconds 300 csdl         hostile $metadata documents for five minutes
  cargo xtask interop --only python           a client that nobody here wrote, against the emulator";

#[derive(Subcommand)]
enum Task {
    Test(test::Arguments),
    Demo(demo::Arguments),
    /// Generate the example from its snapshot.
    Example {
        /// Change nothing; fail if something would change.
        #[arg(long)]
        check: bool,
    },
    Regenerate(codegen::Regenerate),
    Drift(codegen::Drift),
    Corpus(corpus::Arguments),
    EmulatorCorpus(corpus::served::Arguments),
    /// Measure the generator, or what its crates cost to compile.
    #[command(subcommand)]
    Bench(bench::Bench),
    Fuzz(fuzz::Arguments),
    Interop(interop::Arguments),
}

/// What a task failed of, in words for a person.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The workspace's folder.
fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_owned()
}

fn main() -> ExitCode {
    let result = match Arguments::parse().task {
        Task::Test(arguments) => test::run(&arguments),
        Task::Demo(arguments) => demo::run(&arguments),
        Task::Example { check } => example::run(check),
        Task::Regenerate(arguments) => return codegen::regenerate(&arguments),
        Task::Drift(arguments) => return codegen::drift(&arguments),
        Task::Corpus(arguments) => corpus::run(&arguments),
        Task::EmulatorCorpus(arguments) => corpus::served::run(&arguments),
        Task::Bench(bench) => bench::run(&bench),
        Task::Fuzz(arguments) => fuzz::run(&arguments),
        Task::Interop(arguments) => interop::run(&arguments),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}
