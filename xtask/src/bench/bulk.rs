//! `cargo xtask bench bulk`: runs the bench of the same name, which needs the emulator and the example's crate and so lives
//! with the end-to-end tests.

use clap::Args;

use super::bench_of;
use crate::Failure;
use crate::process::shown;

/// How the limits are shortened.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The limits' window in seconds. The service's is 300.
    #[arg(long, default_value_t = 60)]
    window: u32,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let mut bench = bench_of("dataverse-end-to-end", "bulk");
    shown(bench.args(["--", "--window"]).arg(arguments.window.to_string()))
}
