//! What a comparison found.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Kind, Owner, Place, Rule, Severity};

/// What two schemas differ in, the gravest first within each table, choice, operation or type.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changes<'s> {
    /// What is different.
    pub changes: Vec<Change<'s>>,
    /// What only one side knows, so that nothing can be said of it.
    pub not_known: Vec<NotKnown<'s>>,
}

/// One difference.
#[derive(Debug, Clone, PartialEq)]
pub struct Change<'s> {
    /// What happened, what it means and why.
    pub rule: Rule,
    /// Where. Of something renamed: by its new name.
    pub place: Place<'s>,
    /// What was there before, for people. Absent where there was nothing.
    pub old: Option<Cow<'s, str>>,
    /// What is there now.
    pub new: Option<Cow<'s, str>>,
    /// Of a rename: what speaks for it being one.
    pub evidence: Option<String>,
}

/// A fact that only one side knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotKnown<'s> {
    /// What sort of fact.
    pub kind: Kind,
    /// Where.
    pub place: Place<'s>,
    /// The side that doesn't know it.
    pub side: Side,
}

/// The sides of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The schema that programs were built for.
    Old,
    /// The schema that they meet.
    New,
}

impl Side {
    /// The name in JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Old => "old",
            Self::New => "new",
        }
    }
}

impl Change<'_> {
    /// What it means for programs.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.rule.severity()
    }

    /// What sort of thing it is about.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.rule.kind()
    }
}

impl<'s> Changes<'s> {
    /// Whether nothing is different as far as it is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// How many changes there are of each severity. Severities without changes are left out.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<Severity, usize> {
        let mut counts = BTreeMap::new();
        for change in &self.changes {
            *counts.entry(change.severity()).or_default() += 1;
        }
        counts
    }

    /// How many facts of each kind only one side knows, and which side doesn't.
    #[must_use]
    pub fn not_known_counts(&self) -> BTreeMap<(Side, Kind), usize> {
        let mut counts = BTreeMap::new();
        for fact in &self.not_known {
            *counts.entry((fact.side, fact.kind)).or_default() += 1;
        }
        counts
    }

    /// The changes of each table, choice, operation and type: those with the gravest change first, then by name.
    #[must_use]
    pub fn groups(&self) -> Vec<Group<'s, '_>> {
        let mut groups: Vec<Group<'s, '_>> = self
            .changes
            .chunk_by(|a, b| a.place.owner == b.place.owner)
            .map(|changes| Group {
                owner: changes[0].place.owner,
                changes,
            })
            .collect();
        groups.sort_by_key(|group| (group.changes[0].severity(), group.owner));
        groups
    }

    pub(super) fn append(&mut self, mut other: Self) {
        self.changes.append(&mut other.changes);
        self.not_known.append(&mut other.not_known);
    }

    /// Puts the changes in their order, which depends on nothing but what they are.
    pub(super) fn sort(&mut self) {
        self.changes.sort_by(|a, b| {
            let key = |of: &Change<'s>| (of.place.owner, of.severity(), of.place, of.rule);
            key(a).cmp(&key(b))
        });
        self.not_known.sort_by_key(|of| (of.side, of.kind, of.place));
    }
}

/// The changes of one table, choice, operation or type.
#[derive(Debug, Clone, Copy)]
pub struct Group<'s, 'c> {
    /// What they are about.
    pub owner: Owner<'s>,
    /// The changes, the gravest first. There is at least one.
    pub changes: &'c [Change<'s>],
}
