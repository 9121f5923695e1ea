//! The whole of an address: `address1_composite` and its like, made of its parts.
//!
//! The order is the one that the service has in English: lines, then city, state and postal code, then the country.

use super::draft::Draft;
use crate::store::Cell;

const PARTS: [&str; 7] = [
    "line1",
    "line2",
    "line3",
    "city",
    "stateorprovince",
    "postalcode",
    "country",
];

/// Writes the whole of every address of which a part is written.
pub(super) fn settle(draft: &mut Draft<'_>) {
    let table = draft.entity.table();
    let wholes: Vec<&str> = table
        .columns
        .iter()
        .filter_map(|column| column.name.strip_suffix("_composite"))
        .collect();
    for address in wholes {
        let name = |part: &str| format!("{address}_{part}");
        if !PARTS.iter().any(|part| draft.cells.contains_key(&name(part))) {
            continue;
        }
        let part = |part: &str| match draft.value(&name(part)) {
            Cell::Text(text) => text.as_str(),
            _ => "",
        };
        let region = joined(&[part("stateorprovince"), part("postalcode")], " ");
        let town = joined(&[part("city"), &region], ", ");
        let whole = joined(
            &[
                part("line1"),
                part("line2"),
                part("line3"),
                &town,
                part("country"),
            ],
            "\r\n",
        );
        let cell = if whole.is_empty() {
            Cell::Null
        } else {
            Cell::Text(whole)
        };
        draft.set(&name("composite"), cell);
    }
}

/// The texts that aren't empty.
fn joined(texts: &[&str], between: &str) -> String {
    let some: Vec<&str> = texts.iter().copied().filter(|text| !text.is_empty()).collect();
    some.join(between)
}
