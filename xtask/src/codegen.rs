//! `cargo xtask regenerate` and `cargo xtask drift`: the commands of `dataverse-codegen`, on this workspace.

use std::process::ExitCode;

use clap::Args;

use crate::process::cargo;
use crate::root;

/// Fetch the environments of dataverse.toml, write their snapshots, and generate the crate.
#[derive(Args)]
pub(crate) struct Regenerate {
    /// One environment alone.
    #[arg(long, value_name = "NAME")]
    env: Option<String>,
    /// Change nothing; exit with 2 if something would change.
    #[arg(long)]
    check: bool,
    /// More arguments of `dataverse-codegen regenerate`.
    #[arg(last = true)]
    more: Vec<String>,
}

/// Compare an environment with a snapshot or another environment, by meaning.
#[derive(Args)]
pub(crate) struct Drift {
    /// The environment that programs meet [default: the base].
    #[arg(long, value_name = "NAME")]
    env: Option<String>,
    /// What they were built for: a snapshot or an environment [default: the base's snapshot].
    #[arg(long, value_name = "SNAPSHOT|ENV")]
    against: Option<String>,
    /// The form of the report: text, markdown, json or html.
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
    /// Which changes make the exit code 2: breaking, additive or any.
    #[arg(long, value_name = "CHANGES")]
    deny: Option<String>,
    /// Which lines of the program at this path break.
    #[arg(long, value_name = "PATH")]
    impact: Option<String>,
    /// More arguments of `dataverse-codegen drift`.
    #[arg(last = true)]
    more: Vec<String>,
}

pub(crate) fn regenerate(arguments: &Regenerate) -> ExitCode {
    let mut words = vec!["regenerate".to_owned()];
    option(&mut words, "--env", arguments.env.as_ref());
    words.extend(arguments.check.then(|| "--check".to_owned()));
    words.extend(arguments.more.iter().cloned());
    run(&words)
}

pub(crate) fn drift(arguments: &Drift) -> ExitCode {
    // The environment first: an option that takes several values would take it too.
    let mut words: Vec<String> = ["drift".to_owned()]
        .into_iter()
        .chain(arguments.env.clone())
        .collect();
    option(&mut words, "--against", arguments.against.as_ref());
    option(&mut words, "--format", arguments.format.as_ref());
    option(&mut words, "--deny", arguments.deny.as_ref());
    option(&mut words, "--impact", arguments.impact.as_ref());
    words.extend(arguments.more.iter().cloned());
    run(&words)
}

fn option(words: &mut Vec<String>, name: &str, value: Option<&String>) {
    if let Some(value) = value {
        words.extend([name.to_owned(), value.clone()]);
    }
}

/// Runs `dataverse-codegen` in the workspace's folder, and ends as it ends.
fn run(words: &[String]) -> ExitCode {
    let status = cargo()
        .current_dir(root())
        .args(["run", "--quiet", "--package", "dataverse-codegen", "--"])
        .args(words)
        .status();
    match status.map(|status| status.code()) {
        Ok(Some(code)) => ExitCode::from(u8::try_from(code).unwrap_or(1)),
        Ok(None) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: can't start cargo: {error}");
            ExitCode::FAILURE
        }
    }
}
