//! Bodies of writes.

use super::entry::{Entries, Entry};
use super::mandatory::SetBy;
use super::{Assignments, Create, Update};
use crate::{InvalidRequest, Table};
use std::marker::PhantomData;

/// The body of the write `M` to a row of `T`.
#[derive(Debug)]
pub struct Body<T, M> {
    entries: Entries,
    of: PhantomData<fn() -> (T, M)>,
}

impl<T, M> Body<T, M> {
    pub(crate) fn new() -> Self {
        Self {
            entries: Entries::default(),
            of: PhantomData,
        }
    }

    /// A property can stand in a body once: the last assignment counts.
    pub(crate) fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    pub(crate) fn into_entries(self) -> Entries {
        self.entries
    }

    /// Whether nothing is assigned.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The JSON to send. Whether the service would take it, [`check`](Self::check) says.
    pub fn to_json(&self) -> String {
        self.entries.to_json()
    }

    /// Looks for what the service would refuse.
    ///
    /// # Errors
    /// If a text is longer than its column, if a lookup is bound to a row of a table that isn't known, or if a state and a
    /// status don't belong together.
    pub fn check(&self) -> Result<(), InvalidRequest> {
        self.entries.problem().map_or(Ok(()), Err)
    }

    /// Name and JSON of each property.
    pub(crate) fn properties(&self) -> impl Iterator<Item = (String, String)> {
        self.entries.iter().map(|entry| (entry.property(), entry.json()))
    }
}

/// The body that the assignments make, which the closure makes of the table's columns.
pub(crate) fn body<T: Table, M, A: Assignments<T, M>>(assign: impl FnOnce(&T::Columns) -> A) -> Body<T, M> {
    let mut body = Body::new();
    assign(&T::COLUMNS).push_to(&mut body);
    body
}

/// The body that creates a row of `table`, for rows that are created along with another one.
///
/// ```
/// # use dataverse_runtime::{*, prelude::*};
/// # struct Contact;
/// # struct Columns { lastname: Column<Contact, kind::Text>, fax: Column<Contact, kind::Text> }
/// # impl Table for Contact {
/// #     type Columns = Columns;
/// #     type ChangeTracking = capability::Unknown;
/// #     type Storage = storage::Standard;
/// #     type Mandatory = ();
/// #     const META: TableMeta = TableMeta { logical_name: "contact", entity_set: "contacts", primary_id: "contactid",
/// #         primary_name: None, is_activity: false, optimistic_concurrency: None };
/// #     const COLUMNS: Columns = Columns { lastname: column("lastname"), fax: column("fax") };
/// # }
/// let body = create_body(Contact, |c| (c.lastname.set("Neil"), c.fax.clear()));
/// assert_eq!(body.to_json(), r#"{"lastname":"Neil","fax":null}"#);
/// ```
#[expect(
    clippy::needless_pass_by_value,
    reason = "the table is a marker: `create_body(Account, ..)` reads best"
)]
pub fn create_body<T: Table, A, I>(table: T, assign: impl FnOnce(&T::Columns) -> A) -> Body<T, Create>
where
    A: Assignments<T, Create>,
    T::Mandatory: SetBy<A, I>,
{
    let _ = table;
    body(assign)
}

/// The body that changes a row of `table`.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the table is a marker: `update_body(Account, ..)` reads best"
)]
pub fn update_body<T: Table, A>(table: T, assign: impl FnOnce(&T::Columns) -> A) -> Body<T, Update>
where
    A: Assignments<T, Update>,
{
    let _ = table;
    body(assign)
}
