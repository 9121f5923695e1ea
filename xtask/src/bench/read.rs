//! `cargo xtask bench read`: runs the bench of the same name, which needs the example's crate and so lives with the tests.

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
        "dataverse-tests",
        "--bench",
        "read",
    ]))
}
