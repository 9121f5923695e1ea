//! Create, update, upsert and delete.

use super::answer::{Upserted, new_id, nothing, row, upserted_id, upserted_row};
use super::body::body;
use super::entry::Entries;
use super::mandatory::SetBy;
use super::{Assignments, Create, NewRow, RowChanges, Update, Upsert};
use crate::message::Repeat;
use crate::pending::{Condition, Content, Draft, Pending};
use crate::{AlternateKey, FoundById, Id, Row, RowAddress, Table};
use http::{HeaderValue, Method};
use std::marker::PhantomData;

/// What finds one row to write to: an [`Id`], where that is enough, or an alternate key.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say which row is meant",
    label = "expected an `Id` or an alternate key of the table",
    note = "a row of an elastic table is found by its id and its partition: use the table's key that has both",
    note = "a GUID becomes an id by naming its table: `Id::<Account>::new(uuid)`"
)]
pub trait OneRow: RowAddress {}
impl<T: FoundById> OneRow for Id<T> {}
#[diagnostic::do_not_recommend]
impl<K: AlternateKey> OneRow for K {}

/// A create.
pub struct New<T>(PhantomData<fn() -> T>);
/// An update.
pub struct Updating<T>(PhantomData<fn() -> T>);
/// An upsert.
pub struct Upserting<T>(PhantomData<fn() -> T>);
/// A delete.
pub struct Deleting<T>(PhantomData<fn() -> T>);

/// A create of a row of `table`, without a client: see `Client::create`.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the table is a marker: `create(Account, ..)` reads best"
)]
pub fn create<T: Table, A, I>(table: T, assign: impl FnOnce(&T::Columns) -> A) -> Pending<New<T>, Id<T>>
where
    A: Assignments<T, Create>,
    T::Mandatory: SetBy<A, I>,
{
    let _ = table;
    create_row(body::<T, Create, A>(assign))
}

/// A create from a struct, without a client: see `Client::create_row`.
pub fn create_row<R: NewRow>(new: R) -> Pending<New<R::Table>, Id<R::Table>> {
    let entries = new.into_body().into_entries();
    let own = own_id(R::Table::META.primary_id, &entries);
    let path = R::Table::META.entity_set.to_owned();
    let mut draft = Draft::of::<R::Table>(Method::POST, path, "create").with(entries);
    match own {
        OwnId::Chosen(id) => draft.own_id = Some((R::Table::META.primary_id, id)),
        OwnId::Assigned => {}
        OwnId::Unknown => return Pending::new(draft, new_id::<R::Table>),
    }
    draft.repeat = Repeat::CreatesOnce;
    Pending::new(draft, new_id::<R::Table>)
}

enum OwnId {
    /// Ours.
    Chosen(crate::Uuid),
    /// Whoever made the assignments has set it.
    Assigned,
    /// The table's primary id isn't known.
    Unknown,
}

fn own_id(primary_id: &str, entries: &Entries) -> OwnId {
    if primary_id.is_empty() {
        OwnId::Unknown
    } else if entries.iter().any(|entry| entry.name == primary_id) {
        OwnId::Assigned
    } else {
        OwnId::Chosen(crate::value::fresh_uuid())
    }
}

/// An update of the row, without a client: see `Client::update`.
pub fn update<R: OneRow, A>(
    row: R,
    assign: impl FnOnce(&<R::Table as Table>::Columns) -> A,
) -> Pending<Updating<R::Table>, ()>
where
    A: Assignments<R::Table, Update>,
{
    update_row(row, body::<R::Table, Update, A>(assign))
}

/// An update from a struct, without a client: see `Client::update_row`.
#[expect(clippy::needless_pass_by_value, reason = "an address is made for one request")]
pub fn update_row<R: OneRow, B>(row: R, changes: B) -> Pending<Updating<R::Table>, ()>
where
    B: RowChanges<Table = R::Table>,
{
    let mut draft = Draft::of::<R::Table>(Method::PATCH, row.path(), "update");
    draft.condition = Condition::Exists;
    draft.repeat = Repeat::Safe;
    Pending::new(draft.with(changes.into_body().into_entries()), nothing)
}

/// An upsert of the row, without a client: see `Client::upsert`.
pub fn upsert<R: OneRow, A>(
    row: R,
    assign: impl FnOnce(&<R::Table as Table>::Columns) -> A,
) -> Pending<Upserting<R::Table>, Upserted<Id<R::Table>>>
where
    A: Assignments<R::Table, Upsert>,
{
    upserted(row, body::<R::Table, Upsert, A>(assign).into_entries())
}

