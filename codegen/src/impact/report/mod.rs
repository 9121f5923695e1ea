//! An impact as text, Markdown, JSON, and as a section of the page of a comparison.

mod html;
mod json;
mod markdown;
mod text;

use super::{Break, Diagnostic, Impact};
use crate::drift::report::Report;
use crate::drift::{Change, Owner, Part, Rule};

impl Impact<'_, '_> {
    /// Text for a terminal. `new` is what the new schema is called.
    #[must_use]
    pub fn text(&self, new: &str) -> String {
        text::text(self, new)
    }

    /// Markdown for a pull request, of at most so many bytes. What had to be left out is counted.
    #[must_use]
    pub fn markdown(&self, old: &str, new: &str, longest: usize) -> String {
        markdown::markdown(self, old, new, longest)
    }

    /// JSON for programs, see `docs/environments.md`.
    #[must_use]
    pub fn json(&self) -> String {
        json::json(self)
    }

    /// The page of the comparison, with a section on the program. `report` has the changes that the impact was asked for.
    #[must_use]
    pub fn html(&self, report: &Report<'_, '_>) -> String {
        html::html(self, report)
    }
}

/// What is simply gone.
fn lacked(change: &Change<'_>) -> Option<String> {
    let owner = change.place.owner;
    let below = change.place.below();
    match (change.rule, owner, change.place.part) {
        (Rule::TableRemoved, Owner::Table(table), _) => Some(format!("the table {table}")),
        (
            Rule::ColumnRemoved | Rule::ReadOnlyColumnRemoved | Rule::WriteOnlyColumnRemoved,
            Owner::Table(table),
            Some(Part::Column(column)),
        ) => Some(format!("{table}.{column}")),
        (
            Rule::OptionRemoved | Rule::TargetRemoved | Rule::KeyRemoved | Rule::CollectionRemoved,
            owner,
            _,
        ) => Some(format!("{owner}.{below}")),
        (
            Rule::OperationRemoved | Rule::ChoiceRemoved | Rule::ComplexTypeRemoved | Rule::EnumTypeRemoved,
            owner,
            _,
        ) => Some(owner.to_string()),
        _ => None,
    }
}

/// `src/sync.rs:41`.
fn place(of: &Diagnostic) -> String {
    match of.file.as_str() {
        "" => "the program".to_owned(),
        file => format!("{file}:{}", of.line),
    }
}

/// `1 line`, `2 lines`.
fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// What has to be said where some of the program wasn't compiled.
fn not_reached(impact: &Impact<'_, '_>) -> Option<String> {
    (impact.not_reached > 0).then(|| {
        format!(
            "{} of the program couldn't be compiled, since what it needs doesn't: it may break too",
            counted(impact.not_reached, "target")
        )
    })
}

/// The breaks that a person reads: the same said of two places in one line is said once.
fn told<'i, 'c, 's>(impact: &'i Impact<'c, 's>) -> Vec<&'i Break<'c, 's>> {
    let mut seen = std::collections::BTreeSet::new();
    let new = |of: &&Break<'_, '_>| {
        let diagnostic = &of.diagnostic;
        seen.insert((
            diagnostic.file.clone(),
            diagnostic.line,
            diagnostic.message.clone(),
        ))
    };
    impact.breaks.iter().filter(new).collect()
}

/// How many lines break, in how many files. Two errors in one line are one line.
fn extent(breaks: &[Break<'_, '_>]) -> (usize, usize) {
    let places = breaks.iter().map(|of| (&of.diagnostic.file, of.diagnostic.line));
    let lines: std::collections::BTreeSet<_> = places.collect();
    let files: std::collections::BTreeSet<_> = lines.iter().map(|(file, _)| *file).collect();
    (lines.len(), files.len())
}
