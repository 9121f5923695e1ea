//! `dataverse-emulator`: see `dataverse-emulator --help`.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
