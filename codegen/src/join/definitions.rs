//! All bodies of definitions, gathered before the join.

use std::collections::BTreeMap;

use crate::definitions::{self, DefinitionsError, RawOptionSet, RawSolutionComponent, Shape};
use crate::schema::ChoiceSet;
use crate::warning::Warning;

use super::defined::{self, DefinedTable, text};
use super::defined_kind::choice_set;
use super::relations::Relation;

/// What any number of bodies say together.
#[derive(Debug, Default)]
pub struct Definitions {
    pub(super) tables: BTreeMap<String, DefinedTable>,
    pub(super) choices: BTreeMap<String, ChoiceSet>,
    pub(super) relations: Vec<Relation>,
    /// The solutions of a table, by its `MetadataId` in lower case.
    pub(super) solutions: BTreeMap<String, Vec<String>>,
    pub(super) warnings: Vec<Warning>,
}

impl Definitions {
    /// Whether no body said anything of a table.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }

    /// Reads one body, of any shape. Gives the shape, so that the caller can say which files held no definitions.
    ///
    /// # Errors
    /// Where the body is broken or is no answer of the Web API.
    pub fn add(&mut self, json: &[u8]) -> Result<Shape, DefinitionsError> {
        let body = definitions::read(json, |raw, _| {
            let mut warnings = Vec::new();
            (defined::table(raw, &mut warnings), warnings)
        })?;
        self.warnings.extend(body.warnings);
        for (table, warnings) in body.tables {
            self.warnings.extend(warnings);
            self.add_table(table);
        }
        self.relations
            .extend(body.one_to_many.iter().filter_map(Relation::one_to_many));
        self.relations
            .extend(body.many_to_many.iter().filter_map(Relation::many_to_many));
        for set in &body.option_sets {
            self.add_choice(set);
        }
        for component in &body.solution_components {
            self.add_component(component);
        }
        Ok(body.shape)
    }

    fn add_table(&mut self, mut table: DefinedTable) {
        self.relations.append(&mut table.relations);
        table.columns.sort_by(|a, b| a.column.name.cmp(&b.column.name));
        match self.tables.entry(table.table.name.clone()) {
            std::collections::btree_map::Entry::Vacant(place) => {
                place.insert(table);
            }
            std::collections::btree_map::Entry::Occupied(mut known) => known.get_mut().merge(table),
        }
    }

    fn add_choice(&mut self, raw: &RawOptionSet<'_>) {
        let Some(name) = text(raw.name.as_deref()) else {
            return;
        };
        // A two-option set is told by its column's labels.
        if raw.true_option.is_none() && raw.false_option.is_none() {
            self.choices
                .entry(name.clone())
                .or_insert_with(|| choice_set(name, raw));
        }
    }

    fn add_component(&mut self, raw: &RawSolutionComponent<'_>) {
        let solution =
            text(raw.solution_unique_name.as_deref()).or_else(|| text(raw.solution_display_name.as_deref()));
        if let Some(solution) = solution.filter(|_| raw.is_table()) {
            self.solutions
                .entry(raw.object_id.to_ascii_lowercase())
                .or_default()
                .push(solution);
        }
    }
}
