//! What can be grouped by and aggregated, by kinds, and the values that come back.

use crate::value::{Choice, ChoiceSet, Id, Money, Reference};
use crate::{Decimal, Decode, Timestamp, Uuid, civil, kind};

/// Kinds that rows can be grouped by.
#[diagnostic::on_unimplemented(
    message = "rows can't be grouped by a `{Self}` column",
    label = "the service has no groups of this kind of column",
    note = "text, numbers, money, yes/no, choices and lookups can be grouped by; dates have `min()` and `max()`"
)]
pub trait Groupable {
    /// What a group has.
    type Value: Decode;
}

/// Kinds that can be summed up.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` column can't be summed up",
    label = "only numbers and money have sums and averages",
    note = "`count_distinct()` counts different values of any kind"
)]
pub trait Summable {
    /// The sum.
    type Sum: Decode;
    /// The average.
    type Average: Decode;
}

/// Kinds of which there is a smallest and a greatest value.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` column has no smallest and greatest value",
    label = "only numbers, money and dates have them"
)]
pub trait Extreme {
    /// The value.
    type Value: Decode;
}

macro_rules! valued {
    ($trait:ident: $($kind:ident => $value:ty),+ $(,)?) => {$(
        #[diagnostic::do_not_recommend]
        impl $trait for kind::$kind {
            type Value = $value;
        }
    )+};
}

valued!(Groupable: Text => String, TableName => String, WholeNumber => i32, BigInteger => i64, DecimalNumber => Decimal,
    FloatNumber => f64, MoneyAmount => Money, YesNo => bool, UniqueId => Uuid);
valued!(Extreme: WholeNumber => i32, BigInteger => i64, DecimalNumber => Decimal, FloatNumber => f64,
    MoneyAmount => Money, UserLocal => Timestamp, DateOnly => civil::Date, TimeZoneIndependent => civil::DateTime);

#[diagnostic::do_not_recommend]
impl<T> Groupable for kind::PrimaryId<T> {
    type Value = Id<T>;
}

#[diagnostic::do_not_recommend]
impl<S> Groupable for kind::Lookup<S> {
    type Value = Reference<S>;
}

#[diagnostic::do_not_recommend]
impl<E: ChoiceSet> Groupable for kind::ChoiceOf<E> {
    type Value = Choice<E>;
}

macro_rules! summable {
    ($($kind:ident => $sum:ty, $average:ty;)+) => {$(
        #[diagnostic::do_not_recommend]
        impl Summable for kind::$kind {
            type Sum = $sum;
            type Average = $average;
        }
    )+};
}

// A sum of whole numbers may come with a fraction of zeros, and may be more than 32 bits.
summable! {
    WholeNumber => Decimal, Decimal;
    BigInteger => Decimal, Decimal;
    DecimalNumber => Decimal, Decimal;
    FloatNumber => f64, f64;
    MoneyAmount => Money, Money;
}
