//! Parties of activities: who an e-mail is from and to, who attends an appointment.

use super::answer::nothing;
use super::assign::Assignment;
use super::body::body;
use super::entry::{Content, Entry};
use super::mandatory::Marked;
use super::place::address;
use super::rows::OneRow;
use super::single::Single;
use super::{Assignments, Create};
use crate::access::{MaySet, Writable};
use crate::message::Repeat;
use crate::pending::{Content as Body, Draft, Pending};
use crate::text::{json_object, json_string};
use crate::{Column, Id, InvalidRequest, RowAddress, Table, kind};
use http::Method;

/// One party of an activity: a row, such as a contact, user or queue, or an address that belongs to no row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    property: String,
    value: String,
}

impl Party {
    /// This row, which has to be of a table whose rows take part in activities.
    pub fn row<R: RowAddress>(row: &R) -> Self {
        Self {
            property: format!("partyid_{}@odata.bind", R::Table::META.logical_name),
            value: address(&row.path()),
        }
    }

    /// An e-mail address.
    pub fn address(address: impl Into<String>) -> Self {
        Self {
            property: "addressused".to_owned(),
            value: address.into(),
        }
    }

    /// The row of `activityparty` that has this role.
    fn json(&self, role: u32) -> String {
        let party = (self.property.as_str(), json_string(&self.value));
        let role = (role != 0).then(|| ("participationtypemask", role.to_string()));
        json_object(std::iter::once(party).chain(role))
    }
}

impl<T: Table> From<Id<T>> for Party {
    fn from(id: Id<T>) -> Self {
        Self::row(&id)
    }
}

impl<T: Table, A, N> Column<T, kind::PartyList, A, N> {
    /// The parties that have this column's role. Those of all columns are written together: when the activity is created,
    /// or later by `Client::set_parties`.
    pub fn parties<M: TakesParties<A>, P: Into<Party>>(
        self,
        parties: impl IntoIterator<Item = P>,
    ) -> Assignment<T, M, N::Mark>
    where
        A: Writable,
        N: Marked,
    {
        Assignment::new(self.parties_entry(parties.into_iter().map(Into::into).collect()))
    }
}

impl<T: Table, K, A, N> Column<T, K, A, N> {
    /// The entry that adds these parties to those of the activity.
    pub(super) fn parties_entry(self, parties: Vec<Party>) -> Entry {
        let items = parties.iter().map(|party| party.json(self.role())).collect();
        // Every list of parties has the activity's collection of parties.
        let navigation = self.navigation().unwrap_or_default();
        Entry {
            content: Content::Many(items),
            ..self.entry(navigation, false, String::new())
        }
    }
}

/// A write that replaces the parties of an activity.
#[derive(Debug)]
pub enum Parties {}

/// Writes that a column of parties with access `A` can be set in.
#[diagnostic::on_unimplemented(
    message = "parties can't be written on `{Self}`",
    label = "the service takes them while an activity is created",
    note = "afterwards `client.set_parties(activity, |a| ..)` replaces all of them"
)]
pub trait TakesParties<A> {}
#[diagnostic::do_not_recommend]
impl<A> TakesParties<A> for Create where Self: MaySet<A> {}
#[diagnostic::do_not_recommend]
impl<A: Writable> TakesParties<A> for Parties {}

/// Replaces the parties of an activity, without a client: see `Client::set_parties`.
#[expect(clippy::needless_pass_by_value, reason = "an address is made for one request")]
pub fn set_parties<R: OneRow, A>(
    activity: R,
    parties: impl FnOnce(&<R::Table as Table>::Columns) -> A,
) -> Pending<Single, ()>
where
    A: Assignments<R::Table, Parties>,
{
    let entries = body::<R::Table, Parties, A>(parties).into_entries();
    let path = match entries.iter().next() {
        Some(entry) => format!("{}/{}", activity.path(), entry.name),
        None => activity.path(),
    };
    let mut draft = Draft::of::<R::Table>(Method::PUT, path, "set parties");
    draft.repeat = Repeat::Safe;
    match entries.iter().next() {
        Some(entry) => draft.content = Body::Json(json_object([("value", entry.json())])),
        // Which property holds the parties is known of their columns alone.
        None => draft.problem = draft.problem.take().or(Some(InvalidRequest::NoParties)),
    }
    Pending::new(draft, nothing)
}
