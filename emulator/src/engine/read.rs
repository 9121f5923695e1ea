//! Reads of rows: what they ask is the query's to answer.

use super::route::has_key;
use super::write::is_file;
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
    if let [Segment::Name(file), ..] = tail
        && is_file(entity, &file.name)
    {
        return Err(Fault::unsupported(&format!(
            "downloads of files and images (column '{}')",
            file.name
        )));
    }
    let id = session.address(entity, name)?.existing(&session.work, entity)?;
    Ok(query::row(&context, entity, key(&id), tail, session.options())?.into())
}
