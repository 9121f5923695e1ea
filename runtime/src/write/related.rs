//! Rows that are created, or tied, along with the row of a create.

use super::assign::Assignment;
use super::body::body;
use super::entry::{Content, Entry};
use super::mandatory::{Marked, SetBy};
use super::place::Place;
use super::{Assignments, Create, NewRow};
use crate::access::{MaySet, Writable};
use crate::{Accepts, Collection, Column, InvalidRequest, RowAddress, Table, kind};

/// Writes that can have related rows in their body.
#[diagnostic::on_unimplemented(
    message = "related rows can't be written on `{Self}`",
    label = "the service takes related rows only while a row is created",
    note = "create or associate the related rows by requests of their own"
)]
pub trait Nests {}
impl Nests for Create {}

impl<T: Table, S, A, N> Column<T, kind::Lookup<S>, A, N> {
    /// Creates the row that this lookup refers to along with this one, in the same transaction.
    pub fn insert<M: MaySet<A> + Nests, B, I>(
        self,
        assign: impl FnOnce(&S::Columns) -> B,
    ) -> Assignment<T, M, N::Mark>
    where
        S: Table,
        B: Assignments<S, Create>,
        S::Mandatory: SetBy<B, I>,
        A: Writable,
        N: Marked,
    {
        self.insert_row(body::<S, Create, B>(assign))
    }

    /// The same with a row of any of the lookup's targets.
    pub fn insert_row<M: MaySet<A> + Nests, R: NewRow>(self, row: R) -> Assignment<T, M, N::Mark>
    where
        S: Accepts<R::Table>,
        A: Writable,
        N: Marked,
    {
        let table = R::Table::META.logical_name;
        let entries = row.into_body().into_entries();
        let entry = match self.navigation_to(table) {
            Some(navigation) => Entry {
                problem: entries.problem(),
                ..self.entry(navigation, false, entries.to_json())
            },
            None => self.place_entry(Place {
                table: Some(table.to_owned()),
                path: None,
            }),
        };
        Assignment::new(entry)
    }

    /// [`insert_row`](Self::insert_row), as a derive calls it.
    #[doc(hidden)]
    pub fn insert_field<M: MaySet<A> + Nests, V: NewRows>(self, rows: V, to: &mut super::Body<T, M>)
    where
        S: Accepts<<V::Row as NewRow>::Table>,
        A: Writable,
        N: Marked,
    {
        for row in rows.into_rows() {
            to.push(self.insert_row::<M, V::Row>(row).entry);
        }
    }
}

impl<T: Table, U> Collection<T, U> {
    /// Creates these rows along with this one, in the same transaction, and ties them to it.
    pub fn insert<M: Nests, R: NewRow>(self, rows: impl IntoIterator<Item = R>) -> Assignment<T, M>
    where
        U: Accepts<R::Table>,
    {
        let bodies: Vec<_> = rows
            .into_iter()
            .map(|row| row.into_body().into_entries())
            .collect();
        let problem = bodies.iter().find_map(|body| body.problem());
        let items = bodies.iter().map(|body| body.to_json()).collect();
        Assignment::new(Entry {
            problem,
            ..self.entry(false, items)
        })
    }

    /// Ties these rows to the row that is created.
    pub fn bind<M: Nests, R: RowAddress>(self, rows: impl IntoIterator<Item = R>) -> Assignment<T, M>
    where
        U: Accepts<R::Table>,
    {
        let places: Vec<_> = rows.into_iter().map(|row| Place::of(&row).json()).collect();
        let problem = places
            .iter()
            .any(Option::is_none)
            .then_some(InvalidRequest::NoEntitySet {
                table: R::Table::META.logical_name,
            });
        Assignment::new(Entry {
            problem,
            ..self.entry(true, places.into_iter().flatten().collect())
        })
    }

    /// [`bind`](Self::bind), as a derive calls it.
    #[doc(hidden)]
    pub fn write_field<M: Nests, V: BoundRows>(self, rows: V, to: &mut super::Body<T, M>)
    where
        U: Accepts<<V::Row as RowAddress>::Table>,
    {
        to.push(self.bind::<M, V::Row>(rows.into_addresses()).entry);
    }

    /// [`insert`](Self::insert), as a derive calls it.
    #[doc(hidden)]
    pub fn insert_field<M: Nests, V: NewRows>(self, rows: V, to: &mut super::Body<T, M>)
    where
        U: Accepts<<V::Row as NewRow>::Table>,
    {
        to.push(self.insert::<M, V::Row>(rows.into_rows()).entry);
    }

    /// The property that a derive says is written.
    #[doc(hidden)]
    pub const fn property(self) -> &'static str {
        self.navigation()
    }

    fn entry(self, bind: bool, items: Vec<String>) -> Entry {
        Entry {
            about: self.navigation(),
            name: self.navigation(),
            bind,
            content: Content::Many(items),
            status: None,
            problem: None,
        }
    }
}

/// What a field holds whose rows are tied to the one that is created: a `Vec` of their ids or keys.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say which rows are meant",
    label = "expected a `Vec` of ids or alternate keys",
    note = "rows that shall be created along are in a field with `#[create(insert)]`"
)]
pub trait BoundRows {
    type Row: RowAddress;

    fn into_addresses(self) -> Vec<Self::Row>;
}

#[diagnostic::do_not_recommend]
impl<R: RowAddress> BoundRows for Vec<R> {
    type Row = R;

    fn into_addresses(self) -> Self {
        self
    }
}

/// What a field holds whose rows are created along: a row, an `Option` or a `Vec` of it.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` holds no new rows",
    label = "expected a struct that derives `Create`, or an `Option` or `Vec` of it"
)]
pub trait NewRows {
    type Row: NewRow;

    fn into_rows(self) -> Vec<Self::Row>;
}

#[diagnostic::do_not_recommend]
impl<R: NewRow> NewRows for R {
    type Row = R;

    fn into_rows(self) -> Vec<R> {
        vec![self]
    }
}

#[diagnostic::do_not_recommend]
impl<R: NewRow> NewRows for Option<R> {
    type Row = R;

    fn into_rows(self) -> Vec<R> {
        self.into_iter().collect()
    }
}

#[diagnostic::do_not_recommend]
impl<R: NewRow> NewRows for Vec<R> {
    type Row = R;

    fn into_rows(self) -> Self {
        self
    }
}
