//! What the code of the macro `fetch_xml!` calls: functions that nobody runs, whose bounds the compiler checks, and functions
//! that write values. Not for use by hand.

use super::FetchXml;
pub use super::kinds::shape;
use super::kinds::{
    ComparedInFetchXml, GroupedInFetchXml, Linking, ListedInFetchXml, Spells, SpellsCount, SpellsDay,
};
use crate::access::Readable;
use crate::aggregate::{Extreme, Summable};
use crate::kind::{ChoiceOf, ChoicesOf, Dated, Identifying, Ordered, Sortable, Textual};
use crate::{Column, Fits, Table, civil};
use dataverse_fetchxml::escape;
use std::fmt::Write as _;

macro_rules! columns_that_are {
    ($($name:ident $(: $bound:path)?;)+) => {$(
        pub fn $name<T, K $(: $bound)?, A: Readable, N>(_: Column<T, K, A, N>) {}
    )+};
}

columns_that_are! {
    readable;
    compared: ComparedInFetchXml;
    listed: ListedInFetchXml;
    ordered: Ordered;
    searched: Textual;
    dated: Dated;
    identifying: Identifying;
    sorted: Sortable;
    linked: Linking;
    grouped: GroupedInFetchXml;
    summed: Summable;
    extreme: Extreme;
}

pub fn of_options<T, E, A: Readable, N>(_: Column<T, ChoicesOf<E>, A, N>) {}

pub fn same_kind<T, U, K, A: Readable, B: Readable, N, O>(_: Column<T, K, A, N>, _: Column<U, K, B, O>) {}

pub fn spelled<S: Spells<K>, T, K, A, N>(_: S, _: Column<T, K, A, N>) {}

pub fn option<S: Spells<ChoiceOf<E>>, T, E, A, N>(_: S, _: Column<T, ChoicesOf<E>, A, N>) {}

pub fn day<S: SpellsDay, T, K, A, N>(_: S, _: Column<T, K, A, N>) {}

pub fn count<S: SpellsCount, T, K, A, N>(_: S, _: Column<T, K, A, N>) {}

/// The query of this text, of the table that has the column.
pub fn made<T: Table<Columns = C>, C, K, A, N>(text: String, _: fn(C) -> Column<T, K, A, N>) -> FetchXml<T> {
    FetchXml::of_text(text)
}

/// The query of this text, of the table that has these columns.
pub fn made_of<T: Table<Columns = C>, C>(text: String) -> FetchXml<T> {
    FetchXml::of_text(text)
}

pub fn push_value<C, T, K, A, N, V: Fits<K>>(text: &mut String, _: fn(C) -> Column<T, K, A, N>, value: &V) {
    escape(&value.literal().into_fetch_text(), text);
}

pub fn push_option<C, T, E, A, N, V: Fits<ChoiceOf<E>>>(
    text: &mut String,
    _: fn(C) -> Column<T, ChoicesOf<E>, A, N>,
    value: &V,
) {
    escape(&value.literal().into_fetch_text(), text);
}

pub fn push_values<C, T, K, A, N, V: Fits<K>>(
    text: &mut String,
    _: fn(C) -> Column<T, K, A, N>,
    values: &(impl AsRef<[V]> + ?Sized),
) {
    push_all(text, values.as_ref(), |value| value.literal().into_fetch_text());
}

pub fn push_options<C, T, E, A, N, V: Fits<ChoiceOf<E>>>(
    text: &mut String,
    _: fn(C) -> Column<T, ChoicesOf<E>, A, N>,
    values: &(impl AsRef<[V]> + ?Sized),
) {
    push_all(text, values.as_ref(), |value| value.literal().into_fetch_text());
}

fn push_all<V>(text: &mut String, values: &[V], spelled: impl Fn(&V) -> String) {
    for value in values {
        text.push_str("<value>");
        escape(&spelled(value), text);
        text.push_str("</value>");
    }
}

pub fn push_day<C, T, K: Dated, A, N>(text: &mut String, _: fn(C) -> Column<T, K, A, N>, day: &civil::Date) {
    push(text, day);
}

pub fn push_number(text: &mut String, number: u32) {
    push(text, number);
}

fn push(text: &mut String, value: impl std::fmt::Display) {
    // Writing to a `String` can't fail.
    let _ = write!(text, "{value}");
}
