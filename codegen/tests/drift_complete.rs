//! A report tells all that differs and nothing else: against a comparison that walks the snapshots' JSON by path, and for
//! edits of which it is known what they change.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use std::collections::BTreeSet;

use dataverse_codegen::drift::{Change, Place, Rule, compare};
use dataverse_codegen::schema::{
    Access, Column, ColumnKind, DateBehavior, Key, Label, Required, Schema, Source, Table, TableType,
};
use proptest::prelude::*;
use serde_json::Value;
use support::hostile::Chance;
use support::{arbitrary, coverage};

/// A schema and one with the same names but other contents, so that much is on both sides.
fn alike(size: usize, seed: u64, other: u64) -> (Schema, Schema) {
    let old = arbitrary::schema(size, seed);
    let mut new = arbitrary::schema(size, other);
    let chance = &mut Chance(other);
    let others: Vec<Table> = std::mem::take(&mut new.tables).into_values().collect();
    for (table, name) in others.into_iter().zip(old.tables.keys()) {
        let mut table = Table {
            name: name.clone(),
            ..table
        };
        // Columns of both, so that some of them meet.
        for column in &old.tables[name].columns {
            if table.column(&column.name).is_none() && !chance.once_in(3) {
                let at = chance.below(table.columns.len());
                let content = table.columns[at].clone();
                let name = column.name.clone();
                table.columns.push(if chance.once_in(2) {
                    column.clone()
                } else {
                    Column { name, ..content }
                });
                table.sort();
            }
        }
        new.tables.insert(name.clone(), table);
    }
    new.choices.extend(old.choices.clone().into_iter().take(1));
    for (name, complex) in old.complex_types.iter().take(2) {
        new.complex_types
            .entry(name.clone())
            .or_insert_with(|| complex.clone());
    }
    (old, new)
}

