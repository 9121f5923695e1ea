//! Change sets.

use super::{Batch, Change, Handle, InChangeSet, Maker};
use crate::pending::Offline;
use crate::write::{self, Assignments, Create, NewRow, OneRow, RowChanges, SetBy, Update};
use crate::{Id, Table};

/// Operations of a batch that are done as a whole or not at all: see [`Batch::change_set`].
///
/// A row that is created here can be referred to behind it, before it exists: [`Handle::reference`].
#[derive(Debug)]
pub struct ChangeSet<'b, C = Offline> {
    batch: &'b mut Batch<C>,
}

impl<'b, C: Maker> ChangeSet<'b, C> {
    /// The last item of the batch.
    pub(super) fn of(batch: &'b mut Batch<C>) -> Self {
        Self { batch }
    }

    /// Adds a write or the call of an action, with all of its options:
    ///
    /// ```
    /// # use crm::{account::Account, prelude::*};
    /// # use dataverse_runtime::{batch::Batch, write};
    /// # let id = Id::<Account>::new(Uuid::from_u128(1));
    /// let mut batch = Batch::new();
    /// let mut set = batch.change_set();
    /// let done = set.add(write::update(id, |a| a.name.set("Contoso")).if_match("W/\"1\""));
    /// # let _ = done;
    /// ```
    pub fn add<B: Change>(&mut self, operation: B) -> Handle<B::Output, InChangeSet> {
        let handle = self.batch.push(operation);
        if let Some(item) = self.batch.items.last_mut() {
            item.operations.end = self.batch.operations.len();
        }
        handle
    }

    /// Creates a row and gives its id: as [`Client::create`](crate::Client::create).
    pub fn create<T: Table, A, I>(
        &mut self,
        table: T,
        assign: impl FnOnce(&T::Columns) -> A,
    ) -> Handle<Id<T>, InChangeSet>
    where
        A: Assignments<T, Create>,
        T::Mandatory: SetBy<A, I>,
    {
        self.add(write::create(table, assign))
    }

    /// Creates a row from a struct that derives `Create`, and gives its id.
    pub fn create_row<R: NewRow>(&mut self, new: R) -> Handle<Id<R::Table>, InChangeSet> {
        self.add(write::create_row(new))
    }

    /// Changes a row: as [`Client::update`](crate::Client::update).
    pub fn update<R: OneRow, A>(
        &mut self,
        row: R,
        assign: impl FnOnce(&<R::Table as Table>::Columns) -> A,
    ) -> Handle<(), InChangeSet>
    where
        A: Assignments<R::Table, Update>,
    {
        self.add(write::update(row, assign))
    }

    /// Changes a row by a struct that derives `Update`.
    pub fn update_row<R: OneRow, B>(&mut self, row: R, changes: B) -> Handle<(), InChangeSet>
    where
        B: RowChanges<Table = R::Table>,
    {
        self.add(write::update_row(row, changes))
    }

    /// Deletes a row.
    pub fn delete<R: OneRow>(&mut self, row: R) -> Handle<(), InChangeSet> {
        self.add(write::delete(row))
    }
}