/// An upsert from a struct, without a client: see `Client::upsert_row`.
pub fn upsert_row<R: OneRow, B>(row: R, changes: B) -> Pending<Upserting<R::Table>, Upserted<Id<R::Table>>>
where
    B: RowChanges<Table = R::Table>,
{
    upserted(row, changes.into_body().into_entries())
}

/// Only a representation tells a create from an update: the smallest is asked for.
#[expect(clippy::needless_pass_by_value, reason = "an address is made for one request")]
fn upserted<R: OneRow>(row: R, entries: Entries) -> Pending<Upserting<R::Table>, Upserted<Id<R::Table>>> {
    let path = format!("{}?$select={}", row.path(), R::Table::META.primary_id);
    let mut draft = Draft::of::<R::Table>(Method::PATCH, path, "upsert").with(entries);
    draft.preferences = vec![HeaderValue::from_static("return=representation")];
    draft.repeat = Repeat::Safe;
    Pending::new(draft, upserted_id::<R::Table>)
}

/// A delete of the row, without a client: see `Client::delete`.
#[expect(clippy::needless_pass_by_value, reason = "an address is made for one request")]
pub fn delete<R: OneRow>(row: R) -> Pending<Deleting<R::Table>, ()> {
    let mut draft = Draft::of::<R::Table>(Method::DELETE, row.path(), "delete");
    draft.repeat = Repeat::Safe;
    Pending::new(draft, nothing)
}

impl<T: Table, C> Pending<New<T>, Id<T>, C> {
    /// Creates the row under this id.
    pub fn with_id(mut self, id: Id<T>) -> Self {
        if let Content::Properties(entries) = &mut self.draft.content {
            entries.remove(T::META.primary_id);
        }
        self.draft.own_id = Some((T::META.primary_id, id.uuid()));
        self.draft.repeat = Repeat::CreatesOnce;
        self
    }

    /// Lets the service choose the id, for tables that don't take one. Then the request isn't repeated after a fault,
    /// because nobody knows whether the row was created.
    pub fn without_own_id(mut self) -> Self {
        self.draft.own_id = None;
        self.draft.repeat = Repeat::Never;
        self
    }

    /// Gives the created row, as `R` reads it, instead of its id.
    pub fn returning<R: Row<Table = T>>(mut self) -> Pending<New<T>, R, C> {
        let id = self.draft.own_id.map(|(_, id)| Id::<T>::new(id).path());
        self.draft.return_row::<R>(id);
        self.giving(row::<R>)
    }
}

impl<T: Table, O, C> Pending<Updating<T>, O, C> {
    /// Updates the row only if it has this version: the value of a field `#[row(etag)]`. Otherwise the service refuses it
    /// with the status 412. It isn't repeated after a fault, because its own change would look like another's.
    pub fn if_match(mut self, etag: &str) -> Self {
        self.draft.require_version(etag);
        self.draft.repeat = Repeat::Never;
        self
    }

    /// Gives the row as it is after the update, as `R` reads it.
    pub fn returning<R: Row<Table = T>>(mut self) -> Pending<Updating<T>, R, C> {
        self.draft.return_row::<R>(Some(self.draft.path.clone()));
        self.giving(row::<R>)
    }
}

impl<T: Table, O, C> Pending<Upserting<T>, O, C> {
    /// Creates the row, or fails with the status 412 if it is there.
    pub fn create_only(mut self) -> Self {
        self.draft.condition = Condition::IsNew;
        self.draft.repeat = Repeat::CreatesOnce;
        self
    }

    /// Updates the row, or fails with the status 404 if it isn't there.
    pub fn update_only(mut self) -> Self {
        self.draft.condition = Condition::Exists;
        self.draft.repeat = Repeat::Safe;
        self
    }

    /// Gives the row as it is afterwards, as `R` reads it.
    pub fn returning<R: Row<Table = T>>(mut self) -> Pending<Upserting<T>, Upserted<R>, C> {
        let path = self.draft.path.split('?').next().unwrap_or_default().to_owned();
        self.draft.return_row::<R>(Some(path));
        self.giving(upserted_row::<R>)
    }
}

impl<T: Table, O, C> Pending<Deleting<T>, O, C> {
    /// Deletes the row only if it has this version: the value of a field `#[row(etag)]`. Otherwise the service refuses it
    /// with the status 412.
    pub fn if_match(mut self, etag: &str) -> Self {
        self.draft.require_version(etag);
        self
    }
}