proptest! {
    #![proptest_config(arbitrary::cases(96))]

    #[test]
    fn whatever_differs_is_told_and_nothing_else(size in 1_usize..5, seed: u64, other: u64) {
        let (old, new) = alike(size, seed, other);
        let found = compare(&old, &new);
        let faults = coverage::faults(&old, &new, &found);
        prop_assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    #[test]
    fn strangers_are_compared_in_full_too(size in 1_usize..5, seed: u64, other: u64) {
        let (old, new) = (arbitrary::schema(size, seed), arbitrary::schema(size, other));
        let faults = coverage::faults(&old, &new, &compare(&old, &new));
        prop_assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    #[test]
    fn each_changed_value_is_told(size in 1_usize..5, seed: u64, other: u64) {
        let old = arbitrary::schema(size, seed);
        let mut new = old.clone();
        let chance = &mut Chance(other);
        for table in new.tables.values_mut() {
            let mut json = serde_json::to_value(&*table).expect("JSON");
            for _ in 0..4 {
                let count = values(&mut json, &mut |_| {});
                let (wanted, mut at) = (chance.below(count), 0);
                values(&mut json, &mut |value| {
                    if at == wanted {
                        *value = otherwise(value);
                    }
                    at += 1;
                });
            }
            // A name may have become another's, or a word one that is none.
            if let Ok(mut changed) = serde_json::from_value::<Table>(json) {
                changed.sort();
                *table = changed;
            }
        }
        let faults = coverage::faults(&old, &new, &compare(&old, &new));
        prop_assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    #[test]
    fn a_schema_does_not_differ_from_itself(size in 1_usize..5, seed: u64) {
        let schema = arbitrary::schema(size, seed);
        let again = schema.clone();
        let found = compare(&schema, &again);
        prop_assert!(found.is_empty() && found.not_known.is_empty());
    }

    #[test]
    fn a_relabel_is_labels_only(size in 1_usize..5, seed: u64, other: u64) {
        let old = arbitrary::schema(size, seed);
        let mut new = old.clone();
        arbitrary::relabel(&mut new, other);
        let found = compare(&old, &new);
        for change in &found.changes {
            prop_assert!(!change.severity().is_breaking() && change.severity() != dataverse_codegen::drift::Severity::Additive, "{change:?}");
        }
    }

    #[test]
    fn each_edit_is_told_and_nothing_else(size in 1_usize..5, count in 1_usize..5, seed: u64, other: u64) {
        let mut old = arbitrary::schema(size, seed);
        tell(&mut old);
        let mut new = old.clone();
        let chance = &mut Chance(other);
        let mut expected = BTreeSet::new();
        let mut touched = BTreeSet::new();
        for _ in 0..count {
            let edit = *chance.pick(EDITS);
            let name = chance.pick(&old.tables.keys().cloned().collect::<Vec<_>>()).clone();
            let before = &old.tables[&name].columns;
            let column = before[chance.below(before.len())].name.clone();
            // Two edits of one column, or of one fact of a table, could undo each other.
            if !touched.insert((name.clone(), column.clone())) || !touched.insert((name.clone(), format!("{:?}", edit.1))) {
                continue;
            }
            let table = new.tables.get_mut(&name).expect("a table");
            let column = table.columns.iter().position(|of| of.name == column).expect("it was not touched");
            let (edit, rule) = edit;
            if let Some(below) = edit(table, column) {
                expected.insert((rule, name, below));
            }
        }
        new.tables.values_mut().for_each(Table::sort);
        let found = compare(&old, &new);
        let told = |place: &Place<'_>| (place.owner.to_string(), place.below());
        let told: BTreeSet<(Rule, String, String)> = found.changes.iter().map(|change| {
            let (owner, below) = told(&change.place);
            (change.rule, owner, below)
        }).collect();
        prop_assert_eq!(told, expected);
        prop_assert!(found.not_known.is_empty());
    }
}

/// Visits the values of a table's JSON which are not what it is found by, and counts them.
fn values(json: &mut Value, visit: &mut impl FnMut(&mut Value)) -> usize {
    match json {
        Value::Object(members) => {
            let mut count = 0;
            for (key, value) in members {
                let identity = matches!(
                    key.as_str(),
                    "name" | "table" | "value" | "primary_id" | "global" | "targets"
                );
                if !identity
                    || value.is_object()
                    || value
                        .as_array()
                        .is_some_and(|items| items.iter().all(Value::is_object))
                {
                    count += values(value, visit);
                }
            }
            count
        }
        Value::Array(items) if items.iter().all(Value::is_object) => {
            items.iter_mut().map(|item| values(item, visit)).sum()
        }
        Value::Array(_) => 0,
        value => {
            visit(value);
            1
        }
    }
}

/// Another value of the same type.
fn otherwise(value: &Value) -> Value {
    match value {
        Value::Bool(on) => Value::Bool(!on),
        Value::Number(number) => match number.as_i64() {
            Some(0) => 1.into(),
            Some(_) => 0.into(),
            None => 0.5.into(),
        },
        Value::String(text) => match text.as_str() {
            "none" => "system".into(),
            "system" | "application" | "recommended" => "none".into(),
            "read" => "read update".into(),
            "user_local" => "date_only".into(),
            "rollup" => "formula".into(),
            text => format!("{text}x").into(),
        },
        other => other.clone(),
    }
}

/// Makes every side know everything that the edits change.
fn tell(schema: &mut Schema) {
    for table in schema.tables.values_mut() {
        table.schema_name.get_or_insert_with(|| "Told".to_owned());
        table.table_type = Some(TableType::Standard);
        table.ownership = Some("UserOwned".to_owned());
        table.entity_set.get_or_insert_with(|| "rows".to_owned());
        table.facts.change_tracking = Some(true);
        table.label = Label::of(1033, &table.name);
        for column in &mut table.columns {
            column.schema_name.get_or_insert_with(|| "Told".to_owned());
            column.label = Label::of(1033, "Told");
            column.access = Some(Access::ALL);
            column.required = Some(Required::Recommended);
            column.source = Source::Simple;
            column.auto_number = None;
            column.secured = false;
        }
    }
}

/// An edit of a table at one of its columns, and the rule that it follows. It gives the place below the table, or nothing
/// where it doesn't fit.
type Edit = (fn(&mut Table, usize) -> Option<String>, Rule);

const EDITS: &[Edit] = &[
    (
        |table, at| {
            named(table, at, |column| {
                column.access = Some(Access::CREATE_ONLY);
            })
        },
        Rule::UpdateLost,
    ),
    (
        |table, at| named(table, at, |column| column.required = Some(Required::None)),
        Rule::HintChanged,
    ),
    (
        |table, at| named(table, at, |column| column.source = Source::Rollup),
        Rule::SourceComputed,
    ),
    (
        |table, at| named(table, at, |column| column.secured = true),
        Rule::SecuredOn,
    ),
    (
        |table, at| {
            named(table, at, |column| {
                column.auto_number = Some("{SEQNUM:4}".to_owned());
            })
        },
        Rule::AutoNumberAdded,
    ),
    (
        |table, at| {
            named(table, at, |column| {
                column.label = Label::of(1033, "Told otherwise");
            })
        },
        Rule::LabelChanged,
    ),
    (
        |table, at| named(table, at, |column| column.schema_name = Some("Else".to_owned())),
        Rule::SchemaNameChanged,
    ),
    (retyped, Rule::TypeChanged),
    (
        |table, at| Some(table.columns.remove(at).name),
        Rule::ColumnRemoved,
    ),
    (added, Rule::ColumnAdded),
    (
        |table, _| {
            table.entity_set = Some("others".to_owned());
            Some(String::new())
        },
        Rule::EntitySetChanged,
    ),
    (
        |table, _| {
            table.table_type = Some(TableType::Elastic);
            Some(String::new())
        },
        Rule::TableTypeChanged,
    ),
    (
        |table, _| {
            table.facts.change_tracking = Some(false);
            Some(String::new())
        },
        Rule::ChangeTrackingOff,
    ),
    (
        |table, _| {
            let name = "an added key".to_owned();
            let key = Key {
                name: name.clone(),
                columns: vec!["no such column".to_owned()],
                ..Key::default()
            };
            table.keys.push(key);
            Some(format!("key {name}"))
        },
        Rule::KeyAdded,
    ),
];

fn named(table: &mut Table, at: usize, edit: impl Fn(&mut Column)) -> Option<String> {
    edit(&mut table.columns[at]);
    Some(table.columns[at].name.clone())
}

fn retyped(table: &mut Table, at: usize) -> Option<String> {
    let column = &mut table.columns[at];
    let date = ColumnKind::DateTime {
        behavior: DateBehavior::DateOnly,
        format: None,
    };
    column.kind = match column.kind {
        ColumnKind::DateTime { .. } => ColumnKind::UniqueId,
        _ => date,
    };
    Some(column.name.clone())
}

fn added(table: &mut Table, _: usize) -> Option<String> {
    let name = "an added column".to_owned();
    let column = Column {
        name: name.clone(),
        label: Label::of(1033, "Added"),
        ..table.columns[0].clone()
    };
    table.columns.push(column);
    Some(name)
}

#[test]
fn a_table_that_looks_renamed_is_told_by_both_names() {
    // Two strangers of which one happens to have the label and a column of the other.
    let (old, new) = (
        arbitrary::schema(4, 13_956_399_634_305_450_262),
        arbitrary::schema(4, 3_943_272_867_080_271_478),
    );
    let found = compare(&old, &new);
    let renamed = |change: &&Change<'_>| change.rule == Rule::TableRenamed;
    assert_eq!(found.changes.iter().filter(renamed).count(), 1);
    assert_eq!(coverage::faults(&old, &new, &found), [""; 0]);
}

#[test]
fn a_column_may_have_no_name() {
    let old = arbitrary::schema(4, 6_114_432_425_236_331_510);
    let unnamed = |schema: &Schema| {
        let columns = schema.tables.values().flat_map(|table| &table.columns);
        columns.filter(|column| column.name.is_empty()).count()
    };
    assert!(unnamed(&old) > 0, "the seed gives one");
    let mut new = old.clone();
    arbitrary::relabel(&mut new, 1);
    assert_eq!(coverage::faults(&old, &new, &compare(&old, &new)), [""; 0]);
}
