//! What the code of the macro `fetch_xml!` calls: functions that nobody runs, whose bounds the compiler checks, and functions
//! that write values. Not for use by hand.

use super::FetchXml;
pub use super::kinds::shape::*;
use super::kinds::{
    ComparedInFetchXml, GroupedInFetchXml, Linking, ListedInFetchXml, SeveralOptions, Spells, SpellsCount,
    SpellsDay,
};
use crate::access::Readable;
use crate::aggregate::{Extreme, Summable};
use crate::kind::{ChoiceOf, Dated, Identifying, Ordered, Sortable, Textual};
use crate::{Column, Fits, Table, civil};
use dataverse_fetchxml::escape;
use std::fmt::Write as _;

/// Gives a column of the columns of a table.
pub type Of<C, T, K, A, N> = fn(C) -> Column<T, K, A, N>;

pub fn readable<C, T, K, A: Readable, N>(_: Of<C, T, K, A, N>) {}
pub fn compared<C, T, K: ComparedInFetchXml, A: Readable, N>(_: Of<C, T, K, A, N>) {}
pub fn listed<C, T, K: ListedInFetchXml, A: Readable, N>(_: Of<C, T, K, A, N>) {}
pub fn ordered<C, T, K: Ordered, A: Readable, N>(_: Of<C, T, K, A, N>) {}
pub fn searched<C, T, K: Textual, A: Readable, N>(_: Of<C, T, K, A, N>) {}
pub fn dated<C, T, K: Dated, A: Readable, N>(_: Of<C, T, K, A, N>) {}
pub fn identifying<C, T, K: Identifying, A: Readable, N>(_: Of<C, T, K, A, N>) {}
pub fn sorted<C, T, K: Sortable, A: Readable, N>(_: Of<C, T, K, A, N>) {}
pub fn linked<C, T, K: Linking, A: Readable, N>(_: Of<C, T, K, A, N>) {}
pub fn grouped<C, T, K: GroupedInFetchXml, A: Readable, N>(_: Of<C, T, K, A, N>) {}
pub fn summed<C, T, K: Summable, A: Readable, N>(_: Of<C, T, K, A, N>) {}
pub fn extreme<C, T, K: Extreme, A: Readable, N>(_: Of<C, T, K, A, N>) {}
pub fn of_options<C, T, K: SeveralOptions, A: Readable, N>(_: Of<C, T, K, A, N>) {}

pub fn same_kind<C, T, D, U, K, A: Readable, B: Readable, N, O>(_: Of<C, T, K, A, N>, _: Of<D, U, K, B, O>) {}

pub fn spelled<S: Spells<K>, C, T, K, A, N>(_: S, _: Of<C, T, K, A, N>) {}
pub fn day<S: SpellsDay, C, T, K, A, N>(_: S, _: Of<C, T, K, A, N>) {}
pub fn count<S: SpellsCount, C, T, K, A, N>(_: S, _: Of<C, T, K, A, N>) {}

/// The query of this text, of the table that has the column.
pub fn made<T: Table<Columns = C>, C, K, A, N>(text: String, _: fn(C) -> Column<T, K, A, N>) -> FetchXml<T> {
    FetchXml::of_text(text)
}

/// The query of this text, of the table that has these columns.
pub fn made_of<T: Table<Columns = C>, C>(text: String) -> FetchXml<T> {
    FetchXml::of_text(text)
}

pub fn push_value<C, T, K, A, N, V: Fits<K>>(text: &mut String, _: Of<C, T, K, A, N>, value: &V) {
    escape(&value.literal().into_fetch_text(), text);
}

pub fn push_option<C, T, K: SeveralOptions, A, N, V: Fits<ChoiceOf<K::Set>>>(
    text: &mut String,
    _: Of<C, T, K, A, N>,
    value: &V,
) {
    escape(&value.literal().into_fetch_text(), text);
}

pub fn push_values<C, T, K, A, N, V: Fits<K>>(
    text: &mut String,
    _: Of<C, T, K, A, N>,
    values: &(impl AsRef<[V]> + ?Sized),
) {
    push_all(text, values.as_ref(), |value| value.literal().into_fetch_text());
}

pub fn push_options<C, T, K: SeveralOptions, A, N, V: Fits<ChoiceOf<K::Set>>>(
    text: &mut String,
    _: Of<C, T, K, A, N>,
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

pub fn push_day<C, T, K: Dated, A, N>(text: &mut String, _: Of<C, T, K, A, N>, day: &civil::Date) {
    push(text, day);
}

pub fn push_number(text: &mut String, number: u32) {
    push(text, number);
}

fn push(text: &mut String, value: impl std::fmt::Display) {
    // Writing to a `String` can't fail.
    let _ = write!(text, "{value}");
}
