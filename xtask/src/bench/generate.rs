//! `cargo xtask bench generate`: reading and generating beside a bare walk of the same bytes.

use std::env;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;
use dataverse_codegen::emit::Options;
use dataverse_codegen::schema::Schema;
use dataverse_codegen::{documents, project};

use super::Documents;
use super::figures::Rounds;
use crate::Failure;
use crate::process::{cargo, quiet, shown};

/// Reading, snapshot and generation beside a bare walk of the same bytes.
///
/// In one process, round by round: quick-xml and serde_json to the end of the documents (one thread, nothing kept); reading
/// them into the schema; and the whole road to the snapshot and the crate's files on disk. The whole road's peak memory is that
/// of a process of its own. Builds itself in release mode first.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    environment: super::Environment,
    /// A smaller environment, to see how cost grows with size.
    #[arg(long, value_name = "ENV_DIR")]
    small: Option<PathBuf>,
    /// How often each is measured.
    #[arg(long, value_name = "NUMBER", default_value_t = 7)]
    rounds: u32,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let large = Documents::of(&arguments.environment.env)?;
    let small = arguments.small.as_deref().map(Documents::of).transpose()?;
    if cfg!(debug_assertions) {
        // The same again, with these arguments, as it would be used.
        let mut command = cargo();
        command.args(["run", "--release", "--quiet", "--package", "xtask", "--"]);
        return shown(command.args(env::args_os().skip(1)));
    }
    let measured = Measured::of(&large, arguments.rounds)?;
    measured.print();
    print_peak(&arguments.environment.env, measured.size)?;
    if let Some(documents) = small {
        let small = Measured::of(&documents, arguments.rounds)?;
        print_growth(&small, &measured);
    }
    Ok(())
}

/// The figures of one environment.
struct Measured {
    tables: usize,
    columns: usize,
    size: u64,
    walk: Rounds,
    walk_of_files: Rounds,
    read: Rounds,
    road: Rounds,
}

impl Measured {
    fn of(documents: &Documents, rounds: u32) -> Result<Self, Failure> {
        let (metadata, definitions) = (fs::read(&documents.metadata)?, fs::read(&documents.definitions)?);
        let mut measured = Self {
            tables: 0,
            columns: 0,
            size: (metadata.len() + definitions.len()) as u64,
            walk: Rounds::default(),
            walk_of_files: Rounds::default(),
            read: Rounds::default(),
            road: Rounds::default(),
        };
        for _ in 0..rounds.max(1) {
            measured.walk.time(|| walk(&metadata, &definitions))?;
            measured.walk_of_files.time(|| {
                walk(
                    &fs::read(&documents.metadata)?,
                    &fs::read(&documents.definitions)?,
                )
            })?;
            let schema = measured.read.time(|| read(documents))?;
            measured.tables = schema.tables.len();
            measured.columns = schema.tables.values().map(|table| table.columns.len()).sum();
            drop(schema);
            let work = tempfile::tempdir()?;
            measured.road.time(|| road(documents, work.path()))?;
        }
        Ok(measured)
    }

    fn print(&self) {
        let (tables, columns, size) = (self.tables, self.columns, self.size as f64 / 1e6);
        println!("{tables} tables, {columns} columns, {size:.1} MB of documents");
        println!(
            "{:<34} {:>9} {:>9} {:>12} {:>16} {:>6}",
            "seconds", "least", "median", "of the walk", "of it with files", "bar"
        );
        let (walk, with_files) = (self.walk.min(), self.walk_of_files.min());
        let line = |name: &str, rounds: &Rounds, bar: &str| {
            let (least, median) = (rounds.min(), rounds.median());
            let (ratio, other) = (least / walk, least / with_files);
            println!("{name:<34} {least:>9.4} {median:>9.4} {ratio:>12.2} {other:>16.2} {bar:>6}");
        };
        line("walk of the bytes", &self.walk, "");
        line("walk with reading the files", &self.walk_of_files, "");
        line("documents to schema", &self.read, "3");
        line("documents to snapshot and crate", &self.road, "12");
    }
}

/// Goes through the bytes as the parsers do when nothing is wanted of them.
fn walk(metadata: &[u8], definitions: &[u8]) -> Result<(), Failure> {
    let mut reader = quick_xml::Reader::from_reader(metadata);
    while !matches!(black_box(reader.read_event()?), quick_xml::events::Event::Eof) {}
    black_box(serde_json::from_slice::<serde::de::IgnoredAny>(definitions)?);
    Ok(())
}

fn read(of: &Documents) -> Result<Schema, Failure> {
    Ok(documents::read(Some(&of.metadata), std::slice::from_ref(&of.definitions))?.0)
}

/// From the documents to the files of the snapshot and the crate.
fn road(of: &Documents, work: &Path) -> Result<(), Failure> {
    let snapshot = work.join("snapshot");
    let schema = read(of)?;
    project::write_snapshot(&schema, &snapshot)?;
    drop(schema);
    let generated = project::generate(&snapshot, &Options::default())?;
    project::write_crate(generated, &snapshot, &work.join("crate"))?;
    Ok(())
}

/// Goes the whole road once and prints the most memory that this process has had, in bytes.
pub(super) fn peak(of: &Documents) -> Result<(), Failure> {
    let work = tempfile::tempdir()?;
    road(of, work.path())?;
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes: u64 = line.unwrap_or_default().trim_end_matches("kB").trim().parse()?;
    println!("{}", kilobytes * 1024);
    Ok(())
}

fn print_peak(env: &Path, size: u64) -> Result<(), Failure> {
    let mut command = Command::new(env::current_exe()?);
    let output = quiet(command.args(["bench", "peak", "--env"]).arg(env))?;
    let text = String::from_utf8_lossy(&output.stdout);
    match text.trim().parse::<f64>() {
        Ok(peak) => println!(
            "{:<34} {:>6.0} MB, {:.2} times the input (bar: 2)",
            "peak memory of the whole road",
            peak / 1e6,
            peak / size as f64
        ),
        Err(_) => println!("peak memory of the whole road: this system doesn't tell"),
    }
    Ok(())
}

fn print_growth(small: &Measured, large: &Measured) {
    println!(
        "\nagainst {} tables ({:.1} MB)",
        small.tables,
        small.size as f64 / 1e6
    );
    let line = |name: &str, seconds: fn(&Measured) -> f64| {
        let per_table = |of: &Measured| seconds(of) / of.tables as f64 * 1e6;
        let per_byte = |of: &Measured| seconds(of) / of.size as f64;
        let (small_one, large_one) = (per_table(small), per_table(large));
        println!(
            "{name:<34} {small_one:>7.1} -> {large_one:>7.1} microseconds per table, {:.2} times per table, {:.2} times per byte",
            large_one / small_one,
            per_byte(large) / per_byte(small)
        );
    };
    line("walk of the bytes", |of| of.walk.min());
    line("documents to schema", |of| of.read.min());
    line("documents to snapshot and crate", |of| of.road.min());
}
