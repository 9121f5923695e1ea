//! What a column holds: markers for the second parameter of [`Column`](crate::Column), and what each kind can do.
//!
//! The names exist nowhere else, so that the compiler prints them without a path.

use crate::Table;
use std::marker::PhantomData;

/// One line of text: `String`.
pub enum Text {}
/// Several lines of text: `String`.
pub enum Memo {}
/// A whole number of 32 bits: `i32`.
pub enum WholeNumber {}
/// A whole number of 64 bits: `i64`.
pub enum BigInteger {}
/// An exact decimal number: [`Decimal`](crate::Decimal).
pub enum DecimalNumber {}
/// A floating-point number: `f64`.
pub enum FloatNumber {}
/// An amount of money: [`Money`](crate::Money).
pub enum MoneyAmount {}
/// Yes or no: `bool`.
pub enum YesNo {}
/// An instant: [`Timestamp`](crate::Timestamp).
pub enum UserLocal {}
/// A day without a time: [`civil::Date`](crate::civil::Date).
pub enum DateOnly {}
/// A date and time that mean the same on every clock: [`civil::DateTime`](crate::civil::DateTime).
pub enum TimeZoneIndependent {}
/// An identifier that is no lookup: [`Uuid`](crate::Uuid).
pub enum UniqueId {}
/// The identifier of a row of `T`: [`Id<T>`](crate::Id).
pub struct PrimaryId<T>(PhantomData<fn() -> T>);
/// A reference to a row: [`Id<T>`](crate::Id) for one target, [`Reference<T>`](crate::Reference) for several.
pub struct Lookup<T>(PhantomData<fn() -> T>);
/// One option of a choice: [`Choice<E>`](crate::Choice).
pub struct ChoiceOf<E>(PhantomData<fn() -> E>);
/// Several options of a choice: [`Choices<E>`](crate::Choices).
pub struct ChoicesOf<E>(PhantomData<fn() -> E>);
/// The people and addresses of an activity: expanded into rows of `activityparty`.
pub enum PartyList {}
/// An image's thumbnail: [`Bytes`](crate::Bytes).
pub enum ImageData {}
/// A file: reads as the file's id, a [`Uuid`](crate::Uuid).
pub enum FileContent {}
/// The logical name of a table: `String`.
pub enum TableName {}
/// A setting together with whether it can be changed: [`ManagedFlag`](crate::ManagedFlag).
pub enum ManagedPropertyFlag {}
/// A value of a kind that isn't known: [`Json`](crate::Json).
pub enum UnknownValue {}

/// Implements a trait for kinds; those behind the semicolon have a parameter.
macro_rules! kinds {
    ($trait:ident: $($kind:ident),+ $(; $($generic:ident),+)?) => {
        $(#[diagnostic::do_not_recommend]
        impl $trait for $kind {})+
        $($(#[diagnostic::do_not_recommend]
        impl<T> $trait for $generic<T> {})+)?
    };
}
pub(crate) use kinds;

/// Kinds that can be compared with a value.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` column can't be compared with a value",
    label = "the service has no comparison for this kind of column"
)]
pub trait Comparable {}
kinds!(Comparable: Text, Memo, WholeNumber, BigInteger, DecimalNumber, FloatNumber, MoneyAmount, YesNo, UserLocal,
    DateOnly, TimeZoneIndependent, UniqueId, TableName; PrimaryId, Lookup, ChoiceOf);

/// Kinds with a smaller and a greater.
#[diagnostic::on_unimplemented(
    message = "`{Self}` columns have no smaller and greater",
    label = "numbers, money, dates and text can be compared like this",
    note = "use `eq`, `ne` or `is_in`"
)]
pub trait Ordered {}
kinds!(Ordered: Text, WholeNumber, BigInteger, DecimalNumber, FloatNumber, MoneyAmount, UserLocal, DateOnly,
    TimeZoneIndependent);

/// Kinds that hold a day or a time.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` column holds no date",
    label = "only dates lie within periods",
    note = "compare it with `eq`, `ne` or `is_in`"
)]
pub trait Dated {}
kinds!(Dated: UserLocal, DateOnly, TimeZoneIndependent);

/// Kinds that identify a row: of the table itself, or of another.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` column identifies no row",
    label = "only lookups and the primary id can be compared with the user, a business unit or a hierarchy"
)]
pub trait Identifying {}
impl<T> Identifying for PrimaryId<T> {}
impl<S> Identifying for Lookup<S> {}

/// Kinds that hold text.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` column does not hold text",
    label = "only text can be searched like this",
    note = "compare it with `eq`, `ne`, `gt`, `ge`, `lt`, `le`, `between` or `is_in`"
)]
pub trait Textual {}
kinds!(Textual: Text, Memo);

/// Kinds that rows can be ordered by.
#[diagnostic::on_unimplemented(
    message = "rows can't be ordered by a `{Self}` column",
    label = "the service has no order for this kind of column"
)]
pub trait Sortable {}
kinds!(Sortable: Text, Memo, WholeNumber, BigInteger, DecimalNumber, FloatNumber, MoneyAmount, YesNo, UserLocal,
    DateOnly, TimeZoneIndependent, UniqueId, TableName; PrimaryId, Lookup, ChoiceOf);

/// Kinds whose value is written with `set`.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` column is not written with `set`",
    label = "this kind of column is written in another way",
    note = "a lookup is written with `bind(id)`, parties with the activity, a file by uploading it"
)]
pub trait Settable {}
kinds!(Settable: Text, Memo, WholeNumber, BigInteger, DecimalNumber, FloatNumber, MoneyAmount, YesNo, UserLocal,
    DateOnly, TimeZoneIndependent, UniqueId, ImageData, TableName, UnknownValue; PrimaryId, ChoiceOf, ChoicesOf);

/// Kinds that lead to a row of one table.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` column does not lead to one table",
    label = "only a lookup with a single target leads to another row's columns",
    note = "compare the column itself instead"
)]
pub trait LeadsToOne {
    /// The table.
    type Target: Table;
}
impl<T: Table> LeadsToOne for Lookup<T> {
    type Target = T;
}

/// Kinds that refer to rows of the tables in `Targets`.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` column is no lookup",
    label = "only lookups refer to rows",
    note = "other columns are written with `set(value)`"
)]
pub trait Referring {
    /// A table or a set of tables.
    type Targets;
}
impl<S> Referring for Lookup<S> {
    type Targets = S;
}
