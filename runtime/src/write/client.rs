//! Writes by a client.

use super::{
    Assignment, Assignments, Create, Deleting, Merging, New, NewRow, OneRow, Parties, RowChanges, SetBy,
    Single, Update, Updating, Upsert, Upserted, Upserting,
};
use crate::pending::Pending;
use crate::{Accepts, Client, Collection, Id, RowAddress, Table};

/// A request that this client sends when it is awaited.
type Ours<W, O> = Pending<W, O, Client>;

/// Writes. Each gives a request that is sent when it is awaited, and that has options before:
///
/// ```
/// # use crm::{account::Account, contact::Contact, prelude::*};
/// # use dataverse_runtime::{Client, Error};
/// # #[derive(Row)]
/// # #[row(table = Account)]
/// # struct Company { name: Option<String>, #[row(etag)] version: Option<String> }
/// # async fn example(client: Client, person: Id<Contact>) -> Result<(), Error> {
/// let id = client.create(Account, |a| (a.name.set("Contoso"), a.primarycontactid.bind(person))).await?;
/// let row = client.update(id, |a| a.fax.clear()).returning::<Company>().await?;
/// client.delete(id).if_match(&row.version.unwrap_or_default()).await?;
/// # Ok(())
/// # }
/// ```
///
/// Awaiting one fails with [`Error::Invalid`](crate::Error::Invalid) if the service would refuse the request, with
/// [`Error::Service`](crate::Error::Service) if it does, and as [`Client::execute`] does if there is no answer.
impl Client {
    /// Creates a row and gives its id.
    ///
    /// The id is chosen here and sent along, so that the create can be repeated after a fault: a row that is there
    /// already is then the one that was created. [`without_own_id`](Pending::without_own_id) leaves it to the service.
    pub fn create<T: Table, A, I>(
        &self,
        table: T,
        assign: impl FnOnce(&T::Columns) -> A,
    ) -> Ours<New<T>, Id<T>>
    where
        A: Assignments<T, Create>,
        T::Mandatory: SetBy<A, I>,
    {
        super::create(table, assign).on(self)
    }

    /// Creates a row from a struct that derives `Create`, and gives its id.
    pub fn create_row<R: NewRow>(&self, new: R) -> Ours<New<R::Table>, Id<R::Table>> {
        super::create_row(new).on(self)
    }

    /// Changes the row with this id or alternate key. What isn't assigned stays as it is.
    ///
    /// A row that isn't there isn't created: the service answers with the status 404.
    pub fn update<R: OneRow, A>(
        &self,
        row: R,
        assign: impl FnOnce(&<R::Table as Table>::Columns) -> A,
    ) -> Ours<Updating<R::Table>, ()>
    where
        A: Assignments<R::Table, Update>,
    {
        super::update(row, assign).on(self)
    }

    /// Changes the row with this id or alternate key by a struct that derives `Update`.
    pub fn update_row<R: OneRow, B>(&self, row: R, changes: B) -> Ours<Updating<R::Table>, ()>
    where
        B: RowChanges<Table = R::Table>,
    {
        super::update_row(row, changes).on(self)
    }

    /// Changes the row with this id or alternate key, or creates it, and says which.
    ///
    /// Columns that a create has to set are not checked, because the row may be there. In an elastic table an upsert
    /// replaces the whole row: columns that aren't assigned are emptied.
    pub fn upsert<R: OneRow, A>(
        &self,
        row: R,
        assign: impl FnOnce(&<R::Table as Table>::Columns) -> A,
    ) -> Ours<Upserting<R::Table>, Upserted<Id<R::Table>>>
    where
        A: Assignments<R::Table, Upsert>,
    {
        super::upsert(row, assign).on(self)
    }

    /// Changes the row with this id or alternate key by a struct that derives `Update`, or creates it, and says which.
    pub fn upsert_row<R: OneRow, B>(
        &self,
        row: R,
        changes: B,
    ) -> Ours<Upserting<R::Table>, Upserted<Id<R::Table>>>
    where
        B: RowChanges<Table = R::Table>,
    {
        super::upsert_row(row, changes).on(self)
    }

    /// Deletes the row with this id or alternate key.
    pub fn delete<R: OneRow>(&self, row: R) -> Ours<Deleting<R::Table>, ()> {
        super::delete(row).on(self)
    }

    /// Writes one column by its own address: `set`, `clear` or `bind`.
    pub fn set_property<R: OneRow, C>(
        &self,
        row: R,
        assign: impl FnOnce(&<R::Table as Table>::Columns) -> Assignment<R::Table, Update, C>,
    ) -> Ours<Single, ()> {
        super::set_property(row, assign).on(self)
    }

    /// Replaces all parties of an activity by these:
    ///
    /// ```
    /// # use crm::{contact::Contact, email::Email, prelude::*};
    /// # use dataverse_runtime::{Client, Error};
    /// # async fn example(client: Client, email: Id<Email>, person: Id<Contact>) -> Result<(), Error> {
    /// client
    ///     .set_parties(email, |e| (e.to.parties([person]), e.cc.parties([Party::address("fleet@rsk.example")])))
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn set_parties<R: OneRow, A>(
        &self,
        activity: R,
        parties: impl FnOnce(&<R::Table as Table>::Columns) -> A,
    ) -> Ours<Single, ()>
    where
        A: Assignments<R::Table, Parties>,
    {
        super::set_parties(activity, parties).on(self)
    }

    /// Ties a row to another by a relationship to many rows: `client.associate(port, |p| p.vessels, vessel)`.
    pub fn associate<R: OneRow, U: Accepts<S::Table>, S: RowAddress>(
        &self,
        row: R,
        relationship: impl FnOnce(&<R::Table as Table>::Columns) -> Collection<R::Table, U>,
        related: S,
    ) -> Ours<Single, ()> {
        super::associate(row, relationship, related).on(self)
    }

    /// Unties a row from another.
    pub fn disassociate<R: OneRow, U: Accepts<S::Table>, S: RowAddress>(
        &self,
        row: R,
        relationship: impl FnOnce(&<R::Table as Table>::Columns) -> Collection<R::Table, U>,
        related: S,
    ) -> Ours<Single, ()> {
        super::disassociate(row, relationship, related).on(self)
    }

    /// Merges `subordinate` into `target`, which takes over its related rows and the values that the closure assigns; then
    /// `subordinate` is inactive. Accounts, contacts, leads and cases can be merged: the service refuses other tables.
    pub fn merge<T: Table, A: Assignments<T, Update>>(
        &self,
        target: Id<T>,
        subordinate: Id<T>,
        taken: impl FnOnce(&T::Columns) -> A,
    ) -> Ours<Merging<T>, ()> {
        super::merge(target, subordinate, taken).on(self)
    }
}
