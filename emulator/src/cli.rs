//! The command line: arguments in, a server, exit code out. 0 is a server that was stopped, 1 a failure, 2 wrong arguments.

use clap::{Parser, ValueEnum};
use dataverse_codegen::schema::Schema;
use dataverse_codegen::snapshot;
use dataverse_emulator::identity::Auth;
use dataverse_emulator::limits::Limits;
use dataverse_emulator::{Emulator, Environment, Settings};
use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// A Dataverse Web API on this machine, with any snapshot as its schema.
///
/// It prints its address on the first line of standard output and serves until it is interrupted. Tokens are issued under
/// the same address, at `/{tenant}/oauth2/v2.0/token`; `/emulator/` controls rows, faults, the clock and the
/// request log.
#[derive(Parser)]
#[command(version, after_help = EXAMPLES)]
struct Arguments {
    /// The folder of the snapshot, as `dataverse-codegen snapshot` writes it.
    #[arg(long, value_name = "DIR")]
    snapshot: PathBuf,
    /// The file in which rows are kept. Without one they end with the program.
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// Rows to start with: JSON, an object with an array of rows for each entity set. A data file that holds rows already
    /// isn't seeded again.
    #[arg(long, value_name = "FILE")]
    seed: Option<PathBuf>,
    /// Limits, calendars and languages: a JSON file with members of `dataverse_emulator::Settings`, such as
    /// `{"page": 100, "week": "monday", "time_zone": "Europe/Oslo"}`.
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
    /// The address to listen on. Port 0 is any free port.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8014")]
    listen: String,
    /// Another address under which clients reach this server, such as that of a proxy: tokens may be for it.
    #[arg(long, value_name = "URL")]
    public: Option<String>,
    /// Who has to show a token.
    #[arg(long, value_enum, default_value_t = Mode::Anonymous)]
    auth: Mode,
    /// Speak HTTPS, with a certificate made on the spot.
    #[arg(long)]
    tls: bool,
    /// Where to write the certificate, in PEM form, for clients to trust.
    #[arg(long, value_name = "FILE", requires = "tls")]
    certificate: Option<PathBuf>,
    /// No protection limits.
    #[arg(long)]
    unlimited: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Mode {
    /// Nobody: calls without a token are the administrator's.
    Anonymous,
    /// Everybody.
    Required,
}

const EXAMPLES: &str = "\
Examples:
  dataverse-emulator --snapshot schema/
  dataverse-emulator --snapshot schema/ --listen 127.0.0.1:0 --auth required
  dataverse-emulator --snapshot schema/ --data rows.db --seed rows.json
  dataverse-emulator --snapshot schema/ --tls --certificate emulator.pem

  curl -X POST http://127.0.0.1:8014/emulator/faults \\
       -H 'Content-Type: application/json' -d '{\"rules\":[{\"every\":3,\"fails\":{\"status\":503}}]}'

Exit codes: 0 stopped, 1 failure (with the reason on standard error), 2 wrong arguments.";

/// Runs the program.
pub(crate) fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error),
    };
    match runtime.block_on(serve(arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(error.as_ref()),
    }
}

fn failed(error: &dyn Error) -> ExitCode {
    eprintln!("error: {error}");
    ExitCode::FAILURE
}

/// The environment with its rows.
fn open(arguments: &Arguments, schema: Schema) -> Result<Environment, Box<dyn Error>> {
    let mut builder = Environment::builder(schema);
    if let Some(file) = &arguments.data {
        builder = builder.file(file);
    }
    if let Some(file) = &arguments.settings {
        builder = builder.settings(settings(file)?);
    }
    let environment = builder.open()?;
    if let Some(file) = &arguments.seed
        && environment.is_fresh()?
    {
        let rows = std::fs::read_to_string(file).map_err(|error| format!("`{}`: {error}", file.display()))?;
        environment
            .seed(&rows)
            .map_err(|error| format!("`{}`: {error}", file.display()))?;
    }
    Ok(environment)
}

fn settings(file: &Path) -> Result<Settings, Box<dyn Error>> {
    let named = |error: &dyn Error| format!("`{}`: {error}", file.display());
    let text = std::fs::read_to_string(file).map_err(|error| named(&error))?;
    Ok(serde_json::from_str(&text).map_err(|error| named(&error))?)
}

async fn serve(arguments: Arguments) -> Result<(), Box<dyn Error>> {
    let read = snapshot::read(&arguments.snapshot)?;
    let environment = Arc::new(open(&arguments, read.schema)?);
    let mut builder = Emulator::builder(environment)
        .listen(&arguments.listen)
        .auth(match arguments.auth {
            Mode::Anonymous => Auth::Anonymous,
            Mode::Required => Auth::Required,
        });
    if let Some(public) = &arguments.public {
        builder = builder.public(public);
    }
    if arguments.tls {
        builder = builder.tls();
    }
    if arguments.unlimited {
        builder = builder.limits(Limits::none());
    }
    let running = builder.start().await?;
    if let (Some(file), Some(pem)) = (&arguments.certificate, running.certificate()) {
        std::fs::write(file, pem)?;
    }
    let mut out = std::io::stdout();
    writeln!(out, "{}", running.api())?;
    out.flush()?;
    tokio::signal::ctrl_c().await?;
    running.stop().await;
    Ok(())
}
