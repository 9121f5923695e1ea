//! Values of a request in the form in which a column keeps them.

use crate::Fault;
use crate::odata::{Comparison, Literal, date, guid, time};
use crate::query::number::Units;
use crate::query::plan::{ColumnRef, Condition};
use crate::store::{Storage, fold};
use dataverse_codegen::schema::{ColumnKind, DateBehavior};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rusqlite::types::Value;
use rust_decimal::Decimal;

/// A value beside those that a column can have.
pub(super) enum Kept {
    /// One of them.
    Exactly(Value),
    /// Between this one and the next.
    Behind(Value),
    /// Less than all of them.
    Below,
    /// More than all of them.
    Above,
}

/// Compares a column with a value that isn't null.
pub(in crate::query) fn compare<'m>(
    column: ColumnRef<'m>,
    comparison: Comparison,
    literal: &Literal,
) -> Result<Condition<'m>, Fault> {
    use Comparison::{Eq, Ge, Gt, Le, Lt, Ne};
    let kept = kept(column, literal).ok_or_else(|| incompatible(column, comparison, literal))?;
    Ok(match (kept, comparison) {
        (Kept::Exactly(value), comparison) => Condition::Compare(column, comparison, value),
        (Kept::Behind(value), Gt | Ge) => Condition::Compare(column, Gt, value),
        (Kept::Behind(value), Lt | Le) => Condition::Compare(column, Le, value),
        (Kept::Behind(_), Eq) | (Kept::Below, Eq | Lt | Le) | (Kept::Above, Eq | Gt | Ge) => {
            Condition::OfAny(column, false)
        }
        (Kept::Behind(_) | Kept::Below | Kept::Above, Ne)
        | (Kept::Below, Gt | Ge)
        | (Kept::Above, Lt | Le) => Condition::OfAny(column, true),
    })
}

/// The value of a literal for a column. `None` if types don't fit.
pub(super) fn kept(column: ColumnRef<'_>, literal: &Literal) -> Option<Kept> {
    match (&column.column.kind, literal) {
        (ColumnKind::YesNo { .. }, Literal::Boolean(value)) => Some(exactly(i64::from(*value))),
        (ColumnKind::YesNo { .. }, _) => None,
        (ColumnKind::DateTime { behavior, .. }, literal) => moment(*behavior, literal),
        (ColumnKind::Choices { .. }, Literal::Text(text)) => Some(exactly(choices(text))),
        (kind, literal) => match (Storage::of(kind), literal) {
            (Storage::Text, Literal::Text(text)) => Some(exactly(fold(text))),
            (Storage::Plain, Literal::Text(text)) => Some(exactly(text.clone())),
            (Storage::Integer, Literal::Number(digits)) => units(digits, 0),
            (Storage::Money, Literal::Number(digits)) => units(digits, 4),
            (Storage::Real, Literal::Number(digits)) => digits
                .parse::<f64>()
                .ok()
                .map(|number| exactly(Value::Real(number))),
            (Storage::Decimal, Literal::Number(digits)) => decimal(digits),
            (Storage::Id | Storage::Lookup, Literal::Guid(id)) => Some(exactly(id.to_string())),
            (Storage::Id | Storage::Lookup, Literal::Text(text)) => {
                guid(text).map(|id| exactly(id.to_string()))
            }
            _ => None,
        },
    }
}

fn exactly(value: impl Into<Value>) -> Kept {
    Kept::Exactly(value.into())
}

fn units(digits: &str, scale: i32) -> Option<Kept> {
    Some(match Units::of(digits, scale)? {
        Units::Of { floor, exact: true } => exactly(floor),
        Units::Of { floor, exact: false } => Kept::Behind(Value::Integer(floor)),
        Units::Below => Kept::Below,
        Units::Above => Kept::Above,
    })
}

/// Decimals have 10 digits after the point at most: of more, 12 are enough to tell where the number lies.
fn decimal(digits: &str) -> Option<Kept> {
    const SCALE: u32 = 12;
    Some(match Units::of(digits, 12)? {
        Units::Of { floor, exact } => {
            let text = Decimal::new(floor, SCALE).normalize().to_string();
            if exact {
                exactly(text)
            } else {
                Kept::Behind(text.into())
            }
        }
        // Beyond nine million, that many digits don't fit; whole numbers with ten do for all that a column holds.
        Units::Below | Units::Above => {
            match Decimal::from_str_exact(digits).or_else(|_| Decimal::from_scientific(digits)) {
                Ok(number) => exactly(number.normalize().to_string()),
                Err(_) if digits.starts_with('-') => Kept::Below,
                Err(_) => Kept::Above,
            }
        }
    })
}

fn moment(behavior: DateBehavior, literal: &Literal) -> Option<Kept> {
    match (behavior, literal) {
        (DateBehavior::DateOnly, Literal::Date(day)) => Some(exactly(day.to_string())),
        (DateBehavior::DateOnly, _) => None,
        (_, Literal::Date(day)) => Some(exactly(format!("{day}T00:00:00Z"))),
        (_, Literal::Time(time)) => {
            let text = seconds(*time);
            Some(if time.subsec_nanosecond() == 0 {
                exactly(text)
            } else {
                Kept::Behind(text.into())
            })
        }
        _ => None,
    }
}

