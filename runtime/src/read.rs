//! Reading a column's value into a Rust type: which types fit which kinds, and how each is read from JSON.

use crate::value::{
    Bytes, Choice, ChoiceSet, Choices, CurrencyAmount, Id, Json, ManagedFlag, Money, Reference,
};
use crate::{Needed, Nullable, Required, civil, kind};
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserializer;
use serde::de::{Error, Unexpected, Visitor};
use serde_json::value::RawValue;
use std::fmt;
use uuid::Uuid;

/// Types that hold the values of `K` columns.
///
/// Implement it, with [`Decode`], for a type of your own that a row should read a column into.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't hold a `{K}` column",
    label = "this type does not fit the column",
    note = "text is read into `String`, whole numbers into `i32` or `i64`, decimals into `Decimal`, money into `Money`, \
            yes/no into `bool`, choices into `Choice<E>`, lookups into `Id<T>` or `Reference<S>`, \
            dates into `Timestamp`, `civil::Date` or `civil::DateTime`, as the column's documentation says"
)]
pub trait ReadAs<K>: Decode {}

impl<K, V: ReadAs<K>> ReadAs<K> for Option<V> {}

/// Types that can hold what a column of nullability `N` gives: a value, or nothing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be empty, but the column can",
    label = "write `Option<{Self}>`",
    note = "only columns that the service itself requires are read without an `Option`"
)]
pub trait Admits<N> {}

impl<V> Admits<Required> for V {}
#[diagnostic::do_not_recommend]
impl<V: Admits<N>, C, N> Admits<Needed<C, N>> for V {}
#[diagnostic::do_not_recommend]
impl<V> Admits<Nullable> for Option<V> {}
#[diagnostic::do_not_recommend]
impl<V> Admits<Nullable> for Vec<V> {}
#[diagnostic::do_not_recommend]
impl<E: ChoiceSet> Admits<Nullable> for Choices<E> {}

/// A value that can be read from the JSON of a row.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be read from a row",
    label = "no column is read into this type"
)]
pub trait Decode: Sized {
    /// What errors say was expected: `a whole number`.
    const EXPECTED: &'static str;
    /// Whether the name of the table that a lookup refers to is needed too.
    const NEEDS_TARGET: bool = false;

    /// Whether the row's currency is needed too.
    const NEEDS_CURRENCY: bool = false;

    /// Reads the value.
    ///
    /// # Errors
    /// If the JSON holds something else.
    fn decode<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error>;

    /// The value that stands for a property that isn't there. `None`: there has to be one.
    fn absent() -> Option<Self> {
        None
    }

    /// Takes the name of the table that the lookup refers to.
    fn set_target(&mut self, table: String) {
        drop(table);
    }

    /// Takes the id of the row's currency.
    fn set_currency(&mut self, currency: Uuid) {
        let _ = currency;
    }
}

impl<V: Decode> Decode for Option<V> {
    const EXPECTED: &'static str = V::EXPECTED;
    const NEEDS_TARGET: bool = V::NEEDS_TARGET;
    const NEEDS_CURRENCY: bool = V::NEEDS_CURRENCY;

    fn decode<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_option(OptionVisitor(std::marker::PhantomData))
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn set_target(&mut self, table: String) {
        if let Some(value) = self {
            value.set_target(table);
        }
    }

    fn set_currency(&mut self, currency: Uuid) {
        if let Some(value) = self {
            value.set_currency(currency);
        }
    }
}

struct OptionVisitor<V>(std::marker::PhantomData<V>);

impl<'de, V: Decode> Visitor<'de> for OptionVisitor<V> {
    type Value = Option<V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(V::EXPECTED)
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        V::decode(from).map(Some)
    }
}

/// Types that serde reads as they are.
macro_rules! read_by_serde {
    ($($type:ty: $expected:literal => $($kind:ident),*;)+) => {$(
        #[diagnostic::do_not_recommend]
        impl Decode for $type {
            const EXPECTED: &'static str = $expected;

            fn decode<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                serde::Deserialize::deserialize(from)
            }
        }
        $(#[diagnostic::do_not_recommend]
        impl ReadAs<kind::$kind> for $type {})*
    )+};
}

read_by_serde! {
    String: "text" => Text, Memo, TableName;
    i32: "a whole number of 32 bits" => WholeNumber;
    i64: "a whole number of 64 bits" => BigInteger, WholeNumber;
    bool: "true or false" => YesNo;
    ManagedFlag: "a managed property" => ManagedPropertyFlag;
}

/// Types that are read from the content of a JSON string.
macro_rules! read_from_text {
    ($([$($of:tt)*] $type:ty: $expected:literal, $parse:expr => $kind:ty;)+) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($of)*> Decode for $type {
            const EXPECTED: &'static str = $expected;

            fn decode<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                from.deserialize_str(TextVisitor::new($parse, $expected))
            }
        }
        #[diagnostic::do_not_recommend]
        impl<$($of)*> ReadAs<$kind> for $type {}
    )+};
}

