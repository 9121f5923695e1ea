//! One row of a message: what it is, and what is written to it.

use crate::operation::type_of;
use crate::text::json_string;
use crate::write::{Entries, NewRow, RowChanges};
use crate::{AlternateKey, Id, InvalidRequest, KeyWriter, RowAddress, Table, TableMeta, Uuid};
use http::HeaderValue;
use std::borrow::Borrow;

/// A row of a message.
#[derive(Debug)]
pub(crate) struct Target {
    table: &'static TableMeta,
    identity: Identity,
    entries: Entries,
}

/// How the service knows which row is meant.
#[derive(Debug)]
enum Identity {
    /// A new row, whose id the service chooses.
    New,
    /// The row with this id. `ours`: a new row, whose id nobody but us has chosen.
    Id { id: Uuid, ours: bool },
    /// The row at this address.
    Address(String),
    /// The row with these properties.
    Properties(Vec<(String, String)>),
}

/// The property that says which row is meant.
const ADDRESS: &str = "@odata.id";

impl Target {
    pub(super) fn new_row<R: NewRow>(row: R) -> Self {
        let table = &R::Table::META;
        let mut entries = row.into_body().into_entries();
        let given = entries.iter().find(|entry| entry.name == table.primary_id);
        let given = given.and_then(|entry| Uuid::try_parse(entry.json().trim_matches('"')).ok());
        let identity = match given {
            _ if table.primary_id.is_empty() => Identity::New,
            Some(id) => {
                entries.remove(table.primary_id);
                Identity::Id { id, ours: false }
            }
            None => Identity::Id {
                id: crate::value::fresh_uuid(),
                ours: true,
            },
        };
        Self {
            table,
            identity,
            entries,
        }
    }

    #[expect(clippy::needless_pass_by_value, reason = "an address is made for one request")]
    fn changed<A: RowAddress, B: RowChanges<Table = A::Table>>(row: A, changes: B) -> Self {
        let table = &A::Table::META;
        let identity = match Uuid::try_parse(&row.key()) {
            Ok(id) if !table.primary_id.is_empty() => Identity::Id { id, ours: false },
            _ => Identity::Address(row.path()),
        };
        Self {
            table,
            identity,
            entries: changes.into_body().into_entries(),
        }
    }

    #[expect(clippy::needless_pass_by_value, reason = "an address is made for one request")]
    pub(super) fn gone<K: AlternateKey>(key: K) -> Self {
        let mut parts = KeyWriter::default();
        key.parts(&mut parts);
        Self {
            table: &K::Table::META,
            identity: Identity::Properties(parts.properties()),
            entries: Entries::default(),
        }
    }

    /// Lets the service choose the id of a new row.
    pub(super) fn without_own_id(&mut self) {
        if matches!(self.identity, Identity::Id { ours: true, .. }) {
            self.identity = Identity::New;
        }
    }

    /// The row's id, if it is known.
    pub(crate) fn id(&self) -> Option<Uuid> {
        match self.identity {
            Identity::Id { id, .. } => Some(id),
            _ => None,
        }
    }

    /// Why the service would refuse it.
    pub(crate) fn problem(&self) -> Option<InvalidRequest> {
        self.entries.problem()
    }

    fn to_json(&self) -> String {
        let text = |name: &str, value: &str| (name.to_owned(), json_string(value));
        let mut first = vec![type_of(self.table)];
        match &self.identity {
            Identity::New => {}
            Identity::Id { id, .. } => first.push(text(self.table.primary_id, &id.to_string())),
            Identity::Address(address) => first.push(text(ADDRESS, address)),
            Identity::Properties(properties) => first.extend(properties.iter().cloned()),
        }
        self.entries.to_json_after(first)
    }
}

/// Rows that are changed, each given by what finds it.
pub(super) fn changed<A: RowAddress, B: RowChanges<Table = A::Table>, I: Iterator<Item = (A, B)>>(
    rows: I,
) -> impl Iterator<Item = Target> {
    rows.into_iter()
        .map(|(row, changes)| Target::changed(row, changes))
}

/// The body of a message about these rows.
pub(crate) fn body(targets: &[Target]) -> String {
    body_of(&targets.iter().map(Target::to_json).collect::<Vec<_>>())
}

/// The body of a message about rows that are JSON already.
pub(super) fn body_of<J: Borrow<str>>(rows: &[J]) -> String {
    format!("{{\"Targets\":[{}]}}", rows.join(","))
}

/// A row that is ready to be sent.
#[cfg(feature = "client")]
#[derive(Debug)]
pub(super) struct Ready {
    pub(super) json: String,
    /// Its id, if it is known.
    pub(super) id: Option<Uuid>,
}

#[cfg(feature = "client")]
impl Borrow<str> for Ready {
    fn borrow(&self) -> &str {
        &self.json
    }
}

#[cfg(feature = "client")]
impl From<Target> for Ready {
    fn from(target: Target) -> Self {
        Self {
            json: target.to_json(),
            id: target.id(),
        }
    }
}

/// Typed ids.
pub(super) fn ids<T: Table>(ids: Vec<Uuid>) -> Vec<Id<T>> {
    ids.into_iter().map(Id::new).collect()
}

/// What a message asks for: of an elastic table, which rows of it failed.
pub(super) fn preferences(elastic: bool) -> Vec<HeaderValue> {
    const ANNOTATIONS: HeaderValue = HeaderValue::from_static(
        "odata.include-annotations=\"Microsoft.PowerApps.CDS.ErrorDetails.Plugin.BulkApiErrorDetails\"",
    );
    elastic.then_some(ANNOTATIONS).into_iter().collect()
}
