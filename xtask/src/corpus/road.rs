//! The road of one document: from its files to crates that the compiler has nothing to say about.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::time::Instant;

use dataverse_codegen::documents;
use dataverse_codegen::schema::{ColumnKind, Patterns, Schema, Selection};

use crate::Failure;
use crate::generated::{compile, options, write};
use crate::process::target;

use super::Arguments;
use super::discover::Document;

/// What has been seen on the way, for as far as it went.
#[derive(Default)]
pub(super) struct Road {
    counts: Vec<usize>,
    seconds: Vec<Option<f64>>,
}

/// The names of the counts and of the stretches, with their widths.
const COUNTS: [(&str, usize); 6] = [
    ("tables", 6),
    ("columns", 7),
    ("choices", 7),
    ("lookups", 7),
    ("operations", 10),
    ("warnings", 8),
];
const SECONDS: [(&str, usize); 7] = [
    ("read", 6),
    ("generate", 8),
    ("check", 6),
    ("clippy", 6),
    ("select", 6),
    ("check", 6),
    ("clippy", 6),
];

impl Road {
    /// The heading of the lines. The last three are of the selection.
    pub(super) const HEADER: Header = Header;

    /// Goes as far as there is no failure.
    pub(super) fn travel(
        &mut self,
        document: &Document,
        arguments: &Arguments,
        shared: &Path,
    ) -> Result<(), Failure> {
        let start = Instant::now();
        let (schema, warnings) = documents::read(document.metadata.as_deref(), &document.definitions)?;
        self.passed(start);
        self.counts = counts(&schema, warnings.len());
        let name = crate_name(&document.name);
        let work = target().join("corpus").join(&name);
        let start = Instant::now();
        let whole = write(&schema, &work.join("whole"), &options(&name, &[])?)?;
        self.passed(start);
        if arguments.no_check {
            self.seconds.extend([None; 2]);
        } else {
            self.compiled(&whole, shared)?;
        }
        let picked = pick(&schema, arguments.tables, arguments.seed);
        let selection = Selection {
            tables: Patterns::new(&picked)?,
            ..Selection::default()
        };
        let start = Instant::now();
        let options = options(&format!("{name}-selected"), &["*"])?;
        let selected = write(&schema.select(&selection), &work.join("selected"), &options)?;
        self.passed(start);
        if arguments.no_check {
            self.seconds.extend([None; 2]);
            return Ok(());
        }
        self.compiled(&selected, shared)
            .map_err(|failure| format!("with {}: {failure}", picked.join(",")).into())
    }

    fn compiled(&mut self, folder: &Path, shared: &Path) -> Result<(), Failure> {
        for command in ["check", "clippy -- -D warnings"] {
            let seconds = compile(folder, shared, command)?;
            self.seconds.push(Some(seconds));
        }
        Ok(())
    }

    fn passed(&mut self, start: Instant) {
        self.seconds.push(Some(start.elapsed().as_secs_f64()));
    }
}

impl fmt::Display for Road {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for ((_, width), count) in COUNTS.iter().zip(&self.counts) {
            write!(f, " {count:>width$}")?;
        }
        for ((_, width), seconds) in SECONDS.iter().zip(&self.seconds) {
            match seconds {
                Some(seconds) => write!(f, " {seconds:>width$.2}")?,
                None => write!(f, " {:>width$}", "-")?,
            }
        }
        Ok(())
    }
}

/// The heading of the lines.
pub(super) struct Header;

impl fmt::Display for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut all = COUNTS.iter().chain(&SECONDS);
        all.try_for_each(|(name, width)| write!(f, " {name:>width$}"))
    }
}

fn counts(schema: &Schema, warnings: usize) -> Vec<usize> {
    let columns = || schema.tables.values().flat_map(|table| &table.columns);
    let choices = columns().filter(|column| column.kind.choice().is_some());
    let lookups = columns().filter(|column| matches!(column.kind, ColumnKind::Lookup(_)));
    vec![
        schema.tables.len(),
        columns().count(),
        choices.count(),
        lookups.count(),
        schema.operations.len(),
        warnings,
    ]
}

/// A name that may be a crate's, and differs between documents of different paths.
fn crate_name(document: &str) -> String {
    let legal = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    };
    let plain: String = document.chars().map(legal).collect();
    format!(
        "corpus-{}-{:04x}",
        plain.trim_matches('-'),
        hash(0, document) & 0xffff
    )
}

/// Some tables, at most half of them so that there are others to refer to, as the seed has it.
fn pick(schema: &Schema, count: usize, seed: u64) -> Vec<String> {
    let ranked: BTreeMap<u64, &String> = schema
        .tables
        .keys()
        .map(|name| (hash(seed, name), name))
        .collect();
    let count = count.min(schema.tables.len().div_ceil(2));
    let mut picked: Vec<String> = ranked.into_values().take(count).cloned().collect();
    picked.sort();
    picked
}

/// FNV-1a, finished as in splitmix64 so that all bits depend on the seed.
fn hash(seed: u64, text: &str) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325 ^ seed;
    let hash = text.bytes().fold(start, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use dataverse_codegen::schema::Table;

    use super::*;

    #[test]
    fn the_seed_alone_decides_what_is_picked() {
        let table = |number: u32| {
            let name = format!("rsk_{number}");
            let table = Table {
                name: name.clone(),
                ..Table::default()
            };
            (name, table)
        };
        let schema = Schema {
            tables: (0..100).map(table).collect(),
            ..Schema::default()
        };
        let first = pick(&schema, 20, 1);
        assert_eq!(first.len(), 20);
        assert_eq!(first, pick(&schema, 20, 1));
        assert_ne!(first, pick(&schema, 20, 2));
        assert_eq!(pick(&schema, 1000, 1).len(), 50);
    }

    #[test]
    fn crates_of_different_documents_have_different_names() {
        assert_ne!(crate_name("a/b"), crate_name("a_b"));
        assert!(
            crate_name("Ä/Ö.xml")
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-')
        );
    }
}
