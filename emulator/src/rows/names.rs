//! The full name of people: made of its parts, in the order that the service has unless somebody changes it.

use super::draft::Draft;
use crate::store::Cell;

const PARTS: [&str; 3] = ["firstname", "middlename", "lastname"];
const FULL: &str = "fullname";

/// Writes the full name of contacts, leads and users when a part of it is written.
pub(super) fn settle(draft: &mut Draft<'_>) {
    let is_person = [FULL, "firstname", "lastname"]
        .iter()
        .all(|column| draft.has(column));
    let written = PARTS.iter().any(|part| draft.cells.contains_key(*part));
    if !is_person || !written || draft.is_given(FULL) {
        return;
    }
    let parts: Vec<&str> = PARTS
        .iter()
        .filter_map(|part| match draft.value(part) {
            Cell::Text(text) => Some(text.as_str()),
            _ => None,
        })
        .collect();
    let full = parts.join(" ");
    let cell = if full.is_empty() {
        Cell::Null
    } else {
        Cell::Text(full)
    };
    draft.set(FULL, cell);
}
