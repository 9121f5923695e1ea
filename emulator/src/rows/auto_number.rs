//! Auto-number columns: a pattern with a running number, random characters and the time.
//!
//! See Microsoft Learn, "Create auto-number columns": `{SEQNUM:n}`, `{RANDSTRING:n}`, `{DATETIMEUTC:format}`.

use super::Work;
use super::draft::Draft;
use crate::Fault;
use crate::store::{Cell, next};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use std::fmt::Write;
use uuid::Uuid;

/// The number that a column begins with if nobody sets another (same page).
const FIRST: i64 = 1_000;

/// The longest run of random characters.
const LONGEST: usize = 100;

/// Fills the auto-number columns of a new row that weren't written.
pub(super) fn fill(work: &Work<'_>, draft: &mut Draft<'_>) -> Result<(), Fault> {
    let entity = draft.entity;
    for column in &entity.table().columns {
        let Some(pattern) = &column.auto_number else {
            continue;
        };
        if draft.cells.get(&column.name).is_some_and(|cell| !cell.is_null()) {
            continue;
        }
        let counter = format!("{}.{}", entity.name(), column.name);
        let number = if pattern.contains("{SEQNUM") {
            next(work.connection, &counter, FIRST)?
        } else {
            FIRST
        };
        let text = format(pattern, number, work.now);
        draft.cells.insert(column.name.clone(), Cell::Text(text));
    }
    Ok(())
}

/// The pattern, filled in. What is no placeholder stands for itself.
fn format(pattern: &str, number: i64, now: Timestamp) -> String {
    let mut text = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((placeholder, after)) = after.split_once('}') else {
            text.push('{');
            rest = after;
            continue;
        };
        let (name, argument) = placeholder.split_once(':').unwrap_or((placeholder, ""));
        match name {
            "SEQNUM" => {
                let width = argument.parse::<usize>().unwrap_or(1).min(LONGEST);
                // Writing to a string doesn't fail.
                let _ = write!(text, "{number:0width$}");
            }
            "RANDSTRING" => text.extend(random(argument.parse::<usize>().unwrap_or(1).min(LONGEST))),
            "DATETIMEUTC" => text.push_str(&time(argument, Offset::UTC.to_datetime(now))),
            _ => {
                text.push('{');
                text.push_str(placeholder);
                text.push('}');
            }
        }
        rest = after;
    }
    text.push_str(rest);
    text
}

fn random(length: usize) -> impl Iterator<Item = char> {
    const CHARACTERS: &[u8; 36] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    let bytes = std::iter::repeat_with(|| Uuid::new_v4().into_bytes()).flatten();
    bytes
        .take(length)
        .map(|byte| char::from(CHARACTERS[usize::from(byte) % CHARACTERS.len()]))
}

/// The time in a custom format of .NET. Letters that mean nothing there stand for themselves.
fn time(format: &str, at: DateTime) -> String {
    let mut text = String::new();
    let mut rest = format;
    while let Some(letter) = rest.chars().next() {
        let length = rest.chars().take_while(|c| *c == letter).count() * letter.len_utf8();
        let (run, after) = rest.split_at(length);
        let number = match letter {
            'y' if length <= 2 => Some(i64::from(at.year()) % 100),
            'y' => Some(i64::from(at.year())),
            'M' if length <= 2 => Some(i64::from(at.month())),
            'd' if length <= 2 => Some(i64::from(at.day())),
            'H' => Some(i64::from(at.hour())),
            'h' => Some(i64::from((at.hour() + 11) % 12 + 1)),
            'm' => Some(i64::from(at.minute())),
            's' => Some(i64::from(at.second())),
            'f' => Some(
                i64::from(at.subsec_nanosecond()) / 10_i64.pow(9 - u32::try_from(length.min(9)).unwrap_or(9)),
            ),
            _ => None,
        };
        match number {
            Some(number) => {
                let _ = write!(text, "{number:0length$}");
            }
            None => text.push_str(run),
        }
        rest = after;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::format;

    #[test]
    fn placeholders_are_filled_in() {
        let now = "2024-03-05T08:07:06Z".parse().unwrap();
        assert_eq!(
            format("I-{DATETIMEUTC:yyyyMM}-{SEQNUM:4}", 17, now),
            "I-202403-0017"
        );
        assert_eq!(format("{SEQNUM:2}", 12_345, now), "12345");
        assert_eq!(format("{DATETIMEUTC:yy-M-d HH:mm:ss}", 1, now), "24-3-5 08:07:06");
        assert_eq!(format("{x}{", 1, now), "{x}{");
        let random = format("<{RANDSTRING:6}>", 1, now);
        assert!(
            random.len() == 8
                && random[1..7]
                    .chars()
                    .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        );
    }
}
