//! Values as the test knows them: how they are compared, and how they are written.

use dataverse_codegen::schema::DateBehavior;
use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::Value as Json;
use std::cmp::Ordering;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use uuid::Uuid;

/// What a column can hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Text,
    Memo,
    Whole,
    Big,
    /// With so many digits after the point.
    Decimal(u32),
    Float,
    Money,
    YesNo,
    Moment(DateBehavior),
    Day,
    Id,
    Choice(Vec<i32>),
    Choices(Vec<i32>),
    /// The tables that it may lead to, by number.
    Lookup(Vec<usize>),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Text(String),
    Number(Decimal),
    Float(f64),
    Flag(bool),
    Moment(Timestamp),
    Day(Date),
    Id(Uuid),
    /// Rising, each once.
    Options(Vec<i32>),
    /// A row of a table, both by number.
    Row(usize, usize),
}

/// What is compared of a text: neither case nor accents nor spaces at its end.
pub fn folded(text: &str) -> String {
    let bare = |text: &str| -> String { text.nfkd().filter(|c| !is_combining_mark(*c)).collect() };
    bare(&bare(text.trim_end_matches(' ')).to_lowercase())
}

/// Which of two values of one kind comes first.
pub fn compare(one: &Value, other: &Value) -> Ordering {
    match (one, other) {
        (Value::Text(one), Value::Text(other)) => folded(one).cmp(&folded(other)),
        (Value::Number(one), Value::Number(other)) => one.cmp(other),
        (Value::Float(one), Value::Float(other)) => one.partial_cmp(other).unwrap(),
        (Value::Flag(one), Value::Flag(other)) => one.cmp(other),
        (Value::Moment(one), Value::Moment(other)) => one.cmp(other),
        (Value::Day(one), Value::Day(other)) => one.cmp(other),
        (Value::Id(one), Value::Id(other)) => one.cmp(other),
        _ => panic!("{one:?} and {other:?} aren't compared"),
    }
}

impl Kind {
    pub fn is_text(&self) -> bool {
        matches!(self, Self::Text | Self::Memo)
    }

    pub fn is_number(&self) -> bool {
        matches!(
            self,
            Self::Whole | Self::Big | Self::Decimal(_) | Self::Float | Self::Money
        )
    }

    /// The JSON of a value that is written into a row: numbers keep all their digits.
    pub fn written(&self, value: &Value) -> String {
        match value {
            Value::Number(number) => number.to_string(),
            Value::Float(number) => format!("{number:?}"),
            Value::Flag(flag) => flag.to_string(),
            value => Json::from(bare(value)).to_string(),
        }
    }

    /// The JSON of a value in an answer.
    pub fn answered(&self, value: &Value) -> String {
        match (self, value) {
            (Self::Decimal(digits), Value::Number(number)) => format!("{number:.0$}", *digits as usize),
            (Self::Money, Value::Number(number)) => format!("{number:.4}"),
            (_, Value::Number(number)) => number.normalize().to_string(),
            (_, value) => self.written(value),
        }
    }
}

/// `1,3`
pub fn listed(options: &[i32]) -> String {
    let texts: Vec<String> = options.iter().map(i32::to_string).collect();
    texts.join(",")
}

/// A value in `$filter`.
pub fn literal(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("'{}'", text.replace('\'', "''")),
        value => bare(value),
    }
}

/// A value without quotes: as it stands in `$filter`, and in the lists of query functions.
pub fn bare(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Float(number) => format!("{number:?}"),
        Value::Flag(flag) => flag.to_string(),
        Value::Moment(moment) => moment.to_string(),
        Value::Day(day) => day.to_string(),
        Value::Id(id) => id.to_string(),
        Value::Options(options) => listed(options),
        Value::Row(..) => panic!("lookups are compared by id"),
    }
}

/// A text in a URL.
pub fn encode(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
