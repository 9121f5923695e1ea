//! Which columns fit which places of a FetchXML text, and which values written in it fit which columns.

use crate::kind::{
    BigInteger, ChoiceOf, ChoicesOf, DateOnly, DecimalNumber, FloatNumber, Lookup, ManagedPropertyFlag, Memo,
    MoneyAmount, PrimaryId, TableName, Text, TimeZoneIndependent, UniqueId, UnknownValue, UserLocal,
    WholeNumber, YesNo,
};

macro_rules! kinds {
    ($trait:ident: $($kind:ident),+ $(; $($generic:ident),+)?) => {
        $(#[diagnostic::do_not_recommend]
        impl $trait for $kind {})+
        $($(#[diagnostic::do_not_recommend]
        impl<T> $trait for $generic<T> {})+)?
    };
}

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

/// What a value that is written in a text looks like.
pub mod shape {
    /// `0` or `1`.
    pub struct ZeroOrOne;
    /// `true` or `false`.
    pub struct TrueOrFalse;
    /// `-17`.
    pub struct WholeNumber;
    /// `1.5`.
    pub struct Number;
    /// `2b7d0000-0000-0000-0000-0000000000aa`.
    pub struct Guid;
    /// `2024-03-05`.
    pub struct Day;
    /// `2024-03-05T08:30:00Z`.
    pub struct DayAndTime;
    /// Anything else.
    pub struct Text;
}

/// Values, by their looks, that a `K` column can be compared with.
#[diagnostic::on_unimplemented(
    message = "this value can't be one of a `{K}` column",
    label = "the value is `{Self}`, and the column `{K}`",
    note = "numbers are written as `17` or `1.5`, yes and no as `1` and `0`, choices as the numbers of their options, \
            lookups and ids as GUIDs, dates as `2024-03-05` or `2024-03-05T08:30:00Z`"
)]
pub trait Spells<K> {}

macro_rules! spells {
    ($($shape:ident => $($kind:ident),* $(; $($generic:ident),+)?.)+) => {$(
        $(#[diagnostic::do_not_recommend]
        impl Spells<$kind> for shape::$shape {})*
        $($(#[diagnostic::do_not_recommend]
        impl<T> Spells<$generic<T>> for shape::$shape {})+)?
    )+};
}

spells! {
    ZeroOrOne => Text, Memo, TableName, UnknownValue, YesNo, ManagedPropertyFlag, WholeNumber, BigInteger, DecimalNumber,
        FloatNumber, MoneyAmount; ChoiceOf, ChoicesOf.
    TrueOrFalse => Text, Memo, TableName, UnknownValue, YesNo, ManagedPropertyFlag.
    WholeNumber => Text, Memo, TableName, UnknownValue, WholeNumber, BigInteger, DecimalNumber, FloatNumber, MoneyAmount;
        ChoiceOf, ChoicesOf.
    Number => Text, Memo, TableName, UnknownValue, DecimalNumber, FloatNumber, MoneyAmount.
    Guid => Text, Memo, TableName, UnknownValue, UniqueId; PrimaryId, Lookup.
    Day => Text, Memo, TableName, UnknownValue, UserLocal, DateOnly, TimeZoneIndependent.
    DayAndTime => Text, Memo, TableName, UnknownValue, UserLocal, DateOnly, TimeZoneIndependent.
    Text => Text, Memo, TableName, UnknownValue.
}

/// Values, by their looks, that are a day.
#[diagnostic::on_unimplemented(
    message = "this value is no day",
    label = "the value is `{Self}`: a day is written as `2024-03-05`"
)]
pub trait SpellsDay {}
impl SpellsDay for shape::Day {}
impl SpellsDay for shape::DayAndTime {}

/// Values, by their looks, that count something.
#[diagnostic::on_unimplemented(
    message = "this value is no whole number",
    label = "the value is `{Self}`, and the operator counts"
)]
pub trait SpellsCount {}
impl SpellsCount for shape::ZeroOrOne {}
impl SpellsCount for shape::WholeNumber {}
