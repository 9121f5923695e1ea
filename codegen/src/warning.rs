//! What a run noticed without having to stop for it.

use std::fmt;

/// Something that was missing, unknown or contradictory, and what was done about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Warning {
    /// The table's logical name, where it is about one that is known.
    pub table: Option<String>,
    /// The column's logical name.
    pub column: Option<String>,
    /// What was found, and what was done.
    pub message: String,
}

impl Warning {
    /// A warning about a table.
    pub fn table(table: &str, message: impl Into<String>) -> Self {
        Self {
            table: Some(table.to_owned()),
            column: None,
            message: message.into(),
        }
    }

    /// A warning about a column.
    pub fn column(table: &str, column: &str, message: impl Into<String>) -> Self {
        Self {
            table: Some(table.to_owned()),
            column: Some(column.to_owned()),
            message: message.into(),
        }
    }

    /// A warning about a document as a whole.
    pub fn document(message: impl Into<String>) -> Self {
        Self {
            table: None,
            column: None,
            message: message.into(),
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.table, &self.column) {
            (Some(table), Some(column)) => write!(f, "{table}.{column}: {}", self.message),
            (Some(table), None) => write!(f, "{table}: {}", self.message),
            (None, Some(column)) => write!(f, "{column}: {}", self.message),
            (None, None) => f.write_str(&self.message),
        }
    }
}
