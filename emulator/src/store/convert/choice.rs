//! Options of choices.

use super::Place;
use crate::json::Json;
use crate::store::Cell;
use crate::{Fault, Model};
use dataverse_codegen::schema::{ChoiceSet, ChoiceUse};
use std::collections::BTreeSet;

/// A column of choices takes no more than this (Microsoft Learn, "Multi-select choice columns").
const MOST: usize = 150;

/// The options of a column.
pub(crate) fn choice_set<'a>(model: &'a Model, choice: &'a ChoiceUse) -> Option<&'a ChoiceSet> {
    match choice {
        ChoiceUse::Local(set) => Some(set),
        ChoiceUse::Global(name) => model.schema().choices.get(name),
    }
}

pub(super) fn one(place: Place<'_>, value: &Json, set: Option<&ChoiceSet>) -> Result<Cell, Fault> {
    let Json::Number(text) = value else {
        return Err(place.unconvertible(value, "Edm.Int32"));
    };
    let number: i32 = text
        .parse()
        .map_err(|_| place.unconvertible(value, "Edm.Int32"))?;
    check(place, number, set)?;
    Ok(Cell::Integer(i64::from(number)))
}

/// Kept by rising value, each once.
pub(super) fn many(place: Place<'_>, value: &Json, set: Option<&ChoiceSet>) -> Result<Cell, Fault> {
    let Json::Text(text) = value else {
        return Err(place.unconvertible(value, "Edm.String"));
    };
    if text.trim().is_empty() {
        return Ok(Cell::Null);
    }
    let mut numbers = BTreeSet::new();
    for item in text.split(',') {
        let number: i32 = item.trim().parse().map_err(|_| {
            place.invalid(
                0x8004_431a,
                &format!(
                    "'{}' is no list of options of '{}'.",
                    short(text),
                    place.column.name
                ),
            )
        })?;
        check(place, number, set)?;
        numbers.insert(number);
    }
    if numbers.len() > MOST {
        return Err(place.invalid(
            0x8004_431a,
            &format!("'{}' takes no more than {MOST} options.", place.column.name),
        ));
    }
    let numbers: Vec<String> = numbers.iter().map(i32::to_string).collect();
    Ok(Cell::Plain(numbers.join(",")))
}

/// A set without options is one that the documents don't tell.
fn check(place: Place<'_>, number: i32, set: Option<&ChoiceSet>) -> Result<(), Fault> {
    let Some(set) = set.filter(|set| !set.options.is_empty()) else {
        return Ok(());
    };
    if set.options.iter().any(|option| option.value == number) {
        return Ok(());
    }
    let mut known: Vec<String> = set
        .options
        .iter()
        .take(50)
        .map(|option| option.value.to_string())
        .collect();
    if set.options.len() > known.len() {
        known.push("...".to_owned());
    }
    Err(place.invalid(
        0x8004_431a,
        &format!(
            "The value {number} of '{}' on record of type '{}' is outside the valid range. Accepted Values: {}",
            place.column.name,
            place.table,
            known.join(",")
        ),
    ))
}

fn short(text: &str) -> String {
    text.chars().take(100).collect()
}
