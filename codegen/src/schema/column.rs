//! Columns and what the service says of them.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{Access, ColumnKind, Label, is_false};

/// A column that the Web API knows. Shadow columns (`*name`, `*yominame`) are not part of a schema.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// The logical name: lower case, unique in the table.
    pub name: String,
    /// The schema name, which keeps the case that its maker gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema_name: Option<String>,
    /// What people see.
    #[serde(default, skip_serializing_if = "Label::is_empty")]
    pub label: Label,
    /// A longer text.
    #[serde(default, skip_serializing_if = "Label::is_empty")]
    pub description: Label,
    /// The type with its facets.
    pub kind: ColumnKind,
    /// What may be done with it. Absent where the documents don't tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<Access>,
    /// Whether it must have a value. Absent where the documents don't tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<Required>,
    /// How its value comes about.
    #[serde(default, skip_serializing_if = "Source::is_simple")]
    pub source: Source,
    /// The pattern of an auto-number column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_number: Option<String>,
    /// Whether column security is on: callers without the right read null.
    #[serde(default, skip_serializing_if = "is_false")]
    pub secured: bool,
    /// Whether it is stored in another table, as addresses are.
    #[serde(default, skip_serializing_if = "is_false")]
    pub logical: bool,
    /// Whether it was added to the environment rather than shipped with it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub custom: bool,
}

impl Column {
    /// The property that the column is read as. A list of parties has none: then it is the column's name.
    #[must_use]
    pub fn property(&self) -> Cow<'_, str> {
        match &self.kind {
            ColumnKind::Lookup(lookup) => match &lookup.property {
                Some(property) => Cow::Borrowed(property),
                None => Cow::Owned(format!("_{}_value", self.name)),
            },
            _ => Cow::Borrowed(&self.name),
        }
    }
}

/// How binding it is that a column has a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Required {
    /// Not at all.
    None,
    /// A hint for forms.
    Recommended,
    /// Forms insist; the Web API does not.
    Application,
    /// The service insists.
    System,
}

/// How a column's value comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Somebody writes it.
    #[default]
    Simple,
    /// Computed when read.
    Calculated,
    /// Aggregated from related rows now and then.
    Rollup,
    /// Computed by a Power Fx formula.
    Formula,
}

impl Source {
    fn is_simple(&self) -> bool {
        *self == Self::Simple
    }
}
