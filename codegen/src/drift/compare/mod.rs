//! The comparison. It walks both schemas once, side by side; nothing in it decides a severity, which the rules do.

mod choices;
mod columns;
mod found;
mod kinds;
mod knowledge;
mod lookups;
mod operations;
mod pairs;
mod relations;
mod table_facts;
mod tables;
mod texts;
mod types;

use super::Changes;
use crate::schema::Schema;

use knowledge::Knowledge;

/// What every step of the comparison sees.
struct Sides<'s> {
    old: &'s Schema,
    new: &'s Schema,
    knowledge: Knowledge,
}

/// What is different between the schema that programs were built for and the one that they meet.
///
/// The order of tables, columns and the like makes no difference, nor does the program that wrote the schemas.
#[must_use]
pub fn compare<'s>(old: &'s Schema, new: &'s Schema) -> Changes<'s> {
    let sides = Sides {
        old,
        new,
        knowledge: Knowledge::new(old, new),
    };
    let mut found = tables::tables(&sides);
    choices::global(&sides, &mut found);
    operations::operations(&sides, &mut found);
    found.sort();
    found
}
