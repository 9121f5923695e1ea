//! State and status: which go together, and which may follow which.

use super::draft::Draft;
use super::{Record, Work};
use crate::Fault;
use crate::model::Entity;
use crate::store::{Cell, choice_set};
use dataverse_codegen::schema::{ChoiceOption, ChoiceSet, ColumnKind};
use http::StatusCode;

const STATE: &str = "statecode";
const STATUS: &str = "statuscode";

/// Completes the pair: a state alone picks its default status, a status alone implies its state.
pub(super) fn settle(work: &Work<'_>, draft: &mut Draft<'_>) -> Result<(), Fault> {
    let Some((states, statuses)) = sets(work, draft.entity) else {
        // Without definitions the options aren't known: new rows are active, as those of every custom table are.
        if draft.is_new() && draft.has(STATE) && draft.has(STATUS) {
            draft.set_if_absent(STATE, || Cell::Integer(0));
            draft.set_if_absent(STATUS, || Cell::Integer(1));
        }
        return Ok(());
    };
    let given = |draft: &Draft<'_>, column: &str| match draft.cells.get(column) {
        Some(Cell::Integer(value)) => Some(*value),
        _ => None,
    };
    let (state, status) = match (given(draft, STATE), given(draft, STATUS)) {
        (Some(state), Some(status)) => (state, status),
        (None, Some(status)) => (state_of(statuses, status).unwrap_or_default(), status),
        (Some(state), None) if *draft.was(STATE) != Cell::Integer(state) => {
            (state, default_status(states, statuses, state))
        }
        (None, None) if draft.is_new() => {
            let state = states.options.first().map_or(0, |option| i64::from(option.value));
            (state, default_status(states, statuses, state))
        }
        _ => {
            // Nothing changes; null is no state to be in.
            draft.cells.remove(STATE);
            draft.cells.remove(STATUS);
            return Ok(());
        }
    };
    if state_of(statuses, status).is_some_and(|of| of != state) {
        return Err(invalid(
            draft,
            &format!("{status} is not a valid status code for state code {state}"),
        ));
    }
    check_transition(draft, statuses, status)?;
    draft.set(STATE, Cell::Integer(state));
    draft.set(STATUS, Cell::Integer(status));
    Ok(())
}

/// Whether a row may go to a state, by its name in code, and a status.
pub(crate) fn is_valid_transition(
    work: &Work<'_>,
    entity: &Entity,
    row: &Record,
    state: &str,
    status: i64,
) -> bool {
    let Some((states, statuses)) = sets(work, entity) else {
        return false;
    };
    let named = states.options.iter().find(|option| {
        let label = option.label.preferred(1033);
        option.invariant_name.as_deref().or(label) == Some(state)
    });
    let fits = named.is_some_and(|option| state_of(statuses, status) == Some(i64::from(option.value)));
    let enforced = entity.table().facts.enforces_transitions == Some(true);
    fits && match row.cells.get(STATUS) {
        Some(Cell::Integer(before)) if enforced => may_follow(statuses, *before, status),
        _ => true,
    }
}

/// The options of both columns, if the table has them and the documents tell them.
fn sets<'a>(work: &Work<'a>, entity: &'a Entity) -> Option<(&'a ChoiceSet, &'a ChoiceSet)> {
    let table = entity.table();
    let ColumnKind::State { choice: states } = &table.column(STATE)?.kind else {
        return None;
    };
    let ColumnKind::Status { choice: statuses } = &table.column(STATUS)?.kind else {
        return None;
    };
    let states = choice_set(work.model, states)?;
    let statuses = choice_set(work.model, statuses)?;
    (!states.options.is_empty() && !statuses.options.is_empty()).then_some((states, statuses))
}

fn option(set: &ChoiceSet, value: i64) -> Option<&ChoiceOption> {
    set.options.iter().find(|option| i64::from(option.value) == value)
}

fn state_of(statuses: &ChoiceSet, status: i64) -> Option<i64> {
    option(statuses, status)?.state.map(i64::from)
}

fn default_status(states: &ChoiceSet, statuses: &ChoiceSet, state: i64) -> i64 {
    let told = option(states, state).and_then(|option| option.default_status);
    let first = || {
        let mut of_state = statuses.options.iter();
        of_state.find(|option| option.state.map(i64::from) == Some(state))
    };
    told.or_else(|| first().map(|option| option.value))
        .map_or(0, i64::from)
}

/// Whether the status may follow the one that the row has.
fn may_follow(statuses: &ChoiceSet, before: i64, after: i64) -> bool {
    before == after
        || option(statuses, before)
            .is_some_and(|option| option.next.iter().any(|next| i64::from(*next) == after))
}

fn check_transition(draft: &Draft<'_>, statuses: &ChoiceSet, status: i64) -> Result<(), Fault> {
    let enforced = draft.entity.table().facts.enforces_transitions == Some(true);
    match draft.was(STATUS) {
        Cell::Integer(before) if enforced && !may_follow(statuses, *before, status) => Err(invalid(
            draft,
            &format!("The status {status} may not follow the status {before}"),
        )),
        _ => Ok(()),
    }
}

fn invalid(draft: &Draft<'_>, what: &str) -> Fault {
    Fault::new(
        StatusCode::BAD_REQUEST,
        0x8004_8408,
        format!("{what} on {}.", draft.entity.name()),
    )
}
