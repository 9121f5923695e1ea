//! Values as serde reads and writes them, so that programs can hand rows on as JSON: the feature `serde`.
//!
//! This is a form of our own. What the service takes and gives is made by [`Fits`](crate::Fits) and
//! [`Decode`](crate::Decode).

use super::{Bytes, Choice, Choices, CurrencyAmount, Id, Json, Money, Reference};
use crate::Patch;
use rust_decimal::Decimal;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use std::borrow::Cow;
use uuid::Uuid;

/// Types that serde treats as another one.
macro_rules! through {
    ($([$($of:tt)*] $type:ty as $other:ty: |$value:ident| $out:expr, |$read:ident| $in:expr;)+) => {$(
        impl<$($of)*> Serialize for $type {
            fn serialize<Z: Serializer>(&self, to: Z) -> Result<Z::Ok, Z::Error> {
                let $value = self;
                Serialize::serialize(&$out, to)
            }
        }

        impl<'de, $($of)*> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let $read = <$other as Deserialize>::deserialize(from)?;
                Ok($in)
            }
        }
    )+};
}

through! {
    [T] Id<T> as Uuid: |id| id.uuid(), |uuid| Self::new(uuid);
    [E] Choice<E> as i32: |choice| choice.value(), |number| Self::new(number);
    [E] Choices<E> as Vec<Choice<E>>: |choices| choices.iter().collect::<Vec<_>>(), |options| options.into_iter().collect();
    [] Money as Decimal: |money| money.amount(), |amount| Self::new(amount);
    [] Bytes as Cow<'de, str>: |bytes| bytes.to_base64(),
        |text| Self::from_base64(&text).ok_or_else(|| D::Error::custom("expected base64"))?;
    [] Json as Box<RawValue>: |json| json.raw(), |raw| Self::from_raw(raw);
}

/// `{"amount": "5.0000", "currency": null}`
#[derive(Serialize, Deserialize)]
struct Amount {
    amount: Money,
    #[serde(default)]
    currency: Option<Uuid>,
}

through! {
    [] CurrencyAmount as Amount: |of| Amount { amount: of.amount, currency: of.currency },
        |of| Self { amount: of.amount, currency: of.currency };
}

/// `{"table": "account", "id": "…"}`
#[derive(Serialize, Deserialize)]
struct Referred<'r> {
    #[serde(borrow, default)]
    table: Option<Cow<'r, str>>,
    id: Uuid,
}

through! {
    [S] Reference<S> as Referred<'_>: |of| Referred { table: of.table().map(Cow::Borrowed), id: of.uuid() }, |of| {
        let mut reference = Self::new(of.id);
        if let Some(table) = of.table {
            reference.set_table(table.into_owned());
        }
        reference
    };
}

/// `null` empties the column. With `#[serde(default)]` on the field, what isn't there leaves it as it is.
impl<'de, V: Deserialize<'de>> Deserialize<'de> for Patch<V> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Option::deserialize(from).map(|value| value.map_or(Self::Clear, Self::To))
    }
}
