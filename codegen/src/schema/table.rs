//! Tables.

use serde::{Deserialize, Serialize};

use super::{Collection, Column, Key, Label};

/// A table with all that the Web API offers of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// The logical name: lower case, unique in the environment.
    pub name: String,
    /// The schema name, which keeps the case that its maker gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema_name: Option<String>,
    /// The name in URLs. Absent where the table has no address of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity_set: Option<String>,
    /// What people see.
    #[serde(default, skip_serializing_if = "Label::is_empty")]
    pub label: Label,
    /// What people see for many rows.
    #[serde(default, skip_serializing_if = "Label::is_empty")]
    pub plural_label: Label,
    /// A longer text.
    #[serde(default, skip_serializing_if = "Label::is_empty")]
    pub description: Label,
    /// The column that identifies a row.
    pub primary_id: String,
    /// The column that names a row for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub primary_name: Option<String>,
    /// The image column that stands for a row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub primary_image: Option<String>,
    /// The key property by which CSDL names the row where it isn't the primary id (`ownerid` of users and teams).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub csdl_key: Option<String>,
    /// The table whose properties it inherits (`activitypointer` or `principal`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// Where its rows are kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table_type: Option<TableType>,
    /// Who owns its rows, in the service's words (`UserOwned`, `OrganizationOwned`, ...).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ownership: Option<String>,
    /// What it can do.
    #[serde(default, skip_serializing_if = "Facts::is_empty")]
    pub facts: Facts,
    /// The unique names of the solutions that hold it, where the documents tell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub solutions: Vec<String>,
    /// Its columns, by name.
    pub columns: Vec<Column>,
    /// Its alternate keys, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<Key>,
    /// Its collections, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub collections: Vec<Collection>,
}

impl Table {
    /// The column of that logical name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns
            .binary_search_by(|column| column.name.as_str().cmp(name))
            .ok()
            .map(|at| &self.columns[at])
    }

    /// Puts columns, keys, collections and solutions in their canonical order; of two with one name the first stays.
    pub fn sort(&mut self) {
        self.columns.sort_by(|a, b| a.name.cmp(&b.name));
        self.columns.dedup_by(|later, first| later.name == first.name);
        self.keys.sort_by(|a, b| a.name.cmp(&b.name));
        self.keys.dedup_by(|later, first| later.name == first.name);
        self.collections.sort_by(|a, b| a.name.cmp(&b.name));
        self.collections.dedup_by(|later, first| later.name == first.name);
        self.solutions.sort_unstable();
        self.solutions.dedup();
    }

    /// What is left of the table where it is only referred to.
    #[must_use]
    pub fn reference(&self) -> Reference {
        Reference {
            name: self.name.clone(),
            schema_name: self.schema_name.clone(),
            entity_set: self.entity_set.clone(),
            label: self.label.clone(),
            primary_id: self.primary_id.clone(),
        }
    }
}

/// Where a table's rows are kept. Kinds that this version doesn't know stay as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum TableType {
    /// In the environment's database.
    Standard,
    /// In a store for very many rows, with partitions.
    Elastic,
    /// In an external source.
    Virtual,
    /// Something newer.
    Other(String),
}

impl From<String> for TableType {
    fn from(text: String) -> Self {
        match text.as_str() {
            "Standard" => Self::Standard,
            "Elastic" => Self::Elastic,
            "Virtual" => Self::Virtual,
            _ => Self::Other(text),
        }
    }
}

impl From<TableType> for String {
    fn from(table_type: TableType) -> Self {
        table_type.as_str().to_owned()
    }
}

impl TableType {
    /// The service's word for it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Standard => "Standard",
            Self::Elastic => "Elastic",
            Self::Virtual => "Virtual",
            Self::Other(text) => text,
        }
    }
}

/// What a table is and can do; absent where the documents don't tell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Its rows are activities: tasks, e-mails and the like.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity: Option<bool>,
    /// Its rows can take part in activities.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity_party: Option<bool>,
    /// Its rows tie the rows of a many-to-many relationship.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub intersect: Option<bool>,
    /// It was added to the environment rather than shipped with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom: Option<bool>,
    /// Changes can be asked for since a point in time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change_tracking: Option<bool>,
    /// Updates can be made conditional on the row version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub optimistic_concurrency: Option<bool>,
    /// Duplicates are looked for on request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duplicate_detection: Option<bool>,
    /// Rows can have notes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<bool>,
    /// Rows can have activities.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activities: Option<bool>,
    /// Status changes follow the transitions of the status options.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enforces_transitions: Option<bool>,
    /// Its rows belong to solutions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub solution_aware: Option<bool>,
}

impl Facts {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A table of which only the identity is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// The logical name.
    pub name: String,
    /// The schema name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema_name: Option<String>,
    /// The name in URLs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity_set: Option<String>,
    /// What people see.
    #[serde(default, skip_serializing_if = "Label::is_empty")]
    pub label: Label,
    /// The column that identifies a row. Empty where the documents don't tell.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub primary_id: String,
}
