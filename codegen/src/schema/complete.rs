//! Makes a schema whole that somebody edited or merged by hand.

use std::collections::{BTreeMap, BTreeSet};

use super::{ChoiceSet, ComplexType, Reference, Schema};

impl Schema {
    /// Settles what later steps rely on: things are called by their keys, no type extends itself, and what is named is
    /// there, if only as a table without facts or a choice without options.
    pub(crate) fn complete(&mut self) {
        self.references
            .iter_mut()
            .for_each(|(name, of)| of.name.clone_from(name));
        self.choices
            .iter_mut()
            .for_each(|(name, of)| of.name.clone_from(name));
        self.complex_types
            .iter_mut()
            .for_each(|(name, of)| of.name.clone_from(name));
        self.enum_types
            .iter_mut()
            .for_each(|(name, of)| of.name.clone_from(name));
        cut_circles(&mut self.complex_types);
        self.choices.values_mut().for_each(ChoiceSet::sort);
        let columns = self.tables.values_mut().flat_map(|table| &mut table.columns);
        columns
            .filter_map(|column| column.kind.own_choice_mut())
            .for_each(ChoiceSet::sort);
        self.references.retain(|name, _| !self.tables.contains_key(name));
        for table in self.tables.values() {
            for choice in table
                .columns
                .iter()
                .filter_map(|column| column.kind.global_choice())
            {
                if !self.choices.contains_key(choice) {
                    let set = ChoiceSet {
                        name: choice.to_owned(),
                        ..ChoiceSet::default()
                    };
                    self.choices.insert(choice.to_owned(), set);
                }
            }
        }
        let named = self.referred_tables().into_iter();
        let missing: Vec<String> = named
            .filter(|name| !self.tables.contains_key(*name) && !self.references.contains_key(*name))
            .map(str::to_owned)
            .collect();
        self.references.extend(missing.into_iter().map(|name| {
            let reference = Reference {
                name: name.clone(),
                ..Reference::default()
            };
            (name, reference)
        }));
        let known: BTreeSet<String> = self.tables.keys().cloned().collect();
        for table in self.tables.values_mut() {
            table
                .collections
                .retain(|collection| known.contains(&collection.table));
        }
    }
}

/// A type can't extend itself, whatever the document says: the base that closes a circle is dropped.
pub(crate) fn cut_circles(types: &mut BTreeMap<String, ComplexType>) {
    let names: Vec<String> = types.keys().cloned().collect();
    for name in names {
        let mut seen = BTreeSet::from([name.clone()]);
        let mut at = name.clone();
        while let Some(base) = types.get(&at).and_then(|of| of.base.clone()) {
            if !seen.insert(base.clone()) {
                if let Some(of) = types.get_mut(&at) {
                    of.base = None;
                }
                break;
            }
            at = base;
        }
    }
}
