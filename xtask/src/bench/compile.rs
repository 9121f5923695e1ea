//! `cargo xtask bench compile`: what generated code costs the compiler, beside a reference written for the same tables.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use clap::Args;
use dataverse_codegen::documents;
use dataverse_codegen::schema::{Patterns, Schema, Selection};

use super::derives::{self, Cost, DERIVES};
use super::figures::Rounds;
use super::{Documents, Environment};
use crate::Failure;
use crate::generated::{options, write};
use crate::process::{cargo_in, first_errors, quiet, starts, target};

/// `cargo check` of the generated crate beside that of a reference, and of a selection of 20 tables.
///
/// Dependencies are built before; then only the crate itself is checked, in turns, without incremental compilation.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    environment: Environment,
    /// A Python program that writes the reference: `python3 FILE ENV_DIR OUT_DIR` makes a workspace with a crate `crm`.
    #[arg(long, value_name = "FILE")]
    reference: Option<PathBuf>,
    /// How often each is measured.
    #[arg(long, value_name = "NUMBER", default_value_t = 3)]
    rounds: u32,
}

/// Tables of the selection.
const SELECTED: usize = 20;

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let of = Documents::of(&arguments.environment.env)?;
    let (schema, _) = documents::read(Some(&of.metadata), std::slice::from_ref(&of.definitions))?;
    let (columns, choices) = counts(&schema);
    println!(
        "{} tables, {columns} columns, {choices} choices",
        schema.tables.len()
    );
    let work = target().join("bench");
    let step = (schema.tables.len() / SELECTED).max(1);
    let selected: Vec<&String> = schema.tables.keys().step_by(step).take(SELECTED).collect();
    let selection = Selection {
        tables: Patterns::new(selected)?,
        ..Selection::default()
    };
    let mut subjects = vec![Subject::generated(&schema, "crm", &work)?];
    subjects.push(Subject::generated(
        &schema.select(&selection),
        "crm-selected",
        &work,
    )?);
    match &arguments.reference {
        Some(program) => subjects.push(Subject::reference(
            program,
            &arguments.environment.env,
            &work,
            (columns, choices),
        )?),
        None => println!("no --reference was given: there is nothing to compare with"),
    }
    for _ in 0..arguments.rounds.max(1) {
        subjects.iter_mut().try_for_each(Subject::check)?;
    }
    print(&subjects)?;
    let whole = work.join("crm").join("crate");
    let cost = derives::measure(&whole, &work, &work.join("target"), 3 * arguments.rounds)?;
    print_derives(&cost);
    Ok(())
}

fn counts(schema: &Schema) -> (usize, usize) {
    let columns = || schema.tables.values().flat_map(|table| &table.columns);
    let choices = columns().filter(|column| column.kind.choice().is_some());
    (columns().count(), choices.count())
}

/// A crate whose check is measured.
struct Subject {
    name: String,
    package: String,
    /// Where cargo is run.
    folder: PathBuf,
    target: PathBuf,
    /// The root of the crate, touched before each check.
    root: PathBuf,
    columns: usize,
    choices: usize,
    wall: Rounds,
    user: Rounds,
    /// The most memory that a process of the check had, in bytes.
    memory: f64,
}

impl Subject {
    fn generated(schema: &Schema, name: &str, work: &Path) -> Result<Self, Failure> {
        let folder = write(schema, &work.join(name), &options(name, &[])?)?;
        let (columns, choices) = counts(schema);
        let label = format!("generated, {} tables", schema.tables.len());
        let root = folder.join("src/lib.rs");
        Self::prepared(label, name, folder, work.join("target"), root, (columns, choices))
    }

