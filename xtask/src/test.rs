//! `cargo xtask test`: the one test command.

use std::process::Command;
use std::time::Instant;

use clap::{Args, ValueEnum};

use crate::process::{cargo, quiet, shown, starts};
use crate::{Failure, example, root};

/// Everything that must pass before a commit, and what CI runs. Stops at the first step that fails.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Run these steps alone.
    #[arg(long, value_name = "STEP,...", value_delimiter = ',')]
    only: Vec<Step>,
}

/// The steps, fast ones first.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Step {
    /// Everything is formatted.
    Format,
    /// The checked-in example is what its snapshot generates.
    Example,
    /// Licences, sources and advisories of the dependencies, where cargo-deny is installed.
    Deny,
    /// Clippy without warnings.
    Clippy,
    /// Documentation without warnings.
    Docs,
    /// All tests: unit, integration, compile-fail, documentation.
    Tests,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let wanted = |step: &&Step| arguments.only.is_empty() || arguments.only.contains(step);
    let mut took = Vec::new();
    for step in Step::value_variants().iter().filter(wanted) {
        let name = step.name();
        eprintln!("\n== {name}");
        let start = Instant::now();
        let done = step.run().map_err(|failure| format!("{name}: {failure}"))?;
        let seconds = start.elapsed().as_secs_f64();
        eprintln!("== {name}: {} in {seconds:.1} s", done.word());
        took.push(match done {
            Done::Passed => format!("{name} {seconds:.0} s"),
            Done::Skipped => format!("{name} skipped"),
        });
    }
    eprintln!("\nall passed: {}", took.join(", "));
    Ok(())
}

enum Done {
    Passed,
    Skipped,
}

impl Done {
    fn word(&self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Skipped => "skipped",
        }
    }
}

impl Step {
    fn name(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Example => "example",
            Self::Deny => "deny",
            Self::Clippy => "clippy",
            Self::Docs => "docs",
            Self::Tests => "tests",
        }
    }

    fn run(self) -> Result<Done, Failure> {
        match self {
            Self::Format => shown(&mut workspace("fmt --all --check"))?,
            Self::Example => example::run(true)?,
            Self::Deny => return deny(),
            Self::Clippy => {
                shown(&mut workspace("clippy --workspace --all-targets -- -D warnings"))?;
                // The runtime is also used without a client.
                shown(&mut workspace(
                    "clippy -p dataverse-runtime --lib --no-default-features -- -D warnings",
                ))?;
            }
            Self::Docs => {
                shown(workspace("doc --workspace --no-deps").env("RUSTDOCFLAGS", "-D warnings"))?;
            }
            Self::Tests => shown(&mut workspace("test --workspace"))?,
        }
        Ok(Done::Passed)
    }
}

/// Advisories come from a database that has to be fetched; where that isn't possible the rest is checked.
fn deny() -> Result<Done, Failure> {
    if !starts("cargo-deny", "--version") {
        eprintln!("cargo-deny is not installed: licences and sources of dependencies are not checked");
        return Ok(Done::Skipped);
    }
    let mut command = workspace("deny --workspace check --hide-inclusion-graph bans licenses sources");
    if quiet(&mut workspace("deny fetch db")).is_ok_and(|fetched| fetched.status.success()) {
        command.arg("advisories");
    } else {
        eprintln!("the database of advisories can't be fetched: they are not checked");
    }
    shown(&mut command)?;
    Ok(Done::Passed)
}

/// Cargo in the workspace, with the arguments between blanks.
fn workspace(arguments: &str) -> Command {
    let mut command = cargo();
    command.current_dir(root()).args(arguments.split(' '));
    command
}
