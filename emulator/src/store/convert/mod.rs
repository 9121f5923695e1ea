//! From a value of a body to the value that is kept, with the service's checks.

mod choice;
mod moment;
mod number;
mod text;

pub(crate) use choice::choice_set;
pub(crate) use moment::{Moment, kept_moment};
pub(crate) use number::ten_thousandths;

use super::Cell;
use crate::json::Json;
use crate::model::Entity;
use crate::{Fault, Model};
use dataverse_codegen::schema::{Column, ColumnKind};
use http::StatusCode;
use uuid::Uuid;

/// Where a value belongs: what messages name.
#[derive(Clone, Copy)]
struct Place<'a> {
    table: &'a str,
    column: &'a Column,
}

/// The value that is kept of a value for a column that isn't a lookup.
///
/// # Errors
/// If the value is of another type, malformed, too long or out of range.
pub(crate) fn cell_of(model: &Model, entity: &Entity, column: &Column, value: &Json) -> Result<Cell, Fault> {
    let place = Place {
        table: entity.name(),
        column,
    };
    if *value == Json::Null {
        return Ok(Cell::Null);
    }
    match &column.kind {
        ColumnKind::Text { max_length, .. } | ColumnKind::Memo { max_length, .. } => {
            text::text(place, value, *max_length)
        }
        ColumnKind::TableName => text::text(place, value, None),
        ColumnKind::WholeNumber { min, max, .. } => {
            let whole = (i64::from(i32::MIN), i64::from(i32::MAX));
            number::integer(
                place,
                value,
                "Edm.Int32",
                (min.unwrap_or(whole.0), max.unwrap_or(whole.1)),
            )
        }
        ColumnKind::BigInteger { min, max } => number::integer(
            place,
            value,
            "Edm.Int64",
            (min.unwrap_or(i64::MIN), max.unwrap_or(i64::MAX)),
        ),
        ColumnKind::Decimal { min, max, precision } => {
            number::decimal(place, value, (*min, *max), *precision)
        }
        ColumnKind::Float { min, max, .. } => number::float(place, value, (*min, *max)),
        ColumnKind::Money { min, max, .. } => number::money(place, value, (*min, *max)),
        ColumnKind::YesNo { .. } => match value {
            Json::Bool(flag) => Ok(Cell::Integer(i64::from(*flag))),
            _ => Err(place.unconvertible(value, "Edm.Boolean")),
        },
        ColumnKind::DateTime { behavior, .. } => moment::moment(place, value, *behavior),
        ColumnKind::UniqueId => match value.text().and_then(guid) {
            Some(id) => Ok(Cell::Id(id)),
            None => Err(place.unconvertible(value, "Edm.Guid")),
        },
        ColumnKind::Choice { choice, .. } | ColumnKind::State { choice } | ColumnKind::Status { choice } => {
            choice::one(place, value, choice_set(model, choice))
        }
        ColumnKind::Choices { choice, .. } => choice::many(place, value, choice_set(model, choice)),
        ColumnKind::Image { .. } | ColumnKind::File { .. } => {
            Err(place.refused("holds a file, which is written by itself"))
        }
        ColumnKind::ManagedProperty { .. } | ColumnKind::Unknown { .. } => Ok(Cell::Plain(value.to_string())),
        ColumnKind::Lookup(_) | ColumnKind::PartyList { .. } => {
            Err(place.refused("is written by its navigation property"))
        }
    }
}

/// A GUID as the service reads it: with hyphens, in any case, without braces.
pub(crate) fn guid(text: &str) -> Option<Uuid> {
    (text.len() == 36).then(|| Uuid::try_parse(text).ok()).flatten()
}

impl Place<'_> {
    /// 400: a value of another type than the property's.
    fn unconvertible(self, value: &Json, wanted: &str) -> Fault {
        let shown: String = match value {
            Json::Text(text) => text.clone(),
            other => other.to_string(),
        }
        .chars()
        .take(100)
        .collect();
        Fault::bad_payload(format!(
            "Error identified in Payload provided by the user for Entity :'{}', property '{}': Cannot convert the literal '{shown}' to the expected type '{wanted}'.",
            self.table, self.column.name
        ))
    }

    fn refused(self, why: &str) -> Fault {
        Fault::bad_payload(format!(
            "Error identified in Payload provided by the user for Entity :'{}': the property '{}' {why}.",
            self.table, self.column.name
        ))
    }

    /// 400: a value that the column doesn't take.
    fn invalid(self, code: u32, what: &str) -> Fault {
        Fault::new(
            StatusCode::BAD_REQUEST,
            code,
            format!("A validation error occurred. {what}"),
        )
    }

    fn out_of_range(self, code: u32, value: &str, min: &str, max: &str) -> Fault {
        self.invalid(
            code,
            &format!(
                "The value {value} of '{}' on record of type '{}' is outside the valid range. It has to be between {min} and {max}.",
                self.column.name, self.table
            ),
        )
    }
}
