//! What derived rows cost the crate of a program: `cargo check` after a change, with and without them.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use super::figures::Rounds;
use crate::Failure;
use crate::generated::{compile_again, dependent};

/// Derives in the program.
pub(super) const DERIVES: usize = 20;
/// Fields of each, the most.
const FIELDS: usize = 10;

/// The seconds of a check after a change to the program: without derives, and with them.
pub(super) struct Cost {
    pub(super) without: Rounds,
    pub(super) with: Rounds,
}

/// Measures it on a program that depends on the generated crate in `generated`, whose package is called `crm`.
pub(super) fn measure(generated: &Path, work: &Path, target: &Path, rounds: u32) -> Result<Cost, Failure> {
    let derives = derives(generated)?;
    let program = |name: &str, derives: &str| -> Result<Program, Failure> {
        let program = Program::new(work.join(name), target, generated)?;
        // Builds the dependencies too, and doesn't count.
        program.check(derives, 0)?;
        Ok(program)
    };
    let (bare, full) = (program("bare", "")?, program("derives", &derives)?);
    let mut cost = Cost {
        without: Rounds::default(),
        with: Rounds::default(),
    };
    for round in 1..=rounds.max(1) {
        cost.without.time(|| bare.check("", round))?;
        cost.with.time(|| full.check(&derives, round))?;
    }
    Ok(cost)
}

/// A crate that uses the generated one.
struct Program {
    folder: PathBuf,
    target: PathBuf,
}

impl Program {
    fn new(folder: PathBuf, target: &Path, generated: &Path) -> Result<Self, Failure> {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let generated = generated.display().to_string();
        dependent(&folder, &name, &format!("crm = {{ path = {generated:?} }}"))?;
        Ok(Self {
            folder,
            target: target.to_owned(),
        })
    }

    /// Checks it after a change.
    fn check(&self, derives: &str, change: u32) -> Result<(), Failure> {
        let source = format!("pub const CHANGE: u32 = {change};\n{derives}");
        fs::write(self.folder.join("src/lib.rs"), source)?;
        compile_again(&self.folder, &self.target, "check --offline")?;
        Ok(())
    }
}

/// Rows of the first tables that have enough columns of text.
fn derives(generated: &Path) -> Result<String, Failure> {
    let mut tables: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(generated.join("src"))? {
        tables.push(entry?.path());
    }
    tables.sort();
    let mut source = String::new();
    let mut made = 0;
    for path in &tables {
        if made == DERIVES {
            return Ok(source);
        }
        let (Some(module), Ok(text)) = (
            path.file_stem().map(|stem| stem.to_string_lossy()),
            fs::read_to_string(path),
        ) else {
            continue;
        };
        if let Some((marker, columns)) = texts(&text) {
            // Writing to a `String` can't fail.
            let _ = write!(
                source,
                "#[derive(crm::prelude::Row)]\n#[row(table = crm::{module}::{marker}, crate = crm::dataverse_runtime)]\npub struct Row{made} {{\n"
            );
            for column in columns {
                let _ = writeln!(source, "    pub {column}: Option<String>,");
            }
            source.push_str("}\n");
            made += 1;
        }
    }
    Err(format!("only {made} tables have two columns of text: {DERIVES} are needed").into())
}

/// The marker of a table's module and some of its columns of text.
fn texts(module: &str) -> Option<(&str, Vec<&str>)> {
    let marker = module
        .lines()
        .find_map(|line| line.strip_prefix("pub struct ")?.strip_suffix(';'))?;
    let columns: Vec<&str> = module
        .lines()
        .filter(|line| line.contains(": Column<kind::Text"))
        .filter_map(|line| Some(line.trim().strip_prefix("pub ")?.split_once(':')?.0))
        .take(FIELDS)
        .collect();
    (columns.len() > 1).then_some((marker, columns))
}
