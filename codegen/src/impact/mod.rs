//! What a change of schema does to a program: which of its lines no longer compile, and because of which change.
//!
//! Bindings of both schemas are generated beside the program, and the program is compiled against each by an override on
//! cargo's command line: no file of the program is touched. What compiles against the old schema and not against the new
//! one is put together with the change that caused it.

mod bindings;
mod cargo;
mod causes;
mod explain;
mod mentions;
mod report;

use std::path::{Path, PathBuf};

use crate::drift::{Change, compare};
use crate::emit::{EmitError, Options};
use crate::names::Lock;
use crate::output::OutputError;
use crate::project::ProjectError;
use crate::schema::Schema;

pub use cargo::Diagnostic;

/// Why a program can't be looked at.
#[derive(Debug, thiserror::Error)]
pub enum ImpactError {
    /// Cargo can't be started.
    #[error("can't start cargo: {0}")]
    Start(std::io::Error),
    /// Cargo failed before it compiled anything.
    #[error("cargo can't compile {}: {reason}", path.display())]
    Cargo {
        /// The program's folder.
        path: PathBuf,
        /// What cargo said.
        reason: String,
    },
    /// The program has no generated crate.
    #[error("no package at {} depends on a crate that this program generated", path.display())]
    NoBindings {
        /// The program's folder.
        path: PathBuf,
    },
    /// The program has several generated crates.
    #[error("the packages at {} depend on several generated crates: {}", path.display(), names.join(", "))]
    SeveralBindings {
        /// The program's folder.
        path: PathBuf,
        /// Their names.
        names: Vec<String>,
    },
    /// The bindings can't be generated.
    #[error(transparent)]
    Emit(#[from] EmitError),
    /// The schema has no text.
    #[error(transparent)]
    Snapshot(#[from] crate::snapshot::SnapshotError),
    /// The bindings can't be written.
    #[error(transparent)]
    Project(#[from] ProjectError),
    /// The bindings can't be written.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// The manifest of the bindings can't be written.
    #[error("can't write {}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

/// A program, and how its bindings are generated.
#[derive(Debug)]
pub struct Program<'p> {
    /// Its folder, or its manifest.
    pub path: &'p Path,
    /// The name of its generated crate, where it has several.
    pub bindings: Option<&'p str>,
    /// Cargo's arguments that switch features of it on, such as `--all-features`.
    pub features: &'p [String],
    /// What the bindings are generated with.
    pub options: &'p Options,
    /// The names that its bindings have.
    pub names: &'p Lock,
}

/// A line of the program that no longer compiles.
#[derive(Debug, Clone)]
pub struct Break<'c, 's> {
    /// What the compiler says.
    pub diagnostic: Diagnostic,
    /// The changes that explain it, the likeliest first. Empty: none does.
    pub causes: Vec<&'c Change<'s>>,
}

/// What becomes of the program.
#[derive(Debug)]
pub struct Impact<'c, 's> {
    /// Lines that no longer compile.
    pub breaks: Vec<Break<'c, 's>>,
    /// What doesn't compile against the old schema either.
    pub broken_before: Vec<Diagnostic>,
    /// Breaking changes that no compiler sees, in what the program names, with the files that name it.
    pub unchecked: Vec<(&'c Change<'s>, Vec<String>)>,
    /// Changes that touch nothing that the program uses.
    pub untouched: Vec<&'c Change<'s>>,
    /// Parts of the program that weren't compiled, since they need others that don't compile.
    pub not_reached: usize,
}

impl Impact<'_, '_> {
    /// Whether the program no longer compiles because of the changes.
    #[must_use]
    pub fn is_breaking(&self) -> bool {
        !self.breaks.is_empty()
    }
}

/// Looks at a program. `changes` are those from `old` to `new`, as [`compare`] gives them.
///
/// # Errors
/// Where cargo can't be run or finds no program, or the bindings can't be written.
pub fn impact<'c, 's>(
    program: &Program<'_>,
    old: &Schema,
    new: &Schema,
    changes: &'c [Change<'s>],
) -> Result<Impact<'c, 's>, ImpactError> {
    let found = cargo::find(program.path, program.bindings)?;
    let before = bindings::write(&found, "old", old, program)?;
    let after = bindings::write(&found, "new", new, program)?;
    let broken_before = cargo::check(&found, &before, program.features)?;
    let checked = cargo::check(&found, &after, program.features)?;
    let causes = causes::Causes::new(old, new, program, changes);
    let known: std::collections::BTreeSet<_> =
        broken_before.errors.iter().map(Diagnostic::identity).collect();
    let sources = mentions::Sources::read(&found);
    let mut breaks: Vec<Break<'c, 's>> = checked
        .errors
        .into_iter()
        .filter(|error| !known.contains(&error.identity()))
        .map(|diagnostic| Break {
            causes: explain::causes_of(&diagnostic, &causes, &sources),
            diagnostic,
        })
        .collect();
    breaks.sort_by(|a, b| a.diagnostic.identity().cmp(&b.diagnostic.identity()));
    let touched = |change: &Change<'_>| {
        let mut all = breaks.iter().flat_map(|of| &of.causes);
        all.any(|cause| std::ptr::eq(*cause, change))
    };
    let (mut unchecked, mut untouched) = (Vec::new(), Vec::new());
    for change in changes.iter().filter(|change| !touched(change)) {
        // What worked goes on working, whatever the compiler sees of it.
        let harmless = !change.severity().is_breaking();
        let files = if harmless || mentions::compiler_sees(change) {
            Vec::new()
        } else {
            sources.naming(causes.of(change))
        };
        if files.is_empty() {
            untouched.push(change);
        } else {
            unchecked.push((change, files));
        }
    }
    Ok(Impact {
        breaks,
        broken_before: broken_before.errors,
        unchecked,
        untouched,
        not_reached: checked.not_reached,
    })
}

/// The changes from one schema to the other: what [`impact`] wants to know.
#[must_use]
pub fn changes<'s>(old: &'s Schema, new: &'s Schema) -> Vec<Change<'s>> {
    compare(old, new).changes
}
