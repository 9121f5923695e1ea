//! What a selection asks for and the environment doesn't have. A misspelt name would otherwise be missing without a word.

use std::collections::BTreeSet;

use super::{Patterns, Schema, Selection};
use crate::nearest::nearest;
use crate::warning::Warning;

impl Patterns {
    /// For each pattern that none of the names fits, what to say of it: `what` is the sort of thing that was asked for.
    #[must_use]
    pub fn unmatched(&self, what: &str, names: &BTreeSet<&str>) -> Vec<Warning> {
        self.without_match(names)
            .map(|pattern| not_there(what, pattern, names))
            .collect()
    }
}

impl Selection {
    /// What is asked for and not in the schema, which is that of the whole environment.
    #[must_use]
    pub fn unmatched(&self, schema: &Schema) -> Vec<Warning> {
        let tables = schema.tables.keys().map(String::as_str).collect();
        let mut warnings = self.tables.unmatched("table", &tables);
        let solutions: BTreeSet<&str> = schema
            .tables
            .values()
            .flat_map(|table| table.solutions.iter().map(String::as_str))
            .collect();
        let unknown = self
            .solutions
            .iter()
            .filter(|name| !solutions.contains(name.as_str()));
        warnings.extend(unknown.map(|name| not_there("solution with tables", name, &solutions)));
        if let Some(operations) = self.operations.as_ref().filter(|_| !schema.without_metadata) {
            let names = schema.operations.iter().map(|of| of.name.as_str()).collect();
            warnings.extend(operations.unmatched("function or action", &names));
        }
        warnings.extend(self.unknown_languages(schema));
        warnings
    }

    /// Whether a warning is about something that is asked for, or about no table. `schema` is the selected part.
    #[must_use]
    pub fn is_about(&self, schema: &Schema, warning: &Warning) -> bool {
        let asked = |table: &String| schema.tables.contains_key(table) || self.wants(table, &[]);
        warning.table.as_ref().is_none_or(asked)
    }

    fn unknown_languages(&self, schema: &Schema) -> impl Iterator<Item = Warning> {
        let labels = schema.tables.values().flat_map(|table| {
            let columns = table.columns.iter().map(|column| &column.label);
            columns.chain([&table.label])
        });
        // Without definitions there are no labels, which is said elsewhere.
        let known: BTreeSet<u32> = if self.languages.is_empty() {
            BTreeSet::new()
        } else {
            labels
                .flat_map(|label| label.iter().map(|(language, _)| language))
                .collect()
        };
        let unknown = |language: &&u32| !known.is_empty() && !known.contains(language);
        let all: Vec<String> = known.iter().map(ToString::to_string).collect();
        let all = all.join(", ");
        let unknown: Vec<u32> = self.languages.iter().filter(unknown).copied().collect();
        unknown.into_iter().map(move |language| {
            Warning::document(format!("no label is in the language {language}: there are {all}"))
        })
    }
}

fn not_there(what: &str, asked: &str, names: &BTreeSet<&str>) -> Warning {
    let near = nearest(asked, names.iter().copied());
    let help = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
    Warning::document(format!("there is no {what} `{asked}`{help}"))
}
