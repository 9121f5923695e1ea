//! The command line: arguments in, exit code out. 0 is success, 1 a failure, 2 wrong arguments.

#[cfg(feature = "fetch")]
mod doctor;
mod generate;
mod init;
mod inspect;
#[cfg(feature = "fetch")]
mod regenerate;
mod report;
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

Exit codes: 0 success, 1 failure (with the reason on standard error), 2 wrong arguments, or something that a check was
to find: a project that isn't up to date.";

/// The exit code of a check that found what it looks for.
#[cfg(feature = "fetch")]
const DRIFT: u8 = 2;

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
}

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
    let arguments = Arguments::parse();
    let report = report::Report::new(arguments.quiet);
    let done = |()| ExitCode::SUCCESS;
    let result = match arguments.command {
        Command::Init(arguments) => init::run(&arguments, &report),
        #[cfg(feature = "fetch")]
        Command::Regenerate(arguments) => regenerate::run(&arguments, &report),
        #[cfg(feature = "fetch")]
        Command::Doctor(arguments) => doctor::run(&arguments, &report),
        Command::Snapshot(arguments) => snapshot::run(&arguments, &report).map(done),
        Command::Generate(arguments) => generate::run(arguments, &report).map(done),
        Command::Inspect(arguments) => inspect::run(&arguments).map(done),
    };
    match result {
        Ok(code) => code,
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
