//! Days and moments, in the three behaviours that date columns have.

use super::Place;
use crate::Fault;
use crate::json::Json;
use crate::store::Cell;
use crate::store::cell::is_day;
use dataverse_codegen::schema::DateBehavior;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;

/// The first day that the service knows.
const FIRST: Date = Date::constant(1753, 1, 1);

/// A point in time as it is kept: seconds, without fractions.
pub(crate) struct Moment;

impl Moment {
    /// The text of a moment.
    pub(crate) fn text(at: Timestamp) -> String {
        kept_moment(Offset::UTC.to_datetime(at))
    }
}

/// The text of a moment that is written in UTC, or has no time zone.
pub(crate) fn kept_moment(at: DateTime) -> String {
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
        at.year(),
        at.month(),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    )
}

pub(super) fn moment(place: Place<'_>, value: &Json, behavior: DateBehavior) -> Result<Cell, Fault> {
    if is_day(behavior) {
        return day(place, value);
    }
    let wrong = || place.unconvertible(value, "Edm.DateTimeOffset");
    let text = value.text().ok_or_else(wrong)?;
    let (local, offset) = parts(text).ok_or_else(wrong)?;
    let at = match behavior {
        // No time zone: the hands of the clock are kept as they were written.
        DateBehavior::TimeZoneIndependent => local,
        DateBehavior::UserLocal | DateBehavior::DateOnly => {
            let at = offset.to_timestamp(local).map_err(|_| wrong())?;
            Offset::UTC.to_datetime(at)
        }
    };
    early(place, at.date())?;
    Ok(Cell::Plain(kept_moment(at)))
}

fn day(place: Place<'_>, value: &Json) -> Result<Cell, Fault> {
    let wrong = || place.unconvertible(value, "Edm.Date");
    let text = value.text().ok_or_else(wrong)?;
    let date = strict_date(text).ok_or_else(wrong)?;
    early(place, date)?;
    Ok(Cell::Plain(text.to_owned()))
}

fn early(place: Place<'_>, date: Date) -> Result<(), Fault> {
    if date >= FIRST {
        return Ok(());
    }
    Err(Fault::new(
        http::StatusCode::BAD_REQUEST,
        0x8004_0239,
        format!(
            "DateTime is less than minimum value supported by CrmDateTime. Actual value: {date}, minimum value supported: {FIRST} ('{}').",
            place.column.name
        ),
    ))
}

/// `YYYY-MM-DD`.
fn strict_date(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| {
            if at == 4 || at == 7 {
                *byte == b'-'
            } else {
                byte.is_ascii_digit()
            }
        });
    shaped.then(|| text.parse().ok()).flatten()
}

/// The clock's hands and the offset. A day alone is its midnight in UTC; a time has to say its zone.
fn parts(text: &str) -> Option<(DateTime, Offset)> {
    if let Some(date) = strict_date(text) {
        return Some((date.to_datetime(Time::midnight()), Offset::UTC));
    }
    strict_date(text.get(..10)?)?;
    if !text.get(10..11)?.eq_ignore_ascii_case("t") || text.contains('[') {
        return None;
    }
    let pieces = Pieces::parse(text).ok()?;
    let offset = pieces.offset()?;
    let offset = match offset {
        jiff::fmt::temporal::PiecesOffset::Zulu => Offset::UTC,
        jiff::fmt::temporal::PiecesOffset::Numeric(numeric) => numeric.offset(),
        _ => return None,
    };
    Some((pieces.date().to_datetime(pieces.time()?), offset))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_utc(text: &str) -> Option<String> {
        let (local, offset) = parts(text)?;
        let at = offset.to_timestamp(local).ok()?;
        Some(Moment::text(at))
    }

    #[test]
    fn offsets_are_converted_and_fractions_cut() {
        for (text, kept) in [
            ("2024-03-05T08:30:00Z", "2024-03-05T08:30:00Z"),
            ("2024-03-05T08:30:00.9999999+02:00", "2024-03-05T06:30:00Z"),
            ("2024-01-01T00:30:00-08:00", "2024-01-01T08:30:00Z"),
            ("2024-03-05T08:30Z", "2024-03-05T08:30:00Z"),
            ("2024-03-05", "2024-03-05T00:00:00Z"),
        ] {
            assert_eq!(in_utc(text).as_deref(), Some(kept), "{text}");
        }
    }

    #[test]
    fn malformed_moments_are_none() {
        for text in [
            "2024-03-05T08:30:00",
            "2024-13-05T08:30:00Z",
            "2024-02-30",
            "5.3.2024",
            "2024-03-05 08:30Z",
            "2024-03-05T08:30:00Z[UTC]",
            "",
            "é2024-03-05",
        ] {
            assert_eq!(in_utc(text), None, "{text}");
        }
    }
}
