//! `cargo xtask fuzz`: hostile bytes for everything that reads.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::{Args, ValueEnum};

use crate::process::{cargo, quiet, shown, target};
use crate::{Failure, root};

/// Feed hostile bytes to what reads documents, snapshots and batches, and check what is made of them.
///
/// The targets are libFuzzer's, guided by coverage; a stable compiler and a C++ compiler are all it needs. Whatever is read must be
/// written and read back as the same, and generate a crate that is Rust, with names that are distinct and stay. A failing input
/// is kept in fuzz/artifacts/TARGET and run again with `cargo xtask fuzz TARGET --input FILE`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// What is fed [default: all, one after the other].
    target: Option<Target>,
    /// How long, for each target.
    #[arg(long, value_name = "NUMBER", default_value_t = 60)]
    seconds: u32,
    /// More documents to start from, such as captured ones.
    #[arg(long, value_name = "DIR")]
    corpus: Vec<PathBuf>,
    /// Run these inputs once instead.
    #[arg(long, value_name = "FILE", requires = "target")]
    input: Vec<PathBuf>,
    /// Go on after a failing input and gather more of them.
    #[arg(long)]
    keep_going: bool,
    /// Where the random choices start.
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u32,
}

/// What takes bytes.
#[derive(Clone, Copy, ValueEnum)]
enum Target {
    /// A batch, as the emulator reads it: its content type, and its body after a line break.
    Batch,
    /// A `$metadata` document.
    Csdl,
    /// A body of definitions.
    Definitions,
    /// A query in FetchXML.
    Fetchxml,
    /// Paths, queries and their options, as URLs hold them.
    Odata,
    /// A table's file in a snapshot.
    Snapshot,
}

impl Target {
    fn name(self) -> &'static str {
        match self {
            Self::Batch => "batch",
            Self::Csdl => "csdl",
            Self::Definitions => "definitions",
            Self::Fetchxml => "fetchxml",
            Self::Odata => "odata",
            Self::Snapshot => "snapshot",
        }
    }

    /// Fixtures of the workspace that are good to start from too.
    fn fixtures(self) -> Option<&'static str> {
        match self {
            Self::Csdl => Some("codegen/tests/csdl"),
            Self::Batch | Self::Definitions | Self::Fetchxml | Self::Odata => None,
            Self::Snapshot => Some("generated-example/snapshot/tables"),
        }
    }

    /// The words that inputs are made of.
    fn dictionary(self) -> &'static str {
        match self {
            Self::Batch => "batch.dict",
            Self::Csdl => "csdl.dict",
            Self::Fetchxml => "fetchxml.dict",
            Self::Odata => "odata.dict",
            Self::Definitions | Self::Snapshot => "json.dict",
        }
    }
}

/// What makes the compiler count the edges and comparisons that an input reaches, as libFuzzer wants it.
const INSTRUMENTED: &str = "-Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares \
    --cfg fuzzing";

/// In a process of its own for each stretch, so that one that dies takes nothing along.
const KEEP_GOING: &[&str] = &[
    "-fork=1",
    "-ignore_crashes=1",
    "-ignore_timeouts=1",
    "-ignore_ooms=1",
];

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let programs = build()?;
    let targets = match &arguments.target {
        Some(target) => std::slice::from_ref(target),
        None => Target::value_variants(),
    };
    let temporary = tempfile::tempdir()?;
    let mut failed = Vec::new();
    for target in targets {
        eprintln!("\n== {}", target.name());
        let program = programs.join(target.name());
        let mut command = feed(*target, &program, arguments)?;
        if shown(command.env("TMPDIR", temporary.path())).is_err() {
            failed.push(target.name());
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    let names = failed.join(", ");
    Err(
        format!("failed: {names}; the inputs are in fuzz/artifacts, what is wrong with them is told above")
            .into(),
    )
}

/// Builds the targets and gives the folder that they are in.
fn build() -> Result<PathBuf, Failure> {
    let target = target().join("fuzz");
    let host = host()?;
    let mut command = cargo();
    command
        .current_dir(root().join("fuzz"))
        .args(["build", "--release", "--bins", "--target", &host])
        .env("CARGO_TARGET_DIR", &target)
        .env("RUSTFLAGS", INSTRUMENTED);
    shown(&mut command)?;
    Ok(target.join(host).join("release"))
}

/// The platform. Named, so that build scripts and macros are not instrumented.
fn host() -> Result<String, Failure> {
    let output = quiet(Command::new("rustc").arg("--version").arg("--verbose"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned)
        .ok_or_else(|| "rustc doesn't tell its host".into())
}

fn feed(target: Target, program: &Path, arguments: &Arguments) -> Result<Command, Failure> {
    let fuzz = root().join("fuzz");
    let artifacts = fuzz.join("artifacts").join(target.name());
    let grown = fuzz.join("corpus").join(target.name());
    fs::create_dir_all(&artifacts)?;
    fs::create_dir_all(&grown)?;
    let mut command = Command::new(program);
    // One thread: what other threads reach would be counted for the wrong input.
    command.env("RAYON_NUM_THREADS", "1");
    command.arg(format!("-artifact_prefix={}/", artifacts.display()));
    if !arguments.input.is_empty() {
        command.args(&arguments.input);
        return Ok(command);
    }
    command
        .args(["-timeout=10", "-rss_limit_mb=4096", "-max_len=65536"])
        .args(["-print_final_stats=1", "-verbosity=0"])
        .arg(format!("-max_total_time={}", arguments.seconds))
        .arg(format!("-seed={}", arguments.seed))
        .arg(format!(
            "-dict={}",
            fuzz.join("dictionaries").join(target.dictionary()).display()
        ))
        .arg(&grown)
        .arg(fuzz.join("seeds").join(target.name()))
        .args(if arguments.keep_going { KEEP_GOING } else { &[] })
        .args(target.fixtures().map(|folder| root().join(folder)))
        .args(&arguments.corpus);
    Ok(command)
}
