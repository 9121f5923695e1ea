//! Parties of activities: who an e-mail is from and to, who attends an appointment.

use super::assign::Assignment;
use super::entry::{Content, Entry};
use super::mandatory::Marked;
use super::related::Nests;
use crate::access::{MaySet, Writable};
use crate::text::{json_object, json_string};
use crate::{Column, Id, RowAddress, Table, kind};

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
            value: format!("/{}", row.path()),
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
    /// The parties that have this column's role. Those of all columns are written together, when the activity is created.
    pub fn parties<M: MaySet<A> + Nests, P: Into<Party>>(
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
