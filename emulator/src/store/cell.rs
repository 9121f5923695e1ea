//! The value of a column as it is kept, and how the kinds of columns map to SQL.

use super::fold;
use dataverse_codegen::schema::{ColumnKind, DateBehavior};
use rusqlite::Row;
use rusqlite::types::{Value, ValueRef};
use rust_decimal::Decimal;
use uuid::Uuid;

/// How a column is kept in SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Storage {
    /// Text, with its folded form beside it.
    Text,
    Integer,
    Real,
    /// Ten-thousandths.
    Money,
    /// Canonical text, compared as a number.
    Decimal,
    /// Text that is compared as it is: a moment, a day, a list of options, JSON.
    Plain,
    Id,
    /// An id, with the name of its table beside it.
    Lookup,
    /// Not at all: the rows of another table are the value.
    Elsewhere,
}

impl Storage {
    /// How columns of this kind are kept.
    pub(crate) fn of(kind: &ColumnKind) -> Self {
        match kind {
            ColumnKind::Text { .. } | ColumnKind::Memo { .. } | ColumnKind::TableName => Self::Text,
            ColumnKind::WholeNumber { .. }
            | ColumnKind::BigInteger { .. }
            | ColumnKind::YesNo { .. }
            | ColumnKind::Choice { .. }
            | ColumnKind::State { .. }
            | ColumnKind::Status { .. } => Self::Integer,
            ColumnKind::Decimal { .. } => Self::Decimal,
            ColumnKind::Float { .. } => Self::Real,
            ColumnKind::Money { .. } => Self::Money,
            ColumnKind::DateTime { .. }
            | ColumnKind::Choices { .. }
            | ColumnKind::ManagedProperty { .. }
            | ColumnKind::Unknown { .. } => Self::Plain,
            ColumnKind::UniqueId | ColumnKind::Image { .. } | ColumnKind::File { .. } => Self::Id,
            ColumnKind::Lookup(_) => Self::Lookup,
            ColumnKind::PartyList { .. } => Self::Elsewhere,
        }
    }

    /// The type in SQL.
    pub(super) fn declaration(self) -> &'static str {
        match self {
            Self::Text | Self::Plain | Self::Id | Self::Lookup | Self::Elsewhere => "TEXT",
            Self::Integer | Self::Money => "INTEGER",
            Self::Real => "REAL",
            Self::Decimal => "TEXT COLLATE DECIMAL",
        }
    }

    /// What the name of the companion column ends in.
    pub(crate) fn companion(self) -> Option<&'static str> {
        match self {
            Self::Text => Some("$key"),
            Self::Lookup => Some("$table"),
            _ => None,
        }
    }

    /// The name under which the catalog of the database knows it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Real => "real",
            Self::Money => "money",
            Self::Decimal => "decimal",
            Self::Plain => "plain",
            Self::Id => "id",
            Self::Lookup => "lookup",
            Self::Elsewhere => "elsewhere",
        }
    }
}

/// The value of a column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Null,
    Text(String),
    Integer(i64),
    Real(f64),
    /// Ten-thousandths.
    Money(i64),
    Decimal(Decimal),
    Plain(String),
    Id(Uuid),
    /// The id, and the logical name of the table.
    Lookup(Uuid, String),
}

impl Cell {
    /// The value for the column.
    pub(crate) fn sql(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Text(text) | Self::Plain(text) => Value::Text(text.clone()),
            Self::Integer(number) | Self::Money(number) => Value::Integer(*number),
            Self::Real(number) => Value::Real(*number),
            Self::Decimal(number) => Value::Text(number.normalize().to_string()),
            Self::Id(id) | Self::Lookup(id, _) => Value::Text(id.to_string()),
        }
    }

    /// The value for the companion column.
    pub(crate) fn companion(&self) -> Value {
        match self {
            Self::Text(text) => Value::Text(fold(text)),
            Self::Lookup(_, table) => Value::Text(table.clone()),
            _ => Value::Null,
        }
    }

    /// Reads a column, which stands at `at` in the row, and its companion behind it.
    pub(crate) fn read(storage: Storage, row: &Row<'_>, at: usize) -> rusqlite::Result<Self> {
        if matches!(row.get_ref(at)?, ValueRef::Null) {
            return Ok(Self::Null);
        }
        Ok(match storage {
            Storage::Text => Self::Text(row.get(at)?),
            Storage::Plain | Storage::Elsewhere => Self::Plain(row.get(at)?),
            Storage::Integer => Self::Integer(row.get(at)?),
            Storage::Money => Self::Money(row.get(at)?),
            Storage::Real => Self::Real(row.get(at)?),
            Storage::Decimal => Self::Decimal(row.get::<_, String>(at)?.parse().unwrap_or_default()),
            Storage::Id => id(row, at)?.map_or(Self::Null, Self::Id),
            Storage::Lookup => match (id(row, at)?, row.get::<_, Option<String>>(at + 1)?) {
                (Some(id), Some(table)) => Self::Lookup(id, table),
                _ => Self::Null,
            },
        })
    }

    /// Whether there is none.
    pub(crate) fn is_null(&self) -> bool {
        *self == Self::Null
    }
}

fn id(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Uuid>> {
    Ok(Uuid::try_parse(&row.get::<_, String>(at)?).ok())
}

/// Whether a date column holds days without a time.
pub(crate) fn is_day(behavior: DateBehavior) -> bool {
    behavior == DateBehavior::DateOnly
}
