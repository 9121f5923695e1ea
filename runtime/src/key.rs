//! How a row is found: by its id, or by an alternate key.

use crate::literal::{Literal, ToLiteral};
use crate::text::percent_encoded;
use crate::{Choice, Decimal, Id, Money, Table, Timestamp, Uuid, civil};

/// An alternate key of a table with its values. Generated code implements it.
pub trait AlternateKey {
    /// The table.
    type Table: Table;
    /// Name of the key.
    const NAME: &'static str;

    /// Writes each part of the key.
    fn parts(&self, key: &mut KeyWriter);
}

/// Collects the parts of a key.
#[derive(Debug, Default)]
pub struct KeyWriter {
    parts: Vec<(String, Literal)>,
}

impl KeyWriter {
    /// Adds the part `property` with its value.
    pub fn part<V: KeyValue>(&mut self, property: &str, value: &V) {
        self.parts.push((property.to_owned(), value.literal()));
    }

    /// The key as it stands in a URL.
    fn text(&self) -> String {
        let mut text = String::new();
        for (property, literal) in &self.parts {
            if !text.is_empty() {
                text.push(',');
            }
            text.push_str(property);
            text.push('=');
            let mut value = String::new();
            literal.push_odata(&mut value);
            text.push_str(&percent_encoded(&value));
        }
        text
    }

    /// Name and JSON of each part.
    pub(crate) fn properties(&self) -> Vec<(String, String)> {
        let part = |(property, literal): &(String, Literal)| {
            let mut json = String::new();
            literal.push_json(&mut json);
            (property.clone(), json)
        };
        self.parts.iter().map(part).collect()
    }
}

/// Values that can be part of a key.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be part of a key",
    label = "no key column holds this type"
)]
pub trait KeyValue {
    /// The value as a literal.
    fn literal(&self) -> Literal;
}

macro_rules! key_values {
    ($([$($of:tt)*] $type:ty;)+) => {$(
        impl<$($of)*> KeyValue for $type {
            fn literal(&self) -> Literal {
                self.to_literal()
            }
        }
    )+};
}

key_values! {
    [] &str; [] String; [] i32; [] i64; [] bool; [] Decimal; [] Money; [] Uuid; [T] Id<T>; [E] Choice<E>;
    [] Timestamp; [] civil::Date; [] civil::DateTime;
}

/// What finds one row: an [`Id`], or an alternate key.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say which row is meant",
    label = "expected an `Id` or an alternate key of the table",
    note = "a GUID becomes an id by naming its table: `Id::<Account>::new(uuid)`"
)]
pub trait RowAddress {
    /// The table.
    type Table: Table;

    /// What stands between the parentheses of the row's URL, percent-encoded.
    fn key(&self) -> String;

    /// The row's path under the service's root: `accounts(6f1c…)`.
    fn path(&self) -> String {
        format!("{}({})", Self::Table::META.entity_set, self.key())
    }
}

impl<T: Table> RowAddress for Id<T> {
    type Table = T;

    fn key(&self) -> String {
        self.to_string()
    }
}

// A type that is neither is told to be no address, not to be no key.
#[diagnostic::do_not_recommend]
impl<K: AlternateKey> RowAddress for K {
    type Table = K::Table;

    fn key(&self) -> String {
        let mut writer = KeyWriter::default();
        self.parts(&mut writer);
        writer.text()
    }
}
