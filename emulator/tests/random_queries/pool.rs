//! Few values of each kind, so that conditions hit and orders have ties: extremes among them, and text that collations, LIKE
//! and OData give a meaning to.

use crate::tape::Tape;
use crate::value::{Kind, Value};
use jiff::Timestamp;
use rust_decimal::Decimal;
use uuid::Uuid;

const TEXTS: [&str; 20] = [
    "aster",
    "Aster",
    "ÄSTER",
    "as%er",
    "a_t[e]r",
    "O'Brien",
    "b",
    "B  ",
    "aste",
    "ter & co",
    "  b",
    "straße",
    "\u{130}zmir",
    "ﬁx",
    "漢字",
    "\u{1f600} a",
    "a+b#c?d/e",
    "e\u{301}",
    "abcabcabcabcabcabcabcabcabcabcabcabcab",
    "[",
];
const MOMENTS: [&str; 7] = [
    "2024-03-06T08:30:15Z",
    "2024-03-06T08:30:16Z",
    "2024-03-06T00:00:00Z",
    "2024-02-29T23:59:59Z",
    "1969-12-31T23:59:59Z",
    "1753-01-01T00:00:00Z",
    "9999-12-30T21:59:59Z",
];
const DAYS: [&str; 6] = [
    "2024-03-06",
    "2024-02-29",
    "2024-03-05",
    "1969-12-31",
    "1753-01-01",
    "9999-12-30",
];
const FLOATS: [f64; 8] = [0.0, 1.5, -1.5, 0.1, 1e300, -1e-300, 123_456_789.125, -2.0];

/// A value that a column of this kind can hold.
pub fn kept(tape: &mut Tape<'_>, kind: &Kind) -> Value {
    let number = |digits: i64, scale| Value::Number(Decimal::new(digits, scale));
    match kind {
        Kind::Text | Kind::Memo => Value::Text((*tape.one_of(&TEXTS)).to_owned()),
        Kind::Whole => number(
            *tape.one_of(&[0, 1, -1, 2, 10, i64::from(i32::MAX), i64::from(i32::MIN)]),
            0,
        ),
        Kind::Big => number(
            *tape.one_of(&[0, 1, -1, i64::MAX, i64::MIN, i64::MAX - 1, 1 << 53]),
            0,
        ),
        Kind::Decimal(digits) => {
            let value = *tape.one_of(&[0, 5, -5, 9_999_999_999, 1, 12_345, -100_000]);
            number(value, (*digits).min(10))
        }
        Kind::Money => number(*tape.one_of(&[0, 5, -5, i64::MAX, i64::MIN, 25_000, -25_000]), 4),
        Kind::Float => Value::Float(*tape.one_of(&FLOATS)),
        Kind::YesNo => Value::Flag(tape.once_in(2)),
        Kind::Moment(_) => Value::Moment(tape.one_of(&MOMENTS).parse().unwrap()),
        Kind::Day => Value::Day(tape.one_of(&DAYS).parse().unwrap()),
        Kind::Id => Value::Id(Uuid::from_u128(
            0x6f1c_0000_0000_4000_8000_0000_0000_0000 | tape.below(6) as u128,
        )),
        Kind::Choice(options) => number(i64::from(*tape.one_of(options)), 0),
        Kind::Choices(options) => {
            let mut some: Vec<i32> = options.iter().copied().filter(|_| tape.once_in(2)).collect();
            if some.is_empty() {
                some.push(options[0]);
            }
            Value::Options(some)
        }
        Kind::Lookup(_) => panic!("rows aren't values"),
    }
}

/// A value to compare a column with: mostly one that it can hold, else one between those, beyond them, or written otherwise.
pub fn asked(tape: &mut Tape<'_>, kind: &Kind) -> Value {
    let value = kept(tape, kind);
    if !tape.once_in(3) {
        return value;
    }
    match (kind, value) {
        (_, Value::Text(text)) => Value::Text(match tape.below(4) {
            0 => text.to_uppercase(),
            1 => format!("{text}  "),
            2 => text.chars().take(2).collect(),
            _ => String::new(),
        }),
        (Kind::Choice(_), value) => value,
        (_, Value::Number(number)) => Value::Number(match tape.below(4) {
            0 => number + Decimal::new(5, 12),
            1 => number - Decimal::new(5, 1),
            2 => Decimal::from(10_000_000_000_000_000_000_000_i128),
            _ => -Decimal::from(10_000_000_000_000_000_000_000_i128),
        }),
        (_, Value::Moment(moment)) => Value::Moment(match tape.below(2) {
            0 => moment + jiff::SignedDuration::from_millis(500),
            _ => moment - jiff::SignedDuration::from_millis(500).min(moment.duration_since(Timestamp::MIN)),
        }),
        (_, value) => value,
    }
}

/// A pattern for a search: parts of texts, and wildcards.
pub fn pattern(tape: &mut Tape<'_>) -> String {
    const PARTS: [&str; 16] = [
        "a", "st", "ER", "%", "_", "[a-c]", "[^a]", "[%]", "b", " ", "'", "é", "[", "ß", "[_]", "[]]",
    ];
    let parts = tape.below(4);
    if tape.once_in(4) {
        return (*tape.one_of(&TEXTS)).to_owned();
    }
    (0..parts).map(|_| *tape.one_of(&PARTS)).collect()
}