/// A moment as columns keep it, without its fraction.
pub(super) fn seconds(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The choices that a text lists, as columns keep them.
fn choices(text: &str) -> String {
    let mut values: Vec<i64> = text
        .split(',')
        .filter_map(|value| value.trim().parse().ok())
        .collect();
    values.sort_unstable();
    values.dedup();
    let shown: Vec<String> = values.iter().map(ToString::to_string).collect();
    shown.join(",")
}

/// A text of a query function as a literal for a column.
pub(in crate::query) fn literal_of(column: ColumnRef<'_>, text: &str) -> Result<Literal, Fault> {
    let unreadable = || {
        let shown: String = text.chars().take(100).collect();
        Fault::bad_query(format!(
            "The value '{shown}' is not a valid {} for the attribute '{}'.",
            column.column.kind.name(),
            column.column.name
        ))
    };
    let trimmed = text.trim();
    match &column.column.kind {
        ColumnKind::YesNo { .. } => match trimmed {
            "1" => Ok(Literal::Boolean(true)),
            "0" => Ok(Literal::Boolean(false)),
            _ if trimmed.eq_ignore_ascii_case("true") => Ok(Literal::Boolean(true)),
            _ if trimmed.eq_ignore_ascii_case("false") => Ok(Literal::Boolean(false)),
            _ => Err(unreadable()),
        },
        ColumnKind::DateTime { behavior, .. } => match (behavior, instant(trimmed)) {
            (DateBehavior::DateOnly, Some(time)) => Ok(Literal::Date(day_of(time))),
            (_, Some(time)) => Ok(Literal::Time(time)),
            (_, None) => Err(unreadable()),
        },
        ColumnKind::Choices { .. } => Ok(Literal::Text(text.to_owned())),
        kind => match Storage::of(kind) {
            Storage::Text | Storage::Plain => Ok(Literal::Text(text.to_owned())),
            Storage::Id | Storage::Lookup => {
                let bare = trimmed.trim_start_matches('{').trim_end_matches('}');
                guid(bare).map(Literal::Guid).ok_or_else(unreadable)
            }
            _ => match Literal::parse(trimmed) {
                Ok(number @ Literal::Number(_)) => Ok(number),
                _ => Err(unreadable()),
            },
        },
    }
}

/// A day or a moment, with an offset or in UTC.
fn instant(text: &str) -> Option<Timestamp> {
    date(text)
        .and_then(|day| TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok())
        .or_else(|| time(text))
        .or_else(|| time(&format!("{}Z", text.replace(' ', "T"))))
}

/// The day of a text that holds a day or a moment.
pub(super) fn day(text: &str) -> Option<Date> {
    instant(text.trim()).map(day_of)
}

fn day_of(time: Timestamp) -> Date {
    TimeZone::UTC.to_datetime(time).date()
}

/// What the OData layer says of types that don't fit.
pub(super) fn incompatible(column: ColumnRef<'_>, comparison: Comparison, literal: &Literal) -> Fault {
    let other = match literal {
        Literal::Null => "null",
        Literal::Boolean(_) => "Edm.Boolean",
        Literal::Number(digits) if digits.contains(['.', 'e', 'E']) => "Edm.Decimal",
        Literal::Number(_) => "Edm.Int32",
        Literal::Text(_) => "Edm.String",
        Literal::Guid(_) => "Edm.Guid",
        Literal::Date(_) => "Edm.Date",
        Literal::Time(_) => "Edm.DateTimeOffset",
        Literal::Member { of, .. } => of,
        Literal::Json(_) => "Edm.Untyped",
    };
    mismatch(edm(column), other, comparison)
}

pub(super) fn mismatch(one: &str, other: &str, comparison: Comparison) -> Fault {
    let kind = match comparison {
        Comparison::Eq => "Equal",
        Comparison::Ne => "NotEqual",
        Comparison::Gt => "GreaterThan",
        Comparison::Ge => "GreaterThanOrEqual",
        Comparison::Lt => "LessThan",
        Comparison::Le => "LessThanOrEqual",
    };
    Fault::bad_query(format!(
        "A binary operator with incompatible types was detected. Found operand types '{one}' and '{other}' for operator kind '{kind}'."
    ))
}

/// The type of a column's property.
pub(super) fn edm(column: ColumnRef<'_>) -> &'static str {
    match &column.column.kind {
        ColumnKind::YesNo { .. } => "Edm.Boolean",
        ColumnKind::DateTime {
            behavior: DateBehavior::DateOnly,
            ..
        } => "Edm.Date",
        ColumnKind::DateTime { .. } => "Edm.DateTimeOffset",
        ColumnKind::BigInteger { .. } => "Edm.Int64",
        ColumnKind::Image { .. } => "Edm.Binary",
        kind => match Storage::of(kind) {
            Storage::Integer => "Edm.Int32",
            Storage::Real => "Edm.Double",
            Storage::Money | Storage::Decimal => "Edm.Decimal",
            Storage::Id | Storage::Lookup => "Edm.Guid",
            Storage::Text | Storage::Plain | Storage::Elsewhere => "Edm.String",
        },
    }
}
