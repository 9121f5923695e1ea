//! What the answers to messages say.

use super::target::ids;
use crate::message::Response;
use crate::operation::ObjectReader;
use crate::pending::{Content, Draft};
use crate::{DecodeError, Error, Id, Table, Uuid};

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
    let ids: Option<Vec<Uuid>> =
        ObjectReader::answer(response, "the ids of the new rows as JSON")?.field("Ids")?;
    ids.ok_or_else(|| {
        DecodeError::missing("the ids of the new rows")
            .inside("Ids")
            .into()
    })
}
