//! What differs, in words.

use std::fmt;

/// Something that a program uses, and that the environment has otherwise or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Difference {
    /// There is no such table, or the user may not see it.
    NoTable {
        /// The logical name.
        table: String,
    },
    /// The rows have another address.
    EntitySet {
        /// The table.
        table: String,
        /// The name in URLs that the program uses.
        expected: String,
        /// The one that there is.
        found: Option<String>,
    },
    /// Another column identifies a row.
    PrimaryIdName {
        /// The table.
        table: String,
        /// The column that the program uses.
        expected: String,
        /// The one that there is.
        found: String,
    },
    /// There is no such column.
    NoColumn {
        /// The table.
        table: String,
        /// The column, or the property that it is read as.
        column: String,
    },
    /// The column holds something else.
    Type {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// What the program takes it for, as the service names types.
        expected: String,
        /// What it is.
        found: String,
    },
    /// Something may no longer be done with the column.
    Access {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// `read`, `set on create` or `updated`.
        lost: &'static str,
    },
    /// There is no such relationship.
    NoNavigation {
        /// The table.
        table: String,
        /// The navigation property.
        navigation: String,
    },
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoTable { table } => write!(f, "the environment has no table {table}"),
            Self::EntitySet {
                table,
                expected,
                found,
            } => match found {
                Some(found) => write!(f, "rows of {table} are at `{found}`, not at `{expected}`"),
                None => write!(f, "rows of {table} have no address: `{expected}` is gone"),
            },
            Self::PrimaryIdName {
                table,
                expected,
                found,
            } => write!(
                f,
                "rows of {table} are identified by `{found}`, not by `{expected}`"
            ),
            Self::NoColumn { table, column } => write!(f, "{table} has no column {column}"),
            Self::Type {
                table,
                column,
                expected,
                found,
            } => write!(f, "{table}.{column} is a {found}, not a {expected}"),
            Self::Access { table, column, lost } => write!(f, "{table}.{column} can't be {lost} any more"),
            Self::NoNavigation { table, navigation } => {
                write!(f, "{table} has no relationship {navigation}")
            }
        }
    }
}
