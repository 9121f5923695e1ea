//! Reads of rows: they are the query's.

use super::{Done, Session};
use crate::model::Entity;
use crate::odata::{Options, Segment};
use crate::query::{self, Context, Key, Settings};
use crate::rows::RowId;
use crate::{Answer, Fault};

pub(super) fn rows(session: &Session<'_>, entity: &Entity) -> Result<Done, Fault> {
    let settings = settings(session);
    let context = context(session, &settings);
    match session.segments() {
        [Segment::Name(name), tail @ ..] if super::route::has_key(name.parentheses.as_ref()) => {
            let address = super::write::address(session, entity, name)?;
            let id = address.existing(&session.work, entity)?;
            Ok(query::row(&context, entity, key(&id), tail, session.options())?.into())
        }
        [_, tail @ ..] => Ok(query::collection(&context, entity, tail, session.options())?.into()),
        [] => Err(session.wrong_method()),
    }
}

/// One row as JSON, as the call's options ask for it.
pub(crate) fn row(session: &Session<'_>, entity: &Entity, id: &RowId) -> Result<Answer, Fault> {
    let settings = settings(session);
    let context = context(session, &settings);
    query::row_after_write(&context, entity, key(id), session.options())
}

/// One row as JSON, for hooks: all of it.
pub(crate) fn row_json(
    session: &Session<'_>,
    entity: &Entity,
    id: &RowId,
) -> Result<serde_json::Value, Fault> {
    let settings = settings(session);
    let context = context(session, &settings);
    let object = query::row_json(&context, entity, key(id), &Options::default())?;
    serde_json::from_slice(&object).map_err(|error| Fault::bad_payload(error.to_string()))
}

fn settings(session: &Session<'_>) -> Settings {
    Settings {
        base_currency: Some(session.work.organization.currency),
        ..Settings::default()
    }
}

fn context<'a>(session: &'a Session<'_>, settings: &'a Settings) -> Context<'a> {
    Context {
        model: session.work.model,
        connection: session.work.connection,
        call: session.call,
        now: session.work.now,
        user: session.work.user,
        settings,
        metadata_version: session.live.metadata.version(),
    }
}

fn key(id: &RowId) -> Key<'_> {
    Key {
        id: id.id,
        partition: id.partition.as_deref(),
    }
}
