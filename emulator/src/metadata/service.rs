//! The service document: the entity sets.

use super::catalog::Catalog;
use super::csdl::DEFINITION_SETS;
use super::json::Json;
use std::collections::BTreeSet;

/// The document. Functions and actions aren't part of it.
pub(super) fn document(catalog: Catalog<'_>, root: &str) -> Vec<u8> {
    let schema = catalog.model.schema();
    let tables = schema
        .tables
        .values()
        .filter_map(|table| table.entity_set.as_deref());
    let references = schema
        .references
        .values()
        .filter_map(|of| of.entity_set.as_deref());
    let definitions = DEFINITION_SETS.iter().map(|(set, _)| *set);
    let sets: BTreeSet<&str> = tables.chain(references).chain(definitions).collect();
    let mut json = Json::new(catalog.language);
    json.raw("{\"@odata.context\":");
    json.text(&format!("{root}$metadata"));
    json.raw(",\"value\":[");
    for set in sets {
        json.raw("{\"name\":");
        json.text(set);
        json.raw(",\"kind\":\"EntitySet\",\"url\":");
        json.text(set);
        json.raw("},");
    }
    json.close(']');
    json.raw("}");
    json.finish()
}
