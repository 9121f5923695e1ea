//! Rows as they are shown: the query's work.

use super::Session;
use crate::json::{Json, Object};
use crate::model::Entity;
use crate::odata::Options;
use crate::query::{self, Context, Key};
use crate::rows::RowId;
use crate::{Answer, Call, Fault};
use http::HeaderMap;

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

/// The row as queries name it.
pub(crate) fn key(id: &RowId) -> Key<'_> {
    Key {
        id: id.id,
        partition: id.partition.as_deref(),
    }
}

/// What a query of this session is asked in.
pub(crate) fn context<'a>(session: &Session<'a>, call: &'a Call) -> Context<'a> {
    Context {
        model: session.work.model,
        connection: session.work.connection,
        call,
        now: session.work.now,
        user: session.work.user,
        settings: session.queries,
        base_currency: session.work.organization.currency,
        metadata_version: session.live.metadata.version(),
    }
}
