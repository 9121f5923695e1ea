//! One table as requests see it.

use dataverse_codegen::schema::{Column, Table};
use std::collections::HashMap;

/// A table with its properties and navigation properties by name. Names are case-sensitive, as the service's are.
#[derive(Debug)]
pub struct Entity {
    pub(super) table: Table,
    pub(super) properties: HashMap<String, Property>,
    pub(super) singles: HashMap<String, Single>,
    pub(super) collections: HashMap<String, Many>,
    /// Only the identity is known: the snapshot refers to the table without having selected it.
    pub(super) referred: bool,
}

/// A property: what `$select` and bodies name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// Its name: `name`, `_primarycontactid_value`.
    pub name: String,
    /// Where its column stands in the table.
    pub(super) column: usize,
}

/// A single-valued navigation property: a lookup, for one of its targets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Single {
    /// Its name: `primarycontactid`, `customerid_account`.
    pub name: String,
    /// The lookup's column.
    pub column: String,
    /// The table that it leads to.
    pub target: String,
}

/// A collection-valued navigation property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Many {
    /// Its name.
    pub name: String,
    /// The table whose rows it holds.
    pub table: String,
    /// How the rows are tied.
    pub links: Links,
}

/// How the rows of a collection are tied to their row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Links {
    /// By this lookup of theirs.
    Lookup(String),
    /// By rows of an intersect table.
    Intersect {
        /// The intersect table.
        table: String,
        /// Its column that holds the id of the row.
        own: String,
        /// Its column that holds the ids of the collection's rows.
        other: String,
    },
    /// The snapshot doesn't say.
    Unknown,
}

impl Entity {
    /// The logical name.
    pub fn name(&self) -> &str {
        &self.table.name
    }

    /// All that the schema says.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// Whether only the table's identity is known.
    pub fn is_referred(&self) -> bool {
        self.referred
    }

    /// The property that holds a row's id.
    pub fn primary_id(&self) -> &str {
        &self.table.primary_id
    }

    /// The property of this name, with its column.
    pub fn property(&self, name: &str) -> Option<(&Property, &Column)> {
        let property = self.properties.get(name)?;
        Some((property, &self.table.columns[property.column]))
    }

    /// The property that a column is read as. A list of parties has none.
    pub fn property_of(&self, column: &str) -> Option<&Property> {
        self.properties
            .values()
            .find(|property| self.table.columns[property.column].name == column)
    }

    /// The single-valued navigation property of this name.
    pub fn single(&self, name: &str) -> Option<&Single> {
        self.singles.get(name)
    }

    /// The single-valued navigation properties of a lookup.
    pub fn singles_of(&self, column: &str) -> impl Iterator<Item = &Single> {
        self.singles
            .values()
            .filter(move |single| single.column == column)
    }

    /// The collection of this name.
    pub fn collection(&self, name: &str) -> Option<&Many> {
        self.collections.get(name)
    }
}
