//! Which tables are to be fetched: the selection against the list of all tables.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::FetchError;
use super::cache::{Cache, SOLUTIONS, TABLES};
use crate::definitions;
use crate::schema::Selection;

/// The selected tables by name.
pub(super) fn tables(cache: &Cache, selection: &Selection) -> Result<BTreeSet<String>, FetchError> {
    let body = read(cache, TABLES)?;
    let answer = definitions::read(&body, |table, _| {
        let id = table.metadata_id.unwrap_or_default().to_ascii_lowercase();
        (table.logical_name.into_owned(), id)
    })
    .map_err(|source| FetchError::Answer {
        what: "EntityDefinitions",
        source,
    })?;
    let solutions = if selection.solutions.is_empty() {
        BTreeMap::new()
    } else {
        of_solutions(cache)?
    };
    let wanted = |(name, id): &(String, String)| {
        let none = Vec::new();
        selection.wants(name, solutions.get(id).unwrap_or(&none))
    };
    let tables = answer.tables.into_iter().filter(wanted);
    Ok(tables.map(|(name, _)| name).collect())
}

/// The solutions of tables, by the tables' ids.
fn of_solutions(cache: &Cache) -> Result<BTreeMap<String, Vec<String>>, FetchError> {
    let body = read(cache, SOLUTIONS)?;
    let answer = definitions::read(&body, |_, _| ()).map_err(|source| FetchError::Answer {
        what: "solutioncomponents",
        source,
    })?;
    let mut solutions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for component in answer.solution_components.iter().filter(|of| of.is_table()) {
        if let Some(name) = &component.solution_unique_name {
            let id = component.object_id.to_ascii_lowercase();
            solutions.entry(id).or_default().push(name.clone().into_owned());
        }
    }
    Ok(solutions)
}

fn read(cache: &Cache, document: &str) -> Result<Vec<u8>, FetchError> {
    let path = cache.path(document);
    fs::read(&path).map_err(FetchError::io("read", &path))
}
