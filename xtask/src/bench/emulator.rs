//! `cargo xtask bench emulator`: queries of 100,000 rows, without HTTP.

use crate::Failure;
use crate::process::{cargo, shown};
use crate::root;

pub(super) fn run() -> Result<(), Failure> {
    let mut bench = cargo();
    bench.current_dir(root());
    shown(bench.args([
        "bench",
        "--quiet",
        "--package",
        "dataverse-emulator",
        "--bench",
        "queries",
    ]))
}