    fn reference(
        program: &Path,
        env: &Path,
        work: &Path,
        (columns, choices): (usize, usize),
    ) -> Result<Self, Failure> {
        let folder = work.join("reference");
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        let output = quiet(Command::new("python3").arg(program).arg(env).arg(&folder))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(format!("{}: {}", program.display(), said.trim()).into());
        }
        let root = folder.join("crm/src/lib.rs");
        let target = work.join("reference-target");
        Self::prepared(
            "reference".to_owned(),
            "crm",
            folder,
            target,
            root,
            (columns, choices),
        )
    }

    fn prepared(
        name: String,
        package: &str,
        folder: PathBuf,
        target: PathBuf,
        root: PathBuf,
        (columns, choices): (usize, usize),
    ) -> Result<Self, Failure> {
        let mut subject = Self {
            name,
            package: package.to_owned(),
            folder,
            target,
            root,
            columns,
            choices,
            wall: Rounds::default(),
            user: Rounds::default(),
            memory: 0.0,
        };
        // Builds the dependencies too, and doesn't count.
        subject.check()?;
        (subject.wall, subject.user, subject.memory) = (Rounds::default(), Rounds::default(), 0.0);
        Ok(subject)
    }

    /// Checks the crate, and nothing else, once more.
    fn check(&mut self) -> Result<(), Failure> {
        let text = fs::read(&self.root)?;
        fs::write(&self.root, text)?;
        let cargo = cargo_in(&self.folder, &self.target);
        let arguments = ["check", "--message-format", "short", "--package", &self.package];
        let report = self.target.join("time");
        let timed = starts(TIME, "--version");
        let mut command = if timed {
            Command::new(TIME)
        } else {
            Command::new(cargo.get_program())
        };
        if timed {
            fs::create_dir_all(&self.target)?;
            command.args(["--format", "%U %M", "--output"]).arg(&report);
            command.arg(cargo.get_program());
        }
        command.args(arguments).current_dir(&self.folder);
        command.envs(cargo.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let start = Instant::now();
        let output = quiet(&mut command)?;
        self.wall.push(start.elapsed().as_secs_f64());
        if !output.status.success() {
            return Err(format!("{}: {}", self.name, first_errors(&output)).into());
        }
        if timed {
            let text = fs::read_to_string(&report)?;
            if let Some((user, kilobytes)) = text.trim().split_once(' ') {
                self.user.push(user.parse()?);
                self.memory = self.memory.max(kilobytes.parse::<f64>()? * 1024.0);
            }
        }
        Ok(())
    }

    /// The size of what the compiler keeps of the crate for those that use it.
    fn kept(&self) -> Result<u64, Failure> {
        let start = format!("lib{}-", self.package.replace('-', "_"));
        let mut newest = None;
        for entry in fs::read_dir(self.target.join("debug/deps"))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with(&start) && name.ends_with(".rmeta") {
                let of = entry.metadata()?;
                newest = newest.max(Some((of.modified()?, of.len())));
            }
        }
        Ok(newest.map_or(0, |(_, size)| size))
    }
}

/// The program that tells processor time and memory of what it runs.
const TIME: &str = "time";

fn print(subjects: &[Subject]) -> Result<(), Failure> {
    let headings = [
        "least s", "median s", "cpu s", "MB peak", "rmeta MB", "B/column", "B/choice",
    ];
    print!("{:<26}", "cargo check");
    headings.iter().for_each(|heading| print!(" {heading:>9}"));
    println!();
    for subject in subjects {
        let kept = subject.kept()? as f64;
        println!(
            "{:<26} {:>9.2} {:>9.2} {:>9.2} {:>9.0} {:>9.2} {:>9.0} {:>9.0}",
            subject.name,
            subject.wall.min(),
            subject.wall.median(),
            subject.user.min(),
            subject.memory / 1e6,
            kept / 1e6,
            kept / subject.columns.max(1) as f64,
            kept / subject.choices.max(1) as f64,
        );
    }
    if let [whole, selected, rest @ ..] = subjects {
        if let [reference] = rest {
            let ratio = whole.wall.min() / reference.wall.min();
            println!("the whole: {ratio:.2} times the reference (bar: 1.3)");
        }
        println!("the selection: {:.2} s (bar: 1)", selected.wall.min());
    }
    Ok(())
}

fn print_derives(cost: &Cost) {
    let (without, with) = (cost.without.min(), cost.with.min());
    println!(
        "a program on the whole crate, checked after a change: {without:.2} s, with {DERIVES} derives {with:.2} s, \
         which is {:.2} s more (bar: 0.3)",
        with - without
    );
}
