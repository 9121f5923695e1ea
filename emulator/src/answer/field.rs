//! The value of one property.

use super::json;
use super::label::Label;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use dataverse_codegen::schema::{Column, ColumnKind};
use rusqlite::Row;
use rusqlite::types::ValueRef;

/// A property with its annotations, and where in the database's row its value stands.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) key: Vec<u8>,
    pub(crate) at: usize,
    pub(crate) scalar: Scalar,
    /// The annotation of the value as people see it.
    pub(crate) label: Option<(Vec<u8>, Label)>,
    /// The annotations of a lookup.
    pub(crate) lookup: Option<LookupNotes>,
    /// The annotation that names the column of what has an alias, with the name.
    pub(crate) attribute: Option<(Vec<u8>, String)>,
}

/// The annotations of a lookup.
#[derive(Debug)]
pub(crate) struct LookupNotes {
    /// Where the name of its table stands.
    pub(crate) at: usize,
    /// The annotation that names the navigation property.
    pub(crate) navigation: Option<NavigationNote>,
    /// The key of the annotation that names the table.
    pub(crate) table: Option<Vec<u8>>,
}

/// The annotation of a lookup's navigation property.
#[derive(Debug)]
pub(crate) struct NavigationNote {
    pub(crate) key: Vec<u8>,
    /// Tables and the properties that lead to them.
    pub(crate) by_table: Vec<(String, String)>,
}

/// How a value becomes JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scalar {
    /// As text, number or null, whichever it is.
    Plain,
    YesNo,
    /// Ten-thousandths.
    Money,
    /// With so many digits after the point.
    Decimal(u32),
    /// JSON already.
    Json,
    /// Bytes, as base64.
    Bytes,
}

/// Decimals of the service have no more digits after their point.
const MOST_DIGITS: u32 = 10;

impl Scalar {
    pub(crate) fn of(column: &Column) -> Self {
        match &column.kind {
            ColumnKind::YesNo { .. } => Self::YesNo,
            ColumnKind::Money { .. } => Self::Money,
            ColumnKind::Decimal { precision, .. } => Self::Decimal(precision.unwrap_or(2).min(MOST_DIGITS)),
            ColumnKind::ManagedProperty { .. } | ColumnKind::Unknown { .. } => Self::Json,
            ColumnKind::Image { .. } => Self::Bytes,
            _ => Self::Plain,
        }
    }

    /// Writes the value.
    pub(crate) fn write(self, out: &mut Vec<u8>, value: ValueRef<'_>) {
        match (self, value) {
            (Self::Bytes, ValueRef::Blob(bytes)) => json::text(out, &STANDARD.encode(bytes)),
            (Self::Bytes, _) | (_, ValueRef::Null | ValueRef::Blob(_)) => out.extend_from_slice(b"null"),
            (Self::YesNo, ValueRef::Integer(flag)) => {
                out.extend_from_slice(if flag == 0 { b"false" } else { b"true" });
            }
            (Self::Money, ValueRef::Integer(units)) => json::scaled(out, units, 4),
            (Self::Decimal(digits), ValueRef::Text(text)) => {
                let number = String::from_utf8_lossy(text);
                out.extend_from_slice(json::padded(&number, digits).as_bytes());
            }
            (Self::Json, ValueRef::Text(text)) => out.extend_from_slice(text),
            (_, ValueRef::Integer(number)) => json::number(out, number),
            (_, ValueRef::Real(number)) => json::float(out, number),
            (_, ValueRef::Text(text)) => match std::str::from_utf8(text) {
                Ok(text) => json::text(out, text),
                Err(_) => json::text(out, &String::from_utf8_lossy(text)),
            },
        }
    }
}

impl Field {
    /// Writes the property, with its annotations in front.
    pub(crate) fn write(&self, out: &mut Vec<u8>, row: &Row<'_>) -> rusqlite::Result<()> {
        let value = row.get_ref(self.at)?;
        if let Some((key, label)) = &self.label
            && let Some(shown) = label.show(row, self.at)?
        {
            out.extend_from_slice(key);
            json::text(out, &shown);
            out.push(b',');
        }
        if let Some(notes) = &self.lookup
            && let Some(table) = row.get_ref(notes.at)?.as_str_or_null().unwrap_or_default()
        {
            notes.write(out, table);
        }
        if let Some((key, name)) = &self.attribute {
            out.extend_from_slice(key);
            json::text(out, name);
            out.push(b',');
        }
        out.extend_from_slice(&self.key);
        self.scalar.write(out, value);
        Ok(())
    }
}

impl LookupNotes {
    fn write(&self, out: &mut Vec<u8>, table: &str) {
        if let Some(note) = &self.navigation
            && let Some((_, navigation)) = note.by_table.iter().find(|(of, _)| of == table)
        {
            out.extend_from_slice(&note.key);
            json::text(out, navigation);
            out.push(b',');
        }
        if let Some(key) = &self.table {
            out.extend_from_slice(key);
            json::text(out, table);
            out.push(b',');
        }
    }
}
