//! Change sets: calls in one transaction, which may refer to rows that earlier ones wrote.

use super::Environment;
use crate::odata::{Request, Segment};
use crate::rows::{References, RowId};
use crate::session::Live;
use crate::store::is_elastic;
use crate::{Answer, Call, Fault};
use std::sync::PoisonError;

/// The refusal of a call, and its place.
struct Refused(usize, Fault);

impl From<rusqlite::Error> for Refused {
    fn from(error: rusqlite::Error) -> Self {
        Self(0, error.into())
    }
}

/// Carries out all calls or none. Writes to elastic tables are not part of the transaction: those before the failure stay
/// (Microsoft Learn, "Elastic tables").
pub(super) fn carry_out(environment: &Environment, calls: &[Call]) -> Result<Vec<Answer>, (usize, Fault)> {
    let live = environment.live.read().unwrap_or_else(PoisonError::into_inner);
    let result = environment.transaction(|connection| run(environment, &live, connection, calls));
    result.map_err(|Refused(at, fault)| {
        keep_elastic(environment, &live, &calls[..at.min(calls.len())]);
        (at, fault)
    })
}

fn run(
    environment: &Environment,
    live: &Live,
    connection: &rusqlite::Connection,
    calls: &[Call],
) -> Result<Vec<Answer>, Refused> {
    let mut references = References::default();
    let mut answers = Vec::with_capacity(calls.len());
    for (at, call) in calls.iter().enumerate() {
        let done = resolved(live, call, &references).and_then(|(call, request)| {
            environment.carry_out(live, connection, &references, &call, &request)
        });
        let done = done.map_err(|fault| Refused(at, fault))?;
        if let (Some(id), Some((table, row))) = (&call.content_id, done.row) {
            references.insert(id, &table, row);
        }
        answers.push(done.answer);
    }
    Ok(answers)
}

/// The call with the row in the place of `$1` at the start of its path.
fn resolved(live: &Live, call: &Call, references: &References) -> Result<(Call, Request), Fault> {
    let request = Request::parse(&call.path)?;
    let Some(Segment::Reference(id)) = request.resource.segments.first() else {
        return Ok((call.clone(), request));
    };
    let (table, row) = references.get(id)?;
    let path = call.path.trim_start_matches('/');
    let rest = &path[path.find(['/', '?']).unwrap_or(path.len())..];
    let call = Call {
        path: format!("{}{rest}", key(live, table, row)),
        ..call.clone()
    };
    let request = Request::parse(&call.path)?;
    Ok((call, request))
}

fn key(live: &Live, table: &str, row: &RowId) -> String {
    let entity = live.model.entity(table);
    let set = entity
        .and_then(|entity| entity.table().entity_set.as_deref())
        .unwrap_or(table);
    match (&row.partition, entity) {
        (Some(partition), Some(entity)) => format!(
            "{set}({}={},partitionid='{}')",
            entity.primary_id(),
            row.id,
            crate::odata::encode(&partition.replace('\'', "''"))
        ),
        _ => format!("{set}({})", row.id),
    }
}

/// Carries out again what was written to elastic tables before the failure. What fails without the rest of the set leaves
/// nothing behind.
fn keep_elastic(environment: &Environment, live: &Live, calls: &[Call]) {
    for call in calls.iter().filter(|call| is_to_elastic(live, call)) {
        let references = References::default();
        let again = Request::parse(&call.path).and_then(|request| {
            environment.transaction(|connection| {
                environment.carry_out(live, connection, &references, call, &request)
            })
        });
        drop(again);
    }
}

fn is_to_elastic(live: &Live, call: &Call) -> bool {
    let set = call.path.trim_start_matches('/').split(['/', '?', '(']).next();
    live.model
        .entity_of_set(set.unwrap_or_default())
        .is_some_and(is_elastic)
}
