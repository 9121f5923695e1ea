//! For every rule at least one pair of schemas that differ in one thing.

mod columns;
mod kinds;
mod operations;
mod relations;
mod tables;

use dataverse_codegen::schema::Schema;

/// The rule, and the two schemas.
pub type Case = (&'static str, Schema, Schema);

pub fn all() -> Vec<Case> {
    [
        tables::tables(),
        columns::columns(),
        kinds::kinds(),
        kinds::choices_and_options(),
        relations::relations(),
        operations::operations(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
