//! Reads definitions of tables: the JSON answers of `EntityDefinitions` and its relatives.
//!
//! [`read()`] takes one body of any known [`Shape`] and hands out its tables one at a time. It is lenient about
//! content (any property may be missing, `null` or of another type) and strict about form (what isn't a
//! complete JSON document of a known shape is a [`DefinitionsError`]).

mod assemble;
mod attributes;
mod body;
mod choices;
mod context;
mod detect;
mod error;
mod foreign;
mod labels;
mod lenient;
mod list;
mod locate;
mod messages;
mod model;
mod notes;
mod object;
mod parts;
mod read;
mod relationships;
mod solutions;
mod split;
mod tables;
mod walk;

pub use body::{Body, RawDeleted, Shape};
pub use error::{DefinitionsError, Position};
pub use model::{
    AttributeKind, RawAttribute, RawCascade, RawKey, RawLabel, RawManyToMany, RawNumber, RawOneToMany,
    RawOption, RawOptionSet, RawSolutionComponent, RawTable, Text,
};
pub use read::read;
