//! Custom APIs that a test registers.

use super::Invocation;
use super::response;
use crate::Fault;
use crate::json::Json;
use crate::odata::{Request, Segment};
use crate::rows::{self, Address, Conditions, Origin, RowId, Work};
use crate::session::{Done, Session, no_content, row_object};
use serde_json::Value;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};
use uuid::Uuid;

type Hook = Arc<dyn Fn(&Invocation<'_>, &Rows<'_>) -> Result<Reply, Fault> + Send + Sync>;

/// The operations that were registered, by name.
#[derive(Default)]
pub(crate) struct Hooks(RwLock<HashMap<String, Hook>>);

impl Hooks {
    /// Registers an operation, in the place of one of the same name.
    pub(crate) fn insert(
        &self,
        name: &str,
        hook: impl Fn(&Invocation<'_>, &Rows<'_>) -> Result<Reply, Fault> + Send + Sync + 'static,
    ) {
        let mut hooks = self.0.write().unwrap_or_else(PoisonError::into_inner);
        hooks.insert(name.to_owned(), Arc::new(hook));
    }

    pub(super) fn get(&self, name: &str) -> Option<Hook> {
        let hooks = self.0.read().unwrap_or_else(PoisonError::into_inner);
        hooks.get(name).cloned()
    }

    pub(super) fn has(&self, name: &str) -> bool {
        let hooks = self.0.read().unwrap_or_else(PoisonError::into_inner);
        hooks.contains_key(name)
    }

    /// Whether a request invokes one of them.
    pub(crate) fn are_called_by(&self, request: &Request) -> bool {
        request.resource.segments.iter().any(|segment| match segment {
            Segment::Name(name) | Segment::Qualified(name) => self.has(&name.name),
            _ => false,
        })
    }
}

impl fmt::Debug for Hooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hooks")
    }
}

/// A row by its table and id.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RowRef {
    /// The logical name of the table.
    pub table: String,
    /// The id.
    pub id: Uuid,
    /// The partition, in an elastic table.
    pub partition: Option<String>,
}

impl RowRef {
    /// A row of a table that isn't elastic.
    pub fn new(table: &str, id: Uuid) -> Self {
        Self {
            table: table.to_owned(),
            id,
            partition: None,
        }
    }

    pub(super) fn of(table: &str, row: &RowId) -> Self {
        Self {
            partition: row.partition.clone(),
            ..Self::new(table, row.id)
        }
    }

    fn row(&self) -> RowId {
        RowId {
            id: self.id,
            partition: self.partition.clone(),
        }
    }
}

/// What an operation answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// Nothing: 204.
    Nothing,
    /// The members of the response, or a single value.
    Value(Value),
    /// A row as it is now.
    Row(RowRef),
    /// Rows of one table as they are now.
    Rows {
        /// The logical name of the table.
        table: String,
        /// The rows.
        rows: Vec<RowRef>,
    },
}

/// The rows, for a hook: in the transaction of its request, by the rules of the service.
pub struct Rows<'a> {
    session: &'a Session<'a>,
}

impl Rows<'_> {
    fn work(&self) -> &Work<'_> {
        &self.session.work
    }

    /// Creates a row. The body is what a create sends.
    ///
    /// # Errors
    /// As the service refuses it.
    pub fn create(&self, table: &str, body: &Value) -> Result<RowRef, Fault> {
        let body = Json::object(body.to_string().as_bytes())?;
        let work = *self.work();
        let id = rows::create(&work, work.entity(table)?, &body, &Origin::default())?;
        Ok(RowRef::of(table, &id))
    }

    /// Changes a row. The body is what an update sends.
    ///
    /// # Errors
    /// As the service refuses it.
    pub fn update(&self, row: &RowRef, body: &Value) -> Result<(), Fault> {
        let body = Json::object(body.to_string().as_bytes())?;
        let work = *self.work();
        let entity = work.entity(&row.table)?;
        rows::update(&work, entity, &row.row(), &body, &Conditions::default())
    }

    /// Deletes a row.
    ///
    /// # Errors
    /// As the service refuses it.
    pub fn delete(&self, row: &RowRef) -> Result<(), Fault> {
        let entity = self.work().entity(&row.table)?;
        rows::delete(self.work(), entity, &row.row(), &Conditions::default())
    }

    /// A row as a read without `$select` shows it. `None` if it isn't there.
    ///
    /// # Errors
    /// If there is no such table.
    pub fn get(&self, row: &RowRef) -> Result<Option<Value>, Fault> {
        let entity = self.work().entity(&row.table)?;
        if Address::Id(row.row()).find(self.work(), entity)?.is_none() {
            return Ok(None);
        }
        let object = row_object(self.session, entity, &row.row())?;
        let read = serde_json::from_str(&Json::Object(object).to_string());
        read.map(Some)
            .map_err(|error| Fault::bad_payload(error.to_string()))
    }

    /// All rows of a table.
    ///
    /// # Errors
    /// If there is no such table.
    pub fn all(&self, table: &str) -> Result<Vec<RowRef>, Fault> {
        let entity = self.work().entity(table)?;
        let ids = rows::all(self.work(), entity)?;
        Ok(ids.iter().map(|id| RowRef::of(table, id)).collect())
    }
}

impl fmt::Debug for Rows<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Rows")
    }
}

/// Runs a hook, and makes an answer of its reply.
pub(super) fn run(session: &Session<'_>, hook: &Hook, invocation: &Invocation<'_>) -> Result<Done, Fault> {
    let reply = hook(invocation, &Rows { session })?;
    match reply {
        Reply::Nothing => Ok(no_content().into()),
        Reply::Value(value) => response::value(session, invocation, &value),
        Reply::Row(row) => response::row(session, &row.table, &row.row()),
        Reply::Rows { table, rows } => {
            let rows: Vec<RowId> = rows.iter().map(RowRef::row).collect();
            response::rows(session, &table, &rows)
        }
    }
}
