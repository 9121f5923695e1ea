//! Values as people see them, in the language and form of an American user.

use super::json;
use crate::Model;
use dataverse_codegen::schema::{ChoiceUse, Column, ColumnKind, DateBehavior};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use rusqlite::Row;
use rusqlite::types::ValueRef;
use std::collections::HashMap;

/// How the values of a column are shown.
#[derive(Debug)]
pub(crate) enum Label {
    /// The label of an option.
    Options(HashMap<i64, String>),
    /// The labels of several options.
    Several(HashMap<i64, String>),
    /// What stands in another column of the answer's row: the name of a lookup's row.
    Beside(usize),
    /// An amount, with the symbol of its currency beside it.
    Money { symbol: usize, digits: u32 },
    /// A number with so many digits after its point.
    Number(u32),
    /// A day.
    Day,
    /// A day and a time.
    Time,
    /// The day of a moment in a time zone.
    LocalDay(TimeZone),
    /// The day and the time of a moment in a time zone.
    LocalTime(TimeZone),
}

/// What finds the labels of columns.
#[derive(Clone, Copy)]
pub(crate) struct Labels<'a> {
    pub(crate) model: &'a Model,
    pub(crate) language: u32,
}

impl Labels<'_> {
    /// The labels of a choice or a yes/no column.
    pub(crate) fn options(self, column: &Column) -> Option<HashMap<i64, String>> {
        let shown =
            |label: &dataverse_codegen::schema::Label| label.preferred(self.language).map(str::to_owned);
        match &column.kind {
            ColumnKind::YesNo { yes, no, .. } => Some(HashMap::from([
                (1, shown(yes).unwrap_or_else(|| "Yes".to_owned())),
                (0, shown(no).unwrap_or_else(|| "No".to_owned())),
            ])),
            ColumnKind::Choice { choice, .. }
            | ColumnKind::Choices { choice, .. }
            | ColumnKind::State { choice }
            | ColumnKind::Status { choice } => {
                let set = match choice {
                    ChoiceUse::Local(set) => Some(set),
                    ChoiceUse::Global(name) => self.model.schema().choices.get(name),
                };
                let options = set.map(|set| set.options.as_slice()).unwrap_or_default();
                let label = |option: &dataverse_codegen::schema::ChoiceOption| {
                    Some((i64::from(option.value), shown(&option.label)?))
                };
                Some(options.iter().filter_map(label).collect())
            }
            _ => None,
        }
    }
}

/// How a column's own value is shown, for the kinds that need nothing beside it.
pub(crate) fn of_kind(column: &Column) -> Option<Label> {
    Some(match &column.kind {
        ColumnKind::WholeNumber { .. } | ColumnKind::BigInteger { .. } => Label::Number(0),
        ColumnKind::Float { precision, .. } | ColumnKind::Decimal { precision, .. } => {
            Label::Number(precision.unwrap_or(2))
        }
        ColumnKind::DateTime { behavior, format } => {
            let day = *behavior == DateBehavior::DateOnly || format.as_deref() == Some("DateOnly");
            if day { Label::Day } else { Label::Time }
        }
        _ => return None,
    })
}

impl Label {
    /// The label for users of a time zone.
    pub(crate) fn in_zone(self, column: &Column, zone: &TimeZone) -> Self {
        let behavior = DateBehavior::UserLocal;
        let is_local = matches!(&column.kind, ColumnKind::DateTime { behavior: of, .. } if *of == behavior);
        match self {
            Self::Day if is_local && *zone != TimeZone::UTC => Self::LocalDay(zone.clone()),
            Self::Time if is_local && *zone != TimeZone::UTC => Self::LocalTime(zone.clone()),
            other => other,
        }
    }

