//! Joins the two documents into one schema. Neither is enough: CSDL has the exact navigation names, operations and
//! complex types; definitions have choices, labels, lengths, targets, permissions and date behaviour. Where only one is at
//! hand the schema holds what that one knows.

mod combine;
mod csdl_index;
mod csdl_table;
mod defined;
mod defined_kind;
mod definitions;
mod fixups;
mod merge;
mod navigation;
mod operations;
mod relations;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::csdl::Document;
use crate::schema::Schema;
use crate::warning::Warning;

use csdl_index::CsdlIndex;
use csdl_table::CsdlTable;
pub use definitions::Definitions;
use operations::Types;

/// Joins what is at hand. The order of tables, columns and bodies doesn't matter, unless two bodies contradict each other:
/// then the earlier one is right.
#[must_use]
pub fn join(csdl: Option<&Document<'_>>, definitions: Definitions) -> (Schema, Vec<Warning>) {
    let mut warnings = definitions.warnings.clone();
    let mut schema = Schema {
        without_metadata: csdl.is_none(),
        ..Schema::default()
    };
    let from_csdl = match csdl {
        Some(document) => read_csdl(document, &mut schema, &mut warnings),
        None => BTreeMap::new(),
    };
    merge::tables(&mut schema, from_csdl, definitions, csdl.is_some(), &mut warnings);
    if csdl.is_none() {
        warnings.push(Warning::document(
            "no $metadata was given: operations, and the navigation properties that the definitions don't name, are unknown",
        ));
    }
    schema.settle(BTreeMap::new());
    warnings.sort();
    warnings.dedup();
    (schema, warnings)
}

fn read_csdl(
    document: &Document<'_>,
    schema: &mut Schema,
    warnings: &mut Vec<Warning>,
) -> BTreeMap<String, CsdlTable> {
    let index = CsdlIndex::new(document);
    let types = Types::new(document, &index);
    schema.operations = types.operations(document, warnings);
    schema.complex_types = types.complex_types(document);
    schema.enum_types = types.enum_types(document);
    warnings.extend(document.notes.iter().map(|note| {
        let (line, column) = (note.position.line, note.position.column);
        Warning::document(format!("$metadata:{line}:{column}: {}", note.message))
    }));
    let mut seen = BTreeSet::new();
    let tables: Vec<_> = document
        .entity_types
        .iter()
        .filter(|of| index.is_table(&of.name) && seen.insert(&*of.name))
        .collect();
    let read: Vec<_> = tables
        .par_iter()
        .map(|of| {
            let mut warnings = Vec::new();
            (csdl_table::table(&index, of, &mut warnings), warnings)
        })
        .collect();
    let mut by_name = BTreeMap::new();
    for (table, noticed) in read {
        warnings.extend(noticed);
        by_name.extend(table.map(|table| (table.table.name.clone(), table)));
    }
    by_name
}
