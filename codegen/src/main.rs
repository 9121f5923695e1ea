//! `dataverse-codegen`: see `dataverse-codegen --help`.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
