//! How tables hang together: lookups, collections and alternate keys.

use serde::{Deserialize, Serialize};

use super::{Label, is_false};

/// What a lookup column points at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lookup {
    /// What sort of lookup it is.
    #[serde(default, skip_serializing_if = "LookupKind::is_simple")]
    pub kind: LookupKind,
    /// The property that holds the id where it isn't `_<column>_value`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub property: Option<String>,
    /// The tables that it may point at, by name. Empty where the documents don't tell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
}

/// The sorts of lookups.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LookupKind {
    /// To one table, or to several that its maker chose.
    #[default]
    Simple,
    /// To an account or a contact.
    Customer,
    /// To the user or team that owns the row.
    Owner,
}

impl LookupKind {
    fn is_simple(&self) -> bool {
        *self == Self::Simple
    }
}

/// One table that a lookup may point at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The table's logical name.
    pub table: String,
    /// The navigation property that reads and writes the lookup for this target. Absent where there is none: then the
    /// lookup can be read as an id, but not be expanded or written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub navigation: Option<String>,
    /// The relationship's schema name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relationship: Option<String>,
    /// What happens to this row when something happens to the target.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cascade: Option<Cascade>,
    /// Whether the relationship is the table's hierarchy.
    #[serde(default, skip_serializing_if = "is_false")]
    pub hierarchical: bool,
}

/// What a relationship passes on, in the service's words (`NoCascade`, `Cascade`, `RemoveLink`, `Restrict`, ...).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "named as the service names them")]
pub struct Cascade {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub assign: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub delete: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub merge: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reparent: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub share: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unshare: String,
}

/// A collection-valued navigation property.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collection {
    /// The navigation property's name.
    pub name: String,
    /// The table whose rows it holds.
    pub table: String,
    /// How the rows are tied.
    pub kind: CollectionKind,
    /// The relationship's schema name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relationship: Option<String>,
}

/// How the rows of a collection are tied to their row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CollectionKind {
    /// By a lookup of the other table.
    OneToMany {
        /// The lookup's column, where the documents tell.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lookup: Option<String>,
    },
    /// By rows of an intersect table.
    ManyToMany {
        /// The intersect table, where the documents tell.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        intersect: Option<String>,
    },
}

/// An alternate key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// The key's logical name; without definitions its columns joined by `_`.
    pub name: String,
    /// What people see.
    #[serde(default, skip_serializing_if = "Label::is_empty")]
    pub label: Label,
    /// The logical names of its columns, in the key's order.
    pub columns: Vec<String>,
    /// The state of its index where it isn't `Active`: the key can't be used yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index_status: Option<String>,
}
