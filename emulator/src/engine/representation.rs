//! The answers to writes: where the row is, or how it looks now.

use crate::Answer;
use crate::Fault;
use crate::model::Entity;
use crate::odata::Options;
use crate::rows::{Address, RowId, Upserted};
use crate::session::{self, Done, Session, no_content, with};
use crate::store::is_elastic;
use http::StatusCode;

/// The answer to a create.
pub(super) fn created(session: &Session<'_>, entity: &Entity, row: &RowId) -> Result<Done, Fault> {
    let answer = if session.wants_representation() {
        represented(session, entity, row, session.options(), StatusCode::CREATED)?
    } else {
        let url = session.url(entity, row);
        with(with(no_content(), "odata-entityid", &url), "location", &url)
    };
    done(session, entity, row, answer)
}

/// The answer to an update or upsert: the URL has the form in which the row was addressed.
pub(super) fn changed(
    session: &Session<'_>,
    entity: &Entity,
    address: &Address,
    upserted: &Upserted,
) -> Result<Done, Fault> {
    let answer = if session.wants_representation() {
        let status = if upserted.created {
            StatusCode::CREATED
        } else {
            StatusCode::OK
        };
        // Of an update only $select shapes what comes back (Microsoft Learn, "Update and delete table rows").
        let options = Options::parse(&session.options().raw_without("$expand"))?;
        represented(session, entity, &upserted.row, &options, status)?
    } else {
        let url = match address {
            Address::Id(_) => session.url(entity, &upserted.row),
            Address::Key(_) => {
                let path = session.call.path.split('?').next().unwrap_or_default();
                format!("{}{}", session.call.root, path.trim_start_matches('/'))
            }
        };
        with(no_content(), "odata-entityid", &url)
    };
    done(session, entity, &upserted.row, answer)
}

fn represented(
    session: &Session<'_>,
    entity: &Entity,
    row: &RowId,
    options: &Options,
    status: StatusCode,
) -> Result<Answer, Fault> {
    let mut answer = session::row(session, entity, row, options)?;
    answer.status = status;
    // The tag is in the body; only a read repeats it in a header.
    answer.headers.remove("etag");
    Ok(with(answer, "preference-applied", "return=representation"))
}

fn done(session: &Session<'_>, entity: &Entity, row: &RowId, mut answer: Answer) -> Result<Done, Fault> {
    if is_elastic(entity) {
        // What a later read shows to see this write. Nothing here is stale: any token will do.
        let token = format!("207:8#{}#7=-1", session.work.now.as_millisecond());
        answer = with(answer, "x-ms-session-token", &token);
    }
    Ok(Done {
        answer,
        row: Some((entity.name().to_owned(), row.clone())),
    })
}