    /// The text for the value that stands at `at`. `None` if there is none.
    pub(super) fn show(&self, row: &Row<'_>, at: usize) -> rusqlite::Result<Option<String>> {
        let value = row.get_ref(at)?;
        if value == ValueRef::Null {
            return Ok(None);
        }
        let text = value.as_str().unwrap_or_default();
        Ok(match self {
            Self::Options(labels) => labels.get(&value.as_i64()?).cloned(),
            Self::Several(labels) => {
                let known = text
                    .split(',')
                    .filter_map(|value| labels.get(&value.parse().ok()?));
                Some(known.map(String::as_str).collect::<Vec<_>>().join("; "))
            }
            Self::Beside(name) => row.get(*name)?,
            Self::Money { symbol, digits } => {
                let symbol: Option<String> = row.get(*symbol)?;
                Some(money(
                    value.as_i64()?,
                    symbol.as_deref().unwrap_or_default(),
                    *digits,
                ))
            }
            Self::Number(digits) => Some(match value {
                ValueRef::Integer(number) => grouped(&number.to_string()),
                ValueRef::Real(number) => grouped(&format!("{number:.*}", *digits as usize)),
                _ => grouped(&json::padded(text, *digits)),
            }),
            Self::Day => day(text),
            Self::Time => time(text),
            Self::LocalDay(zone) => local(text, zone).and_then(|at| day(&at)),
            Self::LocalTime(zone) => local(text, zone).and_then(|at| time(&at)),
        })
    }
}

/// `$1,234.50`, and less than nothing in parentheses.
fn money(units: i64, symbol: &str, digits: u32) -> String {
    // Half a unit of the last digit shown is rounded away from zero.
    let step = 10_i128.pow(4 - digits.min(4));
    let magnitude = i128::from(units).abs();
    let rounded = (magnitude + step / 2) / step;
    let one = 10_i128.pow(digits.min(4));
    let width = digits.min(4) as usize;
    let whole = rounded / one;
    let text = match width {
        0 => grouped(&whole.to_string()),
        _ => grouped(&format!("{whole}.{:0width$}", rounded % one)),
    };
    if units < 0 {
        format!("({symbol}{text})")
    } else {
        format!("{symbol}{text}")
    }
}

/// Digits with commas between thousands.
fn grouped(number: &str) -> String {
    let (sign, unsigned) = match number.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", number),
    };
    let (whole, fraction) = match unsigned.find('.') {
        Some(at) => unsigned.split_at(at),
        None => (unsigned, ""),
    };
    let mut shown = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown + fraction
}

/// A moment by the clock of a time zone.
fn local(text: &str, zone: &TimeZone) -> Option<String> {
    let moment: Timestamp = text.parse().ok()?;
    Some(zone.to_datetime(moment).to_string())
}

/// `3/5/2024`
fn day(text: &str) -> Option<String> {
    let day: Date = text.get(..10)?.parse().ok()?;
    Some(format!("{}/{}/{}", day.month(), day.day(), day.year()))
}

/// `3/5/2024 8:30 AM`
fn time(text: &str) -> Option<String> {
    let at: DateTime = text.strip_suffix('Z').unwrap_or(text).parse().ok()?;
    let (half, hour) = (if at.hour() < 12 { "AM" } else { "PM" }, at.hour() % 12);
    let hour = if hour == 0 { 12 } else { hour };
    Some(format!("{} {hour}:{:02} {half}", day(text)?, at.minute()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_shown_as_to_an_american() {
        assert_eq!(money(12_345_000, "$", 2), "$1,234.50");
        assert_eq!(money(-50, "€", 2), "(€0.01)");
        assert_eq!(money(i64::MIN, "", 0), "(922,337,203,685,478)");
        assert_eq!(grouped("-1234567.5"), "-1,234,567.5");
        assert_eq!(grouped("123"), "123");
        assert_eq!(day("2024-03-05").unwrap(), "3/5/2024");
        assert_eq!(time("2024-03-05T00:05:00Z").unwrap(), "3/5/2024 12:05 AM");
        assert_eq!(time("2024-12-25T13:30:59Z").unwrap(), "12/25/2024 1:30 PM");
        assert_eq!(time("nonsense"), None);
    }
}
