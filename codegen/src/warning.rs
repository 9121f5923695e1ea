//! What a run noticed without having to stop for it.

use std::fmt;

/// Something that was missing, unknown or contradictory, and what was done about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Warning {
    /// The table's logical name; empty where it concerns none.
    pub table: String,
    /// The column's logical name.
    pub column: Option<String>,
    /// What was found, and what was done.
    pub message: String,
}

impl Warning {
    /// A warning about a table.
    pub fn table(table: &str, message: impl Into<String>) -> Self {
        Self {
            table: table.to_owned(),
            column: None,
            message: message.into(),
        }
    }

    /// A warning about a column.
    pub fn column(table: &str, column: &str, message: impl Into<String>) -> Self {
        Self {
            table: table.to_owned(),
            column: Some(column.to_owned()),
            message: message.into(),
        }
    }

    /// A warning about a document as a whole.
    pub fn document(message: impl Into<String>) -> Self {
        Self {
            table: String::new(),
            column: None,
            message: message.into(),
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&*self.table, &self.column) {
            ("", _) => write!(f, "{}", self.message),
            (table, None) => write!(f, "{table}: {}", self.message),
            (table, Some(column)) => write!(f, "{table}.{column}: {}", self.message),
        }
    }
}
