//! The command line: arguments in, exit code out. 0 is success, 1 a failure, 2 wrong arguments or, of `drift` and
//! `regenerate --check`, that something changed that is denied.

#[cfg(feature = "fetch")]
mod doctor;
mod drift;
mod file;
mod generate;
mod init;
mod inspect;
#[cfg(feature = "fetch")]
mod regenerate;
mod report;
mod side;
mod snapshot;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Reads the metadata of a Dataverse environment and writes a typed Rust crate.
///
/// A project says in dataverse.toml which environments it has and what it wants of them: `init` writes the file,
/// `regenerate` fetches, writes a snapshot per environment, and generates the crate.
///
/// The steps by themselves: `snapshot` reads the environment's documents ($metadata and table definitions) and writes the
/// schema as a folder of sorted JSON files, made to be checked in and reviewed. `generate` turns a snapshot into a crate;
/// it needs nothing else, and the same snapshot gives the same bytes everywhere.
#[derive(Parser)]
#[command(version, after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Say nothing but errors.
    #[arg(long, short, global = true)]
    quiet: bool,
}

const EXAMPLES: &str = "\
Examples:
  dataverse-codegen init my-service --url https://contoso.crm4.dynamics.com --tables account,contact
  dataverse-codegen doctor
  dataverse-codegen regenerate
  dataverse-codegen regenerate --check
  dataverse-codegen snapshot --metadata metadata.xml --definitions definitions/ --out schema/
  dataverse-codegen snapshot --metadata metadata.xml --out schema/ --tables 'account,contact,rsk_*'
  dataverse-codegen generate --snapshot schema/ --out crm/ --crate-name crm
  dataverse-codegen inspect --snapshot schema/ account
  dataverse-codegen inspect --snapshot schema/ --html schema.html
  dataverse-codegen drift schema/ schema-of-prod/ --deny breaking

Exit codes: 0 success, 1 failure (with the reason on standard error), 2 wrong arguments. Those of drift and of
regenerate --check are their own: see their --help.";

#[derive(Subcommand)]
enum Command {
    Init(init::Arguments),
    #[cfg(feature = "fetch")]
    Regenerate(regenerate::Arguments),
    #[cfg(feature = "fetch")]
    Doctor(doctor::Arguments),
    Snapshot(snapshot::Arguments),
    Generate(generate::Arguments),
    Inspect(inspect::Arguments),
    Drift(drift::Arguments),
}

/// How a run ended that did not fail.
enum Ended {
    Well,
    /// Something changed that is denied.
    Denied,
    /// What was looked at is wrong, and that was told.
    #[cfg(feature = "fetch")]
    Badly,
}

/// The exit code of changes that are denied.
const DENIED: u8 = 2;

/// A failure as the user sees it: what went wrong, and what can be done about it.
struct Failure {
    message: String,
    help: Option<String>,
}

impl Failure {
    fn new(error: impl std::fmt::Display) -> Self {
        Self {
            message: error.to_string(),
            help: None,
        }
    }

    fn help(self, help: impl Into<String>) -> Self {
        Self {
            help: Some(help.into()),
            ..self
        }
    }
}

/// Runs the program.
pub(crate) fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return wrong(&error),
    };
    let report = report::Report::new(arguments.quiet);
    let result = match arguments.command {
        Command::Init(arguments) => init::run(&arguments, &report),
        #[cfg(feature = "fetch")]
        Command::Regenerate(arguments) => regenerate::run(&arguments, &report),
        #[cfg(feature = "fetch")]
        Command::Doctor(arguments) => doctor::run(&arguments, &report),
        Command::Snapshot(arguments) => snapshot::run(&arguments, &report).map(|()| Ended::Well),
        Command::Generate(arguments) => generate::run(arguments, &report).map(|()| Ended::Well),
        Command::Inspect(arguments) => inspect::run(&arguments, &report).map(|()| Ended::Well),
        Command::Drift(arguments) => drift::run(&arguments, &report),
    };
    match result {
        Ok(Ended::Well) => ExitCode::SUCCESS,
        Ok(Ended::Denied) => ExitCode::from(DENIED),
        #[cfg(feature = "fetch")]
        Ok(Ended::Badly) => ExitCode::FAILURE,
        Err(failure) => {
            for line in failure.message.lines() {
                eprintln!("error: {}", report::harmless(line));
            }
            if let Some(help) = failure.help {
                eprintln!("help: {help}");
            }
            ExitCode::FAILURE
        }
    }
}

/// Arguments that can't be read, or a question for help. The 2 of `drift` means denied changes and nothing else.
fn wrong(error: &clap::Error) -> ExitCode {
    let printed = error.print();
    let drift = std::env::args_os()
        .skip(1)
        .find(|of| !of.to_string_lossy().starts_with('-'));
    match (error.exit_code(), drift) {
        (0, _) if printed.is_ok() => ExitCode::SUCCESS,
        (_, Some(command)) if command == "drift" => ExitCode::FAILURE,
        _ => ExitCode::from(2),
    }
}
