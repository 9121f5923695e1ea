//! The messages as requests.

use super::answer::created;
use super::target::{self, Target};
use crate::message::Repeat;
use crate::operation::NAMESPACE;
use crate::pending::{Content, Draft, Pending};
use crate::storage::Elastic;
use crate::write::{NewRow, OneRow, RowChanges, nothing};
use crate::{AlternateKey, Id, Table};
use http::Method;
use std::marker::PhantomData;

/// A create of several rows.
pub struct CreatingMultiple<T>(PhantomData<fn() -> T>);
/// An update of several rows.
pub struct UpdatingMultiple<T>(PhantomData<fn() -> T>);
/// An upsert of several rows.
pub struct UpsertingMultiple<T>(PhantomData<fn() -> T>);
/// A delete of several rows.
pub struct DeletingMultiple<T>(PhantomData<fn() -> T>);

/// Which message it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Message {
    Create,
    Update,
    Upsert,
    Delete,
}

impl Message {
    fn name(self) -> &'static str {
        match self {
            Self::Create => "CreateMultiple",
            Self::Update => "UpdateMultiple",
            Self::Upsert => "UpsertMultiple",
            Self::Delete => "DeleteMultiple",
        }
    }

    /// Whether it may be sent again when nobody knows if it was carried out. A create of rows under ids of their own is all
    /// or nothing in a standard table: one that is there then says that all are. In an elastic table each row is by itself.
    fn repeat(self, elastic: bool, own_ids: bool) -> Repeat {
        match self {
            Self::Create if own_ids && !elastic => Repeat::CreatesOnce,
            Self::Create => Repeat::Never,
            Self::Update | Self::Upsert | Self::Delete => Repeat::Safe,
        }
    }

    /// The request but for its rows. `own_ids`: the ids of all of them are known.
    pub(super) fn draft<T: Table>(self, own_ids: bool) -> Draft {
        let path = format!("{}/{NAMESPACE}{}", T::META.entity_set, self.name());
        let mut draft = Draft::of::<T>(Method::POST, path, self.name());
        draft.repeat = self.repeat(draft.elastic, own_ids);
        draft.preferences = target::preferences(draft.elastic);
        draft
    }

    /// The request for these rows.
    fn about<T: Table>(self, targets: Vec<Target>) -> Draft {
        let mut draft = self.draft::<T>(targets.iter().all(|target| target.id().is_some()));
        let problem = || targets.iter().find_map(Target::problem);
        draft.problem = draft.problem.take().or_else(problem);
        draft.content = Content::Targets(targets);
        draft
    }
}

/// A create of these rows by one request, without a client: see `Client::create_multiple`.
///
/// ```
/// # use crm::{account::Account, prelude::*};
/// # use dataverse_runtime::bulk::create_multiple;
/// let rows = ["Contoso", "Fabrikam"].map(|name| create_body(Account, |a| a.name.set(name)));
/// let request = create_multiple(rows).without_own_ids().request()?;
/// assert_eq!(
///     request.to_string().lines().last(),
///     Some(concat!(
///         r#"{"Targets":[{"@odata.type":"Microsoft.Dynamics.CRM.account","name":"Contoso"},"#,
///         r#"{"@odata.type":"Microsoft.Dynamics.CRM.account","name":"Fabrikam"}]}"#
///     ))
/// );
/// # Ok::<(), InvalidRequest>(())
/// ```
pub fn create_multiple<R: NewRow>(
    rows: impl IntoIterator<Item = R>,
) -> Pending<CreatingMultiple<R::Table>, Vec<Id<R::Table>>> {
    let targets = rows.into_iter().map(Target::new_row).collect();
    Pending::new(Message::Create.about::<R::Table>(targets), created::<R::Table>)
}

/// An update of these rows by one request, without a client: see `Client::update_multiple`.
pub fn update_multiple<A: OneRow, B: RowChanges<Table = A::Table>>(
    rows: impl IntoIterator<Item = (A, B)>,
) -> Pending<UpdatingMultiple<A::Table>, ()> {
    let targets = target::changed(rows.into_iter());
    Pending::new(Message::Update.about::<A::Table>(targets.collect()), nothing)
}

/// An upsert of these rows by one request, without a client: see `Client::upsert_multiple`.
pub fn upsert_multiple<A: OneRow, B: RowChanges<Table = A::Table>>(
    rows: impl IntoIterator<Item = (A, B)>,
) -> Pending<UpsertingMultiple<A::Table>, ()> {
    let targets = target::changed(rows.into_iter());
    Pending::new(Message::Upsert.about::<A::Table>(targets.collect()), nothing)
}

/// A delete of these rows by one request, without a client: see `Client::delete_multiple`.
pub fn delete_multiple<K: AlternateKey>(
    rows: impl IntoIterator<Item = K>,
) -> Pending<DeletingMultiple<K::Table>, ()>
where
    K::Table: DeletesMultiple,
{
    let targets = rows.into_iter().map(Target::gone).collect();
    Pending::new(Message::Delete.about::<K::Table>(targets), nothing)
}

impl<T: Table, C> Pending<CreatingMultiple<T>, Vec<Id<T>>, C> {
    /// Lets the service choose the ids, for tables that don't take them. Then the request isn't repeated after a fault,
    /// because nobody knows whether the rows were created.
    pub fn without_own_ids(mut self) -> Self {
        if let Content::Targets(targets) = &mut self.draft.content {
            targets.iter_mut().for_each(Target::without_own_id);
        }
        self.draft.repeat = Repeat::Never;
        self
    }
}

/// Tables of which several rows can be deleted by one message.
pub trait DeletesMultiple: Table {}
impl<T: Table> DeletesMultiple for T where T::Storage: DeletesMultipleOf<T> {}

/// Storage that deletes several rows of `T` by one message.
#[diagnostic::on_unimplemented(
    message = "rows of `{T}` can't be deleted by one message",
    label = "`DeleteMultiple` is for elastic tables alone",
    note = "delete them in a batch, up to 1,000 by one request: `batch.add(client.delete(id))`"
)]
pub trait DeletesMultipleOf<T> {}
impl<T> DeletesMultipleOf<T> for Elastic {}
