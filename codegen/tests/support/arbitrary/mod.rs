//! Random schemas that keep the promises of a schema (sorted, names unique, references there) and no other.

use std::collections::{BTreeMap, BTreeSet};

use dataverse_codegen::schema::{
    ChoiceOption, ChoiceSet, ChoiceUse, Collection, CollectionKind, Column, ColumnKind, Facts, Key, Label,
    Reference, Schema, Table, TableType,
};

use proptest::test_runner::Config;

use super::hostile::Chance;

mod columns;
mod operations;

/// So many random cases, or as many as `PROPTEST_CASES` says.
pub fn cases(usual: u32) -> Config {
    let config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    match std::env::var_os("PROPTEST_CASES") {
        // It is in the default already.
        Some(_) => config,
        None => Config {
            cases: usual,
            ..config
        },
    }
}

/// A schema of about so many tables, of which some are only referred to.
pub fn schema(size: usize, seed: u64) -> Schema {
    let chance = &mut Chance(seed);
    let names: Vec<String> = unique(chance, size + 2).into_iter().collect();
    let selected: BTreeSet<&String> = names.iter().take(size).collect();
    let choice_names = unique(chance, 2);
    let choices: BTreeMap<String, ChoiceSet> = choice_names
        .into_iter()
        .map(|name| (name.clone(), choice_set(name, chance)))
        .collect();
    let mut schema = Schema {
        choices,
        ..Schema::default()
    };
    for name in &names {
        if selected.contains(name) {
            let table = table(name, &names, &selected, &schema, chance);
            schema.tables.insert(name.clone(), table);
        } else {
            let reference = Reference {
                name: name.clone(),
                schema_name: (!chance.once_in(3)).then(|| chance.name()),
                entity_set: chance.maybe_text(),
                label: label(chance),
                primary_id: chance.text(),
            };
            schema.references.insert(name.clone(), reference);
        }
    }
    let party = "activityparty".to_owned();
    if !schema.tables.contains_key(&party) {
        schema.references.entry(party.clone()).or_insert(Reference {
            name: party,
            ..Reference::default()
        });
    }
    operations::types(&mut schema, chance);
    operations::operations(&mut schema, &names, chance);
    schema
}

/// The same schema with other labels and descriptions everywhere.
pub fn relabel(schema: &mut Schema, seed: u64) {
    let chance = &mut Chance(seed);
    for table in schema.tables.values_mut() {
        table.label = label(chance);
        table.plural_label = label(chance);
        table.description = label(chance);
        table.keys.iter_mut().for_each(|key| key.label = label(chance));
        for column in &mut table.columns {
            column.label = label(chance);
            column.description = label(chance);
            match &mut column.kind {
                ColumnKind::Choice { choice, .. }
                | ColumnKind::Choices { choice, .. }
                | ColumnKind::State { choice }
                | ColumnKind::Status { choice } => {
                    if let ChoiceUse::Local(set) = choice {
                        relabel_choice(set, chance);
                    }
                }
                _ => {}
            }
        }
    }
    schema
        .references
        .values_mut()
        .for_each(|of| of.label = label(chance));
    schema
        .choices
        .values_mut()
        .for_each(|set| relabel_choice(set, chance));
}

fn relabel_choice(set: &mut ChoiceSet, chance: &mut Chance) {
    set.label = label(chance);
    for option in &mut set.options {
        option.label = label(chance);
        option.description = label(chance);
    }
}

fn unique(chance: &mut Chance, count: usize) -> BTreeSet<String> {
    (0..count).map(|_| chance.name()).collect()
}

pub fn label(chance: &mut Chance) -> Label {
    const LANGUAGES: [u32; 5] = [0, 1025, 1031, 1033, 3082];
    let count = chance.below(4);
    (0..count)
        .map(|_| (*chance.pick(&LANGUAGES), chance.text()))
        .collect()
}

fn choice_set(name: String, chance: &mut Chance) -> ChoiceSet {
    const VALUES: [i32; 8] = [i32::MIN, -2, -1, 0, 1, 2, 814_250_000, i32::MAX];
    let count = chance.below(7);
    let values: BTreeSet<i32> = (0..count).map(|_| *chance.pick(&VALUES)).collect();
    let option = |value| ChoiceOption {
        value,
        label: label(chance),
        description: label(chance),
        default_status: chance.once_in(4).then_some(1),
        invariant_name: if chance.once_in(3) {
            chance.maybe_text()
        } else {
            None
        },
        state: chance.once_in(3).then_some(value % 2),
        next: if chance.once_in(4) {
            vec![-1, 2]
        } else {
            Vec::new()
        },
        external_value: if chance.once_in(4) {
            chance.maybe_text()
        } else {
            None
        },
    };
    let options = values.into_iter().map(option).collect();
    ChoiceSet {
        name,
        label: label(chance),
        options,
    }
}

fn flag(chance: &mut Chance) -> Option<bool> {
    *chance.pick(&[None, Some(false), Some(true)])
}

fn table(
    name: &str,
    names: &[String],
    selected: &BTreeSet<&String>,
    schema: &Schema,
    chance: &mut Chance,
) -> Table {
    let count = chance.below(8);
    let mut column_names = unique(chance, count);
    let primary_id = format!("{name}id");
    column_names.insert(primary_id.clone());
    let columns: Vec<Column> = column_names
        .iter()
        .map(|column| columns::column(name, column, names, schema, chance))
        .collect();
    let known: Vec<&String> = column_names.iter().collect();
    let key_names = unique(chance, 2);
    let key = |name: String| Key {
        name,
        label: label(chance),
        columns: (0..=chance.below(2))
            .map(|_| {
                if chance.once_in(6) {
                    chance.name()
                } else {
                    (*chance.pick(&known)).clone()
                }
            })
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect(),
        index_status: chance.once_in(4).then(|| "Pending".to_owned()),
    };
    let keys = key_names.into_iter().map(key).collect();
    let selected: Vec<&&String> = selected.iter().collect();
    let collection_names = unique(chance, 2);
    let collections = collection_names.into_iter().map(|name| Collection {
        name,
        table: (**chance.pick(&selected)).clone(),
        kind: if chance.once_in(2) {
            CollectionKind::OneToMany {
                lookup: chance.maybe_text(),
            }
        } else {
            CollectionKind::ManyToMany {
                intersect: chance.maybe_text(),
            }
        },
        relationship: chance.maybe_text(),
    });
    let collections = collections.collect();
    Table {
        name: name.to_owned(),
        schema_name: (!chance.once_in(3)).then(|| chance.name()),
        entity_set: chance.maybe_text(),
        label: label(chance),
        plural_label: label(chance),
        description: label(chance),
        primary_id,
        primary_name: chance.maybe_text(),
        primary_image: chance.maybe_text(),
        csdl_key: chance.maybe_text(),
        base: chance.maybe_text(),
        table_type: chance
            .pick(&[
                None,
                Some(TableType::Standard),
                Some(TableType::Elastic),
                Some(TableType::Virtual),
                Some(TableType::Other("New\n*/ Kind".to_owned())),
            ])
            .clone(),
        ownership: chance.maybe_text(),
        facts: Facts {
            activity: flag(chance),
            intersect: flag(chance),
            change_tracking: flag(chance),
            optimistic_concurrency: flag(chance),
            solution_aware: flag(chance),
            ..Facts::default()
        },
        solutions: unique(chance, 2).into_iter().collect(),
        columns,
        keys,
        collections,
    }
}
