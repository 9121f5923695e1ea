//! Assignments: one column each.

use super::entry::{Content, Entry, Status};
use super::mandatory::Marked;
use super::place::{Place, TargetOf};
use crate::access::{MaySet, Writable};
use crate::kind::{Referring, Settable};
use crate::{Column, Fits, InvalidRequest, Literal, Needed, Nullable, Table};
use std::marker::PhantomData;

/// One column of `T` and what the write `M` does to it. A column that isn't assigned stays as it is.
///
/// `C` marks the assignments that a create can't do without.
#[must_use = "an assignment does nothing by itself"]
#[derive(Debug)]
#[expect(
    clippy::type_complexity,
    reason = "a tuple of the three parameters is as simple as it gets"
)]
pub struct Assignment<T, M, C = ()> {
    pub(super) entry: Entry,
    of: PhantomData<fn() -> (T, M, C)>,
}

impl<T, M, C> Assignment<T, M, C> {
    pub(super) fn new(entry: Entry) -> Self {
        Self {
            entry,
            of: PhantomData,
        }
    }
}

impl<T: Table, K, A, N> Column<T, K, A, N> {
    /// Sets the column to this value. Text that is too long makes the request [invalid](InvalidRequest::TooLong).
    pub fn set<M: MaySet<A>, V: Fits<K>>(self, value: V) -> Assignment<T, M, N::Mark>
    where
        K: Settable,
        A: Writable,
        N: Marked,
    {
        Assignment::new(self.value_entry(&value.literal()))
    }

    /// Sets the column to this value, or empties it: for values that may be missing where they come from. To leave the
    /// column as it is when there is none, assign within the `Option`: `value.map(|value| a.fax.set(value))`.
    pub fn set_or_clear<M: MaySet<A>, V: Fits<K>>(self, value: Option<V>) -> Assignment<T, M>
    where
        K: Settable,
        A: Writable,
        N: Clearable,
    {
        Assignment::new(match value {
            Some(value) => self.value_entry(&value.literal()),
            None => self.null_entry(),
        })
    }

    /// Empties the column.
    pub fn clear<M: MaySet<A>>(self) -> Assignment<T, M>
    where
        A: Writable,
        N: Clearable,
    {
        Assignment::new(self.null_entry())
    }

    /// Makes the lookup refer to this row: an id, an alternate key, or a [`Reference`](crate::Reference), which knows its
    /// table when the program runs.
    ///
    /// It is written through the navigation property that leads to the row's table. A reference without a table, or to
    /// one that isn't a target, makes the request [invalid](InvalidRequest::UnknownTarget).
    pub fn bind<M: MaySet<A>, R: TargetOf<K::Targets>>(self, row: R) -> Assignment<T, M, N::Mark>
    where
        K: Referring,
        A: Writable,
        N: Marked,
    {
        Assignment::new(self.place_entry(row.place()))
    }

    /// Makes the lookup refer to this row as [`bind`](Self::bind) does, or empties it.
    ///
    /// ```
    /// # use crm::{account::Account, contact::Contact, prelude::*};
    /// # async fn example(client: Client, account: Id<Account>, person: Option<Id<Contact>>) -> Result<(), Error> {
    /// client.update(account, |a| a.primarycontactid.bind_or_clear(person)).await
    /// # }
    /// ```
    pub fn bind_or_clear<M: MaySet<A>, R: TargetOf<K::Targets>>(self, row: Option<R>) -> Assignment<T, M>
    where
        K: Referring,
        A: Writable,
        N: Clearable,
    {
        Assignment::new(match row {
            Some(row) => self.place_entry(row.place()),
            None => self.null_entry(),
        })
    }

    /// The entry that sets the column.
    pub(super) fn value_entry(self, literal: &Literal) -> Entry {
        let mut json = String::new();
        literal.push_json(&mut json);
        let too_long = self.longest().and_then(|longest| {
            let length = literal.text_longer_than(longest)?;
            Some(InvalidRequest::TooLong {
                table: T::META.logical_name,
                column: self.property(),
                longest,
                length,
            })
        });
        let status = literal.state().map(|state| Status {
            table: T::META.logical_name,
            state,
        });
        Entry {
            problem: too_long,
            status,
            ..self.entry(self.property(), false, json)
        }
    }

    /// The entry that empties the column.
    pub(super) fn null_entry(self) -> Entry {
        let null = "null".to_owned();
        match self.navigation() {
            Some(navigation) => self.entry(navigation, true, null),
            None => self.entry(self.property(), false, null),
        }
    }

    /// The entry that makes the lookup refer to a row.
    pub(super) fn place_entry(self, place: Place) -> Entry {
        let navigation = place.table.as_deref().and_then(|table| self.navigation_to(table));
        match (navigation, place.json()) {
            (Some(navigation), Some(json)) => self.entry(navigation, true, json),
            _ => Entry {
                problem: Some(InvalidRequest::UnknownTarget {
                    table: T::META.logical_name,
                    column: self.property(),
                    target: place.table,
                }),
                ..self.entry(self.property(), true, "null".to_owned())
            },
        }
    }

    pub(super) fn entry(self, name: &'static str, bind: bool, json: String) -> Entry {
        Entry {
            about: self.property(),
            name,
            bind,
            content: Content::One(json),
            status: None,
            problem: None,
        }
    }
}

/// Nullability of columns that can be emptied.
#[diagnostic::on_unimplemented(
    message = "this column can't be cleared",
    label = "the service requires a value in this column"
)]
pub trait Clearable {}
impl Clearable for Nullable {}
#[diagnostic::do_not_recommend]
impl<C, N: Clearable> Clearable for Needed<C, N> {}
