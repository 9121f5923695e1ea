//! Reads of rows: what they ask is the query's to answer.

use super::file;
use super::route::has_key;
use crate::Fault;
use crate::model::Entity;
use crate::odata::Segment;
use crate::query;
use crate::session::{Done, Session, context, key};

/// Answers a GET of a path that begins with an entity set.
pub(super) fn rows(session: &Session<'_>, entity: &Entity) -> Result<Done, Fault> {
    let [Segment::Name(name), tail @ ..] = session.segments() else {
        return Err(session.wrong_method());
    };
    let context = context(session, session.call);
    if !has_key(name.parentheses.as_ref()) {
        return Ok(query::collection(&context, entity, tail, session.options())?.into());
    }
    let id = session.address(entity, name)?.existing(&session.work, entity)?;
    if let [Segment::Name(column)] | [Segment::Name(column), Segment::Value] = tail
        && file::is_file(entity, &column.name)
    {
        return file::download(session, entity, id, &column.name, tail.len() > 1);
    }
    Ok(query::row(&context, entity, key(&id), tail, session.options())?.into())
}
