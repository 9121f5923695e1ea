//! Which part of an environment is wanted: tables by name, glob or solution, and operations by glob.

use std::collections::{BTreeMap, BTreeSet};

use globset::{Glob, GlobSet, GlobSetBuilder};

use super::{ChoiceSet, ChoiceUse, ColumnKind, Operation, Reference, Schema, Table, TypeName, TypeUse};

/// A set of names, given as names and globs (`account`, `rsk_*`, `*task`).
#[derive(Debug, Clone, Default)]
pub struct Patterns {
    globs: GlobSet,
    /// The patterns as they were given, in the order of the globs.
    texts: Vec<String>,
}

/// A pattern that can't be read.
#[derive(Debug, thiserror::Error)]
#[error("`{pattern}` is not a name or glob: {reason}")]
pub struct BadPattern {
    /// The text as given.
    pub pattern: String,
    /// What is wrong with it.
    pub reason: String,
}

impl Patterns {
    /// Reads the patterns. Commas, spaces and line ends within one text part several patterns.
    ///
    /// # Errors
    /// Where a text is no glob.
    pub fn new<S: AsRef<str>>(texts: impl IntoIterator<Item = S>) -> Result<Self, BadPattern> {
        let mut globs = GlobSetBuilder::new();
        let mut given = Vec::new();
        for text in texts {
            for pattern in text
                .as_ref()
                .split([',', ' ', '\n', '\r', '\t'])
                .filter(|p| !p.is_empty())
            {
                let bad = |e: globset::Error| BadPattern {
                    pattern: pattern.to_owned(),
                    reason: e.kind().to_string(),
                };
                globs.add(Glob::new(pattern).map_err(bad)?);
                given.push(pattern.to_owned());
            }
        }
        let bad = |e: globset::Error| BadPattern {
            pattern: String::new(),
            reason: e.to_string(),
        };
        Ok(Self {
            globs: globs.build().map_err(bad)?,
            texts: given,
        })
    }

    /// Whether there are no patterns.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.globs.is_empty()
    }

    /// Whether a name fits one of the patterns.
    #[must_use]
    pub fn matches(&self, name: &str) -> bool {
        self.globs.is_match(name)
    }

    /// The patterns that none of the names fits.
    pub(super) fn without_match(&self, names: &BTreeSet<&str>) -> impl Iterator<Item = &str> {
        let matched: BTreeSet<usize> = names.iter().flat_map(|name| self.globs.matches(name)).collect();
        let texts = self.texts.iter().enumerate();
        texts.filter_map(move |(at, text)| (!matched.contains(&at)).then_some(text.as_str()))
    }
}

/// What is wanted of an environment. The default is all of it.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Tables by logical name. Empty, with no solutions either: all.
    pub tables: Patterns,
    /// Tables that are not wanted though they fit.
    pub exclude: Patterns,
    /// Solutions whose tables are wanted, by unique name.
    pub solutions: Vec<String>,
    /// Operations by name. Absent: all where all tables are wanted, else those bound to a wanted table.
    pub operations: Option<Patterns>,
    /// Languages (LCID) whose labels are kept. Empty: all.
    pub languages: Vec<u32>,
}

impl Selection {
    /// Whether all tables are wanted but those that are excluded.
    pub(crate) fn wants_all_tables(&self) -> bool {
        self.tables.is_empty() && self.solutions.is_empty()
    }

    fn wants_table(&self, table: &Table) -> bool {
        self.wants(&table.name, &table.solutions)
    }

    /// Whether a table of this name, in these solutions, is wanted.
    pub(crate) fn wants(&self, table: &str, solutions: &[String]) -> bool {
        let named = self.wants_all_tables()
            || self.tables.matches(table)
            || solutions.iter().any(|solution| self.solutions.contains(solution));
        named && !self.exclude.matches(table)
    }

    fn wants_operation(&self, operation: &Operation, tables: &BTreeMap<String, Table>) -> bool {
        match (&self.operations, &operation.bound) {
            (Some(patterns), _) => patterns.matches(&operation.name),
            (None, _) if self.wants_all_tables() => true,
            (
                None,
                Some(TypeUse {
                    name: TypeName::Table(table),
                    ..
                }),
            ) => tables.contains_key(table),
            (None, _) => false,
        }
    }
}

impl Schema {
    /// The wanted part: what it refers to beyond itself becomes references, types that nothing uses any more go.
    #[must_use]
    pub fn select(mut self, selection: &Selection) -> Self {
        let (wanted, left): (BTreeMap<_, _>, BTreeMap<_, _>) = std::mem::take(&mut self.tables)
            .into_iter()
            .partition(|(_, table)| selection.wants_table(table));
        self.tables = wanted;
        self.operations
            .retain(|operation| selection.wants_operation(operation, &self.tables));
        let mut references = std::mem::take(&mut self.references);
        references.extend(left.iter().map(|(name, table)| (name.clone(), table.reference())));
        self.settle(references);
        if !selection.languages.is_empty() {
            self.keep_languages(&selection.languages);
        }
        self
    }

