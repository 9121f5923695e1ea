//! Which columns fit which places of a FetchXML text, and which values written in it fit which columns.

use crate::kind::{
    BigInteger, ChoiceOf, ChoicesOf, DateOnly, DecimalNumber, FloatNumber, Lookup, ManagedPropertyFlag, Memo,
    MoneyAmount, PrimaryId, TableName, Text, TimeZoneIndependent, UniqueId, UnknownValue, UserLocal,
    WholeNumber, YesNo, kinds,
};

/// Kinds that FetchXML compares with values.
#[diagnostic::on_unimplemented(
    message = "FetchXML can't compare a `{Self}` column with a value",
    label = "the service has no comparison for this kind of column",
    note = "`null` and `not-null` go with every column"
)]
pub trait ComparedInFetchXml {}
kinds!(ComparedInFetchXml: Text, Memo, WholeNumber, BigInteger, DecimalNumber, FloatNumber, MoneyAmount, YesNo,
    UserLocal, DateOnly, TimeZoneIndependent, UniqueId, TableName, ManagedPropertyFlag, UnknownValue; PrimaryId, Lookup,
    ChoiceOf, ChoicesOf);

/// Kinds that FetchXML looks up in a list of values.
#[diagnostic::on_unimplemented(
    message = "FetchXML can't look up a `{Self}` column in a list of values",
    label = "the service takes no `in` and `not-in` for this kind of column",
    note = "several conditions with `eq` in a `<filter type=\"or\">` say the same"
)]
pub trait ListedInFetchXml {}
kinds!(ListedInFetchXml: Text, WholeNumber, BigInteger, DecimalNumber, FloatNumber, MoneyAmount, YesNo, UserLocal,
    DateOnly, TimeZoneIndependent, UniqueId, TableName, ManagedPropertyFlag, UnknownValue; PrimaryId, Lookup, ChoiceOf,
    ChoicesOf);

/// Kinds that tables are linked by.
#[diagnostic::on_unimplemented(
    message = "tables can't be linked by a `{Self}` column",
    label = "`from` and `to` are columns with one plain value, mostly a primary id and a lookup",
    note = "files, images, lists of parties and choices of several options link nothing"
)]
pub trait Linking {}
kinds!(Linking: Text, Memo, WholeNumber, BigInteger, DecimalNumber, FloatNumber, MoneyAmount, YesNo, UserLocal, DateOnly,
    TimeZoneIndependent, UniqueId, TableName, UnknownValue; PrimaryId, Lookup, ChoiceOf);

/// Kinds that FetchXML groups by.
#[diagnostic::on_unimplemented(
    message = "rows can't be grouped by a `{Self}` column",
    label = "the service has no groups of this kind of column"
)]
pub trait GroupedInFetchXml {}
kinds!(GroupedInFetchXml: Text, WholeNumber, BigInteger, DecimalNumber, FloatNumber, MoneyAmount, YesNo, UserLocal,
    DateOnly, TimeZoneIndependent, UniqueId, TableName; PrimaryId, Lookup, ChoiceOf);

/// Kinds that hold several options.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` column doesn't hold several options",
    label = "`contain-values` and `not-contain-values` ask for options among several",
    note = "a choice of one option is compared with `eq`, `ne`, `in` or `not-in`"
)]
pub trait SeveralOptions {
    /// The options.
    type Set;
}
impl<E> SeveralOptions for ChoicesOf<E> {
    type Set = E;
}

/// What a value that is written in a text looks like. The names exist nowhere else, so that the compiler prints them without
/// a path.
pub mod shape {
    /// `0` or `1`.
    pub struct ZeroOrOne;
    /// `true` or `false`.
    pub struct TrueOrFalse;
    /// `-17`.
    pub struct Digits;
    /// `1.5`.
    pub struct Fraction;
    /// `2b7d0000-0000-0000-0000-0000000000aa`.
    pub struct GuidText;
    /// `2024-03-05`.
    pub struct DayText;
    /// `2024-03-05T08:30:00Z`.
    pub struct TimeText;
    /// Anything else.
    pub struct PlainText;
}
use shape::{DayText, Digits, Fraction, GuidText, PlainText, TimeText, TrueOrFalse, ZeroOrOne};

/// Values, by their looks, that a `K` column can be compared with.
#[diagnostic::on_unimplemented(
    message = "this value can't be one of a `{K}` column",
    label = "the value looks like `{Self}`, and the column is a `{K}`",
    note = "numbers are written as `17` or `1.5`, yes and no as `1` and `0`, choices as the numbers of their options, \
            lookups and ids as GUIDs, dates as `2024-03-05` or `2024-03-05T08:30:00Z`"
)]
pub trait Spells<K> {}

macro_rules! spells {
    ($($shape:ident => $($kind:ident),* $(; $($generic:ident),+)?.)+) => {$(
        $(#[diagnostic::do_not_recommend]
        impl Spells<$kind> for $shape {})*
        $($(#[diagnostic::do_not_recommend]
        impl<T> Spells<$generic<T>> for $shape {})+)?
    )+};
}

spells! {
    ZeroOrOne => Text, Memo, TableName, UnknownValue, YesNo, ManagedPropertyFlag, WholeNumber, BigInteger, DecimalNumber,
        FloatNumber, MoneyAmount; ChoiceOf, ChoicesOf.
    TrueOrFalse => Text, Memo, TableName, UnknownValue, YesNo, ManagedPropertyFlag.
    Digits => Text, Memo, TableName, UnknownValue, WholeNumber, BigInteger, DecimalNumber, FloatNumber, MoneyAmount;
        ChoiceOf, ChoicesOf.
    Fraction => Text, Memo, TableName, UnknownValue, DecimalNumber, FloatNumber, MoneyAmount.
    GuidText => Text, Memo, TableName, UnknownValue, UniqueId; PrimaryId, Lookup.
    DayText => Text, Memo, TableName, UnknownValue, UserLocal, DateOnly, TimeZoneIndependent.
    TimeText => Text, Memo, TableName, UnknownValue, UserLocal, DateOnly, TimeZoneIndependent.
    PlainText => Text, Memo, TableName, UnknownValue.
}

/// Values, by their looks, that are a day.
#[diagnostic::on_unimplemented(
    message = "this value is no day",
    label = "the value looks like `{Self}`: a day is written as `2024-03-05`"
)]
pub trait SpellsDay {}
#[diagnostic::do_not_recommend]
impl SpellsDay for DayText {}
#[diagnostic::do_not_recommend]
impl SpellsDay for TimeText {}

/// Values, by their looks, that are a whole number.
#[diagnostic::on_unimplemented(
    message = "this value is no whole number",
    label = "the value looks like `{Self}`, and this operator takes a number"
)]
pub trait SpellsCount {}
#[diagnostic::do_not_recommend]
impl SpellsCount for ZeroOrOne {}
#[diagnostic::do_not_recommend]
impl SpellsCount for Digits {}
