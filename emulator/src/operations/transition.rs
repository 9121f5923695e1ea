//! `IsValidStateTransition`.

use super::Invocation;
use super::response::complex;
use crate::Fault;
use crate::json::Json;
use crate::rows::{Record, is_valid_transition};
use crate::session::{Done, Session};

/// Whether a row may go to a state, by its name in code, and a status.
pub(super) fn is_valid(session: &Session<'_>, invocation: &Invocation<'_>) -> Result<Done, Fault> {
    let (entity, row) = invocation.referred("Entity")?;
    let record = Record::get(&session.work, entity, &row)?;
    let state = invocation.text("NewState")?;
    let status: i64 = invocation.parameter("NewStatus")?;
    let valid = is_valid_transition(&session.work, entity, &record, state, status);
    let members = vec![("IsValid", Json::Bool(valid))];
    Ok(complex(session, "IsValidStateTransitionResponse", members))
}
