//! Reads of rows: what they ask is the query's to answer.

use super::Session;
use super::route::has_key;
use super::{Done, write};
use crate::json::{Json, Object};
use crate::model::Entity;
use crate::odata::{Options, Segment};
use crate::query::{self, Context, Key};
use crate::rows::RowId;
use crate::{Answer, Call, Fault};
use http::HeaderMap;

/// Answers a GET of a path that begins with an entity set.
pub(super) fn rows(session: &Session<'_>, entity: &Entity) -> Result<Done, Fault> {
    let [Segment::Name(name), tail @ ..] = session.segments() else {
        return Err(session.wrong_method());
    };
    let context = context(session, session.call);
    if !has_key(name.parentheses.as_ref()) {
        return Ok(query::collection(&context, entity, tail, session.options())?.into());
    }
    let id = write::address(session, entity, name)?.existing(&session.work, entity)?;
    Ok(query::row(&context, entity, key(&id), tail, session.options())?.into())
}

/// One row, as the options ask for it.
pub(crate) fn row(
    session: &Session<'_>,
    entity: &Entity,
    id: &RowId,
    options: &Options,
) -> Result<Answer, Fault> {
    query::row_after_write(&context(session, session.call), entity, key(id), options)
}

/// One row as an object with all its properties.
pub(crate) fn row_object(session: &Session<'_>, entity: &Entity, id: &RowId) -> Result<Object, Fault> {
    let call = Call {
        headers: HeaderMap::new(),
        ..session.call.clone()
    };
    let body = query::row_json(&context(session, &call), entity, key(id), &Options::default())?;
    Json::object(&body)
}

fn key(id: &RowId) -> Key<'_> {
    Key {
        id: id.id,
        partition: id.partition.as_deref(),
    }
}

fn context<'a>(session: &Session<'a>, call: &'a Call) -> Context<'a> {
    Context {
        model: session.work.model,
        connection: session.work.connection,
        call,
        now: session.work.now,
        user: session.work.user,
        settings: session.environment.query_settings(),
        metadata_version: session.live.metadata.version(),
    }
}
