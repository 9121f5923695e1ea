//! `cargo xtask test`: the one test command.

use std::process::Command;
use std::time::Instant;

use crate::process::{cargo, shown};
use crate::{Failure, example, root};

/// What a step does.
type Step<'s> = &'s dyn Fn() -> Result<(), Failure>;

/// Runs all steps, fast ones first, up to the first that fails.
pub(crate) fn run() -> Result<(), Failure> {
    let steps: [(&str, Step<'_>); 5] = [
        ("format", &|| shown(&mut workspace(&["fmt", "--all", "--check"]))),
        ("the example is what its snapshot generates", &|| {
            example::run(true)
        }),
        ("clippy", &|| {
            shown(&mut workspace(&[
                "clippy",
                "--workspace",
                "--all-targets",
                "--",
                "-D",
                "warnings",
            ]))
        }),
        ("docs", &|| {
            shown(workspace(&["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))
        }),
        ("tests", &|| shown(&mut workspace(&["test", "--workspace"]))),
    ];
    let mut took = Vec::new();
    for (name, step) in steps {
        eprintln!("\n== {name}");
        let start = Instant::now();
        step().map_err(|failure| format!("{name}: {failure}"))?;
        took.push(format!("{name} {:.0} s", start.elapsed().as_secs_f64()));
    }
    eprintln!("\nall passed: {}", took.join(", "));
    Ok(())
}

fn workspace(arguments: &[&str]) -> Command {
    let mut command = cargo();
    command.current_dir(root()).args(arguments);
    command
}
