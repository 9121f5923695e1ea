//! `dataverse-codegen doctor`.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use dataverse_codegen::config::FILE;
use dataverse_codegen::doctor::{Finding, State, examine};

use super::regenerate::read_config;
use super::report::{Report, harmless};
use super::{Ended, Failure};

/// Look at the connection to an environment: sign-in, version, limits, the user and its rights, metadata.
///
/// Says of each thing that is wrong what to do. Exits with 1 if something doesn't work.
#[derive(Args)]
pub(super) struct Arguments {
    /// The file that says which environments there are.
    #[arg(long, value_name = "FILE", default_value = FILE)]
    config: PathBuf,
    /// The environment [default: the base].
    #[arg(long, value_name = "NAME")]
    env: Option<String>,
}

pub(super) fn run(arguments: &Arguments, report: &Report) -> Result<Ended, Failure> {
    let config = read_config(&arguments.config)?;
    let name = arguments.env.as_ref().unwrap_or(&config.base);
    let working = report.working("looking");
    let findings = examine(&config, name).map_err(Failure::new)?;
    working.finish_and_clear();
    let mut out = std::io::stdout().lock();
    // Whoever reads this may have enough.
    let _ = writeln!(out, "{name}").and_then(|()| findings.iter().try_for_each(|of| show(of, &mut out)));
    let wrong = findings.iter().any(|of| of.state == State::Wrong);
    Ok(if wrong { Ended::Badly } else { Ended::Well })
}

fn show(finding: &Finding, out: &mut impl Write) -> std::io::Result<()> {
    let word = match finding.state {
        State::Fine => "ok",
        State::Unknown => "?",
        State::Hint => "hint",
        State::Wrong => "WRONG",
    };
    writeln!(out, "  {word:<6}{:<24}{}", finding.what, harmless(&finding.found))?;
    match &finding.advice {
        Some(advice) => writeln!(out, "  {:<6}{:<24}-> {}", "", "", harmless(advice)),
        None => Ok(()),
    }
}