    /// Makes the schema whole in itself: keeps of `known` what is referred to, and drops what nothing uses.
    pub(crate) fn settle(&mut self, mut known: BTreeMap<String, Reference>) {
        let selected: BTreeSet<String> = self.tables.keys().cloned().collect();
        for table in self.tables.values_mut() {
            table
                .collections
                .retain(|collection| selected.contains(&collection.table));
        }
        self.drop_unused_types();
        self.drop_unused_choices();
        self.references = self
            .referred_tables()
            .into_iter()
            .filter(|name| !self.tables.contains_key(*name))
            .map(|name| {
                let reference = known.remove(name).unwrap_or_else(|| Reference {
                    name: name.to_owned(),
                    ..Reference::default()
                });
                (name.to_owned(), reference)
            })
            .collect();
    }

    fn drop_unused_types(&mut self) {
        let mut used = BTreeSet::new();
        let mut next: Vec<String> = self
            .operations
            .iter()
            .flat_map(type_uses)
            .filter_map(named_type)
            .collect();
        while let Some(name) = next.pop() {
            if !used.insert(name.clone()) {
                continue;
            }
            if let Some(complex) = self.complex_types.get(&name) {
                next.extend(complex.base.clone());
                next.extend(complex.members.iter().filter_map(|member| named_type(&member.of)));
            }
            // What extends a used type may stand in its place.
            let extending = self
                .complex_types
                .values()
                .filter(|complex| complex.base.as_deref() == Some(&name));
            next.extend(extending.map(|complex| complex.name.clone()));
        }
        self.complex_types.retain(|name, _| used.contains(name));
        self.enum_types.retain(|name, _| used.contains(name));
    }

    fn drop_unused_choices(&mut self) {
        let used: BTreeSet<&str> = self
            .tables
            .values()
            .flat_map(|table| &table.columns)
            .filter_map(|column| column.kind.global_choice())
            .collect();
        self.choices.retain(|name, _| used.contains(name.as_str()));
    }

    /// The tables that lookups, collections, operations and types name.
    pub(super) fn referred_tables(&self) -> BTreeSet<&str> {
        let columns = self.tables.values().flat_map(|table| &table.columns);
        let targets = columns.flat_map(|column| -> Vec<&str> {
            match &column.kind {
                ColumnKind::Lookup(lookup) => lookup
                    .targets
                    .iter()
                    .map(|target| target.table.as_str())
                    .collect(),
                ColumnKind::PartyList { .. } => vec![PARTY_TABLE],
                _ => Vec::new(),
            }
        });
        let members = self
            .complex_types
            .values()
            .flat_map(|complex| &complex.members)
            .map(|member| &member.of);
        let types = self.operations.iter().flat_map(type_uses).chain(members);
        let typed = types.filter_map(|of| match &of.name {
            TypeName::Table(table) => Some(table.as_str()),
            _ => None,
        });
        targets.chain(typed).collect()
    }
}

/// The table whose rows are the parties of activities.
pub(crate) const PARTY_TABLE: &str = "activityparty";

fn type_uses(operation: &Operation) -> impl Iterator<Item = &TypeUse> {
    let parameters = operation.parameters.iter().map(|parameter| &parameter.of);
    parameters.chain(&operation.bound).chain(&operation.returns)
}

fn named_type(of: &TypeUse) -> Option<String> {
    match &of.name {
        TypeName::Complex(name) | TypeName::Enum(name) => Some(name.clone()),
        _ => None,
    }
}

impl ColumnKind {
    /// The global choice that the column draws from, if it does.
    #[must_use]
    pub fn global_choice(&self) -> Option<&str> {
        match self.choice()? {
            ChoiceUse::Global(name) => Some(name),
            ChoiceUse::Local(_) => None,
        }
    }

    /// The choice that the column draws from, if it is a choice column.
    #[must_use]
    pub fn choice(&self) -> Option<&ChoiceUse> {
        match self {
            Self::Choice { choice, .. }
            | Self::Choices { choice, .. }
            | Self::State { choice }
            | Self::Status { choice } => Some(choice),
            _ => None,
        }
    }

    /// The column's own options, if it is a choice column with options of its own.
    pub(super) fn own_choice_mut(&mut self) -> Option<&mut ChoiceSet> {
        match self {
            Self::Choice { choice, .. }
            | Self::Choices { choice, .. }
            | Self::State { choice }
            | Self::Status { choice } => match choice {
                ChoiceUse::Local(set) => Some(set),
                ChoiceUse::Global(_) => None,
            },
            _ => None,
        }
    }
}
