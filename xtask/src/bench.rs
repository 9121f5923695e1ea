//! `cargo xtask bench`: figures to hold against the bars, as ratios within one run.

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::{Args, Subcommand};
use dataverse_codegen::emit::Options;
use dataverse_codegen::{documents, project};

use crate::Failure;
use crate::process::{cargo, shown};

/// What can be measured.
#[derive(Subcommand)]
pub(crate) enum Bench {
    /// Reading, snapshot and generation beside a bare walk of the same bytes.
    Generate(Environment),
    #[command(hide = true)]
    GenerateMeasured(Environment),
}

/// A folder with `metadata.xml` and `EntityDefinitions.json`.
#[derive(Args)]
pub(crate) struct Environment {
    /// The folder.
    #[arg(long, value_name = "DIR")]
    env: PathBuf,
    /// How often each is measured; the fastest counts.
    #[arg(long, default_value_t = 5)]
    rounds: u32,
}

pub(crate) fn run(bench: &Bench) -> Result<(), Failure> {
    match bench {
        Bench::Generate(environment) => {
            let mut command = cargo();
            command.args([
                "run",
                "--release",
                "--quiet",
                "--package",
                "xtask",
                "--",
                "bench",
                "generate-measured",
                "--env",
            ]);
            shown(
                command
                    .arg(&environment.env)
                    .args(["--rounds", &environment.rounds.to_string()]),
            )
        }
        Bench::GenerateMeasured(environment) => generate(environment),
    }
}

fn generate(environment: &Environment) -> Result<(), Failure> {
    let (xml, json) = (
        environment.env.join("metadata.xml"),
        environment.env.join("EntityDefinitions.json"),
    );
    let size = fs::metadata(&xml)?.len() + fs::metadata(&json)?.len();
    let road = |work: &Path| -> Result<(), Failure> {
        let (schema, _) = documents::read(Some(&xml), std::slice::from_ref(&json))?;
        let snapshot = work.join("snapshot");
        project::write_snapshot(&schema, &snapshot)?;
        drop(schema);
        let generated = project::generate(&snapshot, &Options::default())?;
        project::write_crate(generated, &snapshot, &work.join("crate"))?;
        Ok(())
    };
    // First, so that nothing else has raised the peak.
    road(tempfile::tempdir()?.path())?;
    let peak = peak_memory();
    let mut best = [f64::MAX; 3];
    for _ in 0..environment.rounds {
        best[0] = best[0].min(seconds(|| walk(&xml, &json))?);
        best[1] = best[1].min(seconds(|| {
            black_box(documents::read(Some(&xml), std::slice::from_ref(&json))?);
            Ok(())
        })?);
        let work = tempfile::tempdir()?;
        best[2] = best[2].min(seconds(|| road(work.path()))?);
    }
    let [walk, read, all] = best;
    println!("input                {:.1} MB", size as f64 / 1e6);
    println!(
        "bare walk            {walk:.3} s (files read, then quick-xml and serde_json to the end, one thread)"
    );
    println!(
        "read into the schema {read:.3} s, {:.2} x the walk (bar: 3)",
        read / walk
    );
    println!(
        "the whole road       {all:.3} s, {:.2} x the walk (bar: 12)",
        all / walk
    );
    if let Some(peak) = peak {
        println!(
            "peak memory          {:.1} MB, {:.2} x the input (bar: 2)",
            peak / 1e6,
            peak / size as f64
        );
    }
    Ok(())
}

fn seconds(work: impl FnOnce() -> Result<(), Failure>) -> Result<f64, Failure> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed().as_secs_f64())
}

fn walk(xml: &Path, json: &Path) -> Result<(), Failure> {
    let text = fs::read(xml)?;
    let mut reader = quick_xml::Reader::from_reader(&text[..]);
    while !matches!(reader.read_event()?, quick_xml::events::Event::Eof) {}
    drop(text);
    let text = fs::read(json)?;
    black_box(serde_json::from_slice::<serde::de::IgnoredAny>(&text)?);
    Ok(())
}

/// The most memory that this process has had, in bytes, where the system tells.
fn peak_memory() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim()
        .strip_suffix(" kB")?
        .trim()
        .parse::<f64>()
        .ok()
        .map(|kilobytes| kilobytes * 1024.0)
}