read_from_text! {
    [] Uuid: "a GUID", |text| Uuid::try_parse(text).ok() => kind::UniqueId;
    [T] Id<T>: "a GUID", |text| Uuid::try_parse(text).ok().map(Id::new) => kind::PrimaryId<T>;
    [] Timestamp: "an instant such as 2024-03-05T08:30:00Z", |text| text.parse().ok() => kind::UserLocal;
    [] civil::Date: "a date such as 2024-03-05", |text| text.parse().ok() => kind::DateOnly;
    [] civil::DateTime: "a date and time such as 2024-03-05T08:30:00Z", crate::value::wall_clock
        => kind::TimeZoneIndependent;
    [] Bytes: "base64 text", Bytes::from_base64 => kind::ImageData;
}

#[diagnostic::do_not_recommend]
impl<T: crate::Table> ReadAs<kind::Lookup<T>> for Id<T> {}
#[diagnostic::do_not_recommend]
impl<T> ReadAs<kind::PrimaryId<T>> for Uuid {}
#[diagnostic::do_not_recommend]
impl<S> ReadAs<kind::Lookup<S>> for Uuid {}
#[diagnostic::do_not_recommend]
impl ReadAs<kind::FileContent> for Uuid {}

/// Reads a JSON string by parsing its content.
struct TextVisitor<F> {
    parse: F,
    expected: &'static str,
}

impl<V, F: FnOnce(&str) -> Option<V>> TextVisitor<F> {
    fn new(parse: F, expected: &'static str) -> Self {
        Self { parse, expected }
    }
}

impl<V, F: FnOnce(&str) -> Option<V>> Visitor<'_> for TextVisitor<F> {
    type Value = V;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<V, E> {
        (self.parse)(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self.expected))
    }
}

/// Types that are read from a number's own text, so that no digit is lost.
macro_rules! read_from_number {
    ($($type:ty: $expected:literal, $parse:expr => $($kind:ident),+;)+) => {$(
        #[diagnostic::do_not_recommend]
        impl Decode for $type {
            const EXPECTED: &'static str = $expected;

            fn decode<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let parse: fn(&str) -> Option<Self> = $parse;
                let text = raw(from)?.get();
                parse(text).ok_or_else(|| Error::invalid_value(Unexpected::Other(text), &$expected))
            }
        }
        $(#[diagnostic::do_not_recommend]
        impl ReadAs<kind::$kind> for $type {})+
    )+};
}

read_from_number! {
    Decimal: "a decimal number", |text| crate::value::exact_decimal(text) => DecimalNumber, MoneyAmount;
    Money: "an amount of money", |text| crate::value::exact_decimal(text).map(Money::new) => MoneyAmount;
    f64: "a number", |text| crate::value::number(text) => FloatNumber;
}

/// The JSON text of a value, as it stands in the document.
pub(crate) fn raw<'de, D: Deserializer<'de>>(from: D) -> Result<&'de RawValue, D::Error> {
    serde::Deserialize::deserialize(from)
}

#[diagnostic::do_not_recommend]
impl Decode for Json {
    const EXPECTED: &'static str = "JSON";

    fn decode<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        raw(from).map(|value| Self::from_raw(value.to_owned()))
    }
}
#[diagnostic::do_not_recommend]
impl ReadAs<kind::UnknownValue> for Json {}

#[diagnostic::do_not_recommend]
impl<E: ChoiceSet> Decode for Choice<E> {
    const EXPECTED: &'static str = "an option's number";

    fn decode<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        i32::decode(from).map(Self::new)
    }
}
#[diagnostic::do_not_recommend]
impl<E: ChoiceSet> ReadAs<kind::ChoiceOf<E>> for Choice<E> {}

#[diagnostic::do_not_recommend]
impl<E: ChoiceSet> Decode for Choices<E> {
    const EXPECTED: &'static str = "options' numbers such as \"1,3,5\"";

    fn decode<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(ChoicesVisitor(std::marker::PhantomData))
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }
}
#[diagnostic::do_not_recommend]
impl<E: ChoiceSet> ReadAs<kind::ChoicesOf<E>> for Choices<E> {}

struct ChoicesVisitor<E>(std::marker::PhantomData<E>);

impl<E: ChoiceSet> Visitor<'_> for ChoicesVisitor<E> {
    type Value = Choices<E>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Choices::<E>::EXPECTED)
    }

    fn visit_unit<X: Error>(self) -> Result<Self::Value, X> {
        Ok(Choices::default())
    }

    fn visit_str<X: Error>(self, text: &str) -> Result<Self::Value, X> {
        text.parse()
            .map_err(|_| X::invalid_value(Unexpected::Str(text), &self))
    }
}

#[diagnostic::do_not_recommend]
impl<S> Decode for Reference<S> {
    const EXPECTED: &'static str = "a GUID";
    const NEEDS_TARGET: bool = true;

    fn decode<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Uuid::decode(from).map(Self::new)
    }

    fn set_target(&mut self, table: String) {
        self.set_table(table);
    }
}
#[diagnostic::do_not_recommend]
impl<S> ReadAs<kind::Lookup<S>> for Reference<S> {}

#[diagnostic::do_not_recommend]
impl Decode for CurrencyAmount {
    const EXPECTED: &'static str = Money::EXPECTED;
    const NEEDS_CURRENCY: bool = true;

    fn decode<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Money::decode(from).map(Self::new)
    }

    fn set_currency(&mut self, currency: Uuid) {
        self.currency = Some(currency);
    }
}
#[diagnostic::do_not_recommend]
impl ReadAs<kind::MoneyAmount> for CurrencyAmount {}
