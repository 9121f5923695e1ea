//! The workspace's tasks: `cargo xtask --help`.

mod bench;
mod corpus;
mod example;
mod process;
mod test;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The workspace's tasks.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Everything that must pass before a commit: format, clippy, tests, docs, and the example being up to date.
    Test,
    /// Generate the example from its snapshot.
    Example {
        /// Change nothing; fail if something would change.
        #[arg(long)]
        check: bool,
    },
    /// Run the generator on captured metadata and compile what it makes.
    Corpus(corpus::Arguments),
    /// Measure the generator, or what its crates cost to compile.
    #[command(subcommand)]
    Bench(bench::Bench),
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
        Task::Test => test::run(),
        Task::Example { check } => example::run(check),
        Task::Corpus(arguments) => corpus::run(&arguments),
        Task::Bench(bench) => bench::run(&bench),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}
