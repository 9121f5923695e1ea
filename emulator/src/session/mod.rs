//! One call, while it is carried out: what it works on, and what its answer is made of.

mod answers;
mod live;
mod shown;

pub(crate) use answers::{json, no_content, with};
pub(crate) use live::Live;
pub(crate) use shown::{context, key, row, row_object};

use crate::model::Entity;
use crate::odata::{Name, Options, Request, Segment};
use crate::query;
use crate::rows::{Address, RowId, Work};
use crate::server::Preferences;
use crate::store::is_elastic;
use crate::{Answer, Call, Fault};
use http::Method;

/// A call with all that is needed to carry it out.
pub(crate) struct Session<'a> {
    pub(crate) live: &'a Live,
    pub(crate) queries: &'a query::Settings,
    pub(crate) work: Work<'a>,
    pub(crate) call: &'a Call,
    pub(crate) request: &'a Request,
}

/// A call that was carried out.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) answer: Answer,
    /// The row that it wrote: what `$1` stands for.
    pub(crate) row: Option<(String, RowId)>,
}

impl From<Answer> for Done {
    fn from(answer: Answer) -> Self {
        Self { answer, row: None }
    }
}

impl<'a> Session<'a> {
    pub(crate) fn options(&self) -> &'a Options {
        &self.request.options
    }

    pub(crate) fn segments(&self) -> &'a [Segment] {
        &self.request.resource.segments
    }

    /// Whether the caller wants to see what was written.
    pub(crate) fn wants_representation(&self) -> bool {
        Preferences::of(&self.call.headers).value("return") == Some("representation")
    }

    /// The address of the row that an entity set of the path names.
    pub(crate) fn address(&self, entity: &Entity, name: &Name) -> Result<Address, Fault> {
        let options = self.options();
        let partition = options.get("partitionId");
        let takes_partition = matches!(self.call.method, Method::GET | Method::DELETE);
        if partition.is_some() && is_elastic(entity) && !takes_partition {
            // Microsoft Learn, "Use elastic tables".
            return Err(Fault::bad_query(format!(
                "The query option 'partitionId' is for GET and DELETE: name the row by its key, {}({}=...,partitionid='...').",
                entity.table().entity_set.as_deref().unwrap_or(entity.name()),
                entity.primary_id()
            )));
        }
        let address = Address::read(&self.work, entity, name, &options.aliases, partition)?;
        address.check_characters(entity)?;
        Ok(address)
    }

    /// The URL of a row by its id.
    pub(crate) fn url(&self, entity: &Entity, row: &RowId) -> String {
        let table = entity.table();
        let set = table.entity_set.as_deref().unwrap_or(entity.name());
        match &row.partition {
            Some(partition) => format!(
                "{}{set}({}={},partitionid='{}')",
                self.call.root,
                entity.primary_id(),
                row.id,
                crate::odata::encode(&partition.replace('\'', "''"))
            ),
            None => format!("{}{set}({})", self.call.root, row.id),
        }
    }

    /// 405: nobody does that here.
    pub(crate) fn wrong_method(&self) -> Fault {
        Fault::new(
            http::StatusCode::METHOD_NOT_ALLOWED,
            0x8006_088a,
            format!(
                "The requested resource does not support http method '{}'.",
                self.call.method
            ),
        )
    }
}
