//! What the answers to messages say.

use super::target::ids;
use crate::message::Response;
use crate::operation::{ObjectReader, RawJson};
use crate::pending::{Content, Draft};
use crate::{DecodeError, Error, Id, Table, Uuid};

pub(super) fn nothing(_: &Draft, _: &Response) -> Result<(), Error> {
    Ok(())
}

/// The ids of the rows that were created, in the order of the request.
pub(super) fn created<T: Table>(draft: &Draft, response: &Response) -> Result<Vec<Id<T>>, Error> {
    let known = match &draft.content {
        Content::Targets(targets) => targets.iter().map(super::Target::id).collect(),
        _ => None,
    };
    created_ids(known, response).map(ids)
}

/// Ids that we have chosen are the rows'; others are in the answer.
pub(super) fn created_ids(known: Option<Vec<Uuid>>, response: &Response) -> Result<Vec<Uuid>, Error> {
    if let Some(known) = known {
        return Ok(known);
    }
    let body = response.text("the ids of the new rows as JSON")?;
    let ids: Option<Vec<Uuid>> = ObjectReader::parse(RawJson::new(body))?.field("Ids")?;
    ids.ok_or_else(|| {
        DecodeError::missing("the ids of the new rows")
            .inside("Ids")
            .into()
    })
}
