//! The one model that every later step uses: tables, choices and operations of an environment, joined from both documents.
//!
//! It knows no document and no emitter. Its serde form is the snapshot's form, so that reading a snapshot back gives the same schema.

mod access;
mod choice;
mod column;
mod complete;
mod kind;
mod label;
mod languages;
mod operation;
mod relationship;
mod select;
mod table;
mod unmatched;

pub use access::Access;
pub use choice::{ChoiceOption, ChoiceSet, ChoiceUse};
pub use column::{Column, Required, Source};
pub(crate) use complete::cut_circles;
pub use kind::{ColumnKind, DateBehavior};
pub use label::Label;
pub use operation::{ComplexType, EnumType, Member, Operation, OperationKind, Parameter, TypeName, TypeUse};
pub use relationship::{Cascade, Collection, CollectionKind, Key, Lookup, LookupKind, Target};
pub(crate) use select::PARTY_TABLE;
pub use select::{BadPattern, Patterns, Selection};
pub use table::{Facts, Reference, Table, TableType};

use std::collections::BTreeMap;

/// A whole environment, or the part of it that was selected.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Schema {
    /// Tables by logical name.
    pub tables: BTreeMap<String, Table>,
    /// Tables that a selected table's lookup or an operation names, but that are not selected themselves.
    pub references: BTreeMap<String, Reference>,
    /// Global choices by name.
    pub choices: BTreeMap<String, ChoiceSet>,
    /// Functions and actions, sorted by name, kind and binding.
    pub operations: Vec<Operation>,
    /// Complex types by name.
    pub complex_types: BTreeMap<String, ComplexType>,
    /// Enumerations of the API (never a table's choices) by name.
    pub enum_types: BTreeMap<String, EnumType>,
    /// Whether it was read without `$metadata`: then operations are not known, and navigation properties only as far as
    /// the definitions name them.
    pub without_metadata: bool,
}

impl Schema {
    /// What is known of a table's identity, whether it is selected or only referred to.
    #[must_use]
    pub fn reference(&self, table: &str) -> Option<Reference> {
        match self.tables.get(table) {
            Some(table) => Some(table.reference()),
            None => self.references.get(table).cloned(),
        }
    }
}

/// Serde's `skip_serializing_if` for flags: only what is true is worth a line.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
pub(crate) fn is_false(flag: &bool) -> bool {
    !*flag
}
