//! Messages that end a row of sales or service, with an activity that says how: `WinOpportunity`, `LoseOpportunity` and
//! `CloseIncident`.
//!
//! The activity (`opportunityclose`, `incidentresolution`) is kept if the schema has its table.

use super::Invocation;
use super::invocation::row_of;
use crate::Fault;
use crate::json::{Json, Object};
use crate::model::Entity;
use crate::rows::{self, Conditions, Origin, Record, RowId, row_at};
use crate::session::{Done, Session, no_content};
use crate::store::{Cell, Moment};
use http::StatusCode;

/// One of the messages.
struct Message {
    /// The parameter that holds the activity, and the activity's table.
    parameter: &'static str,
    activity: &'static str,
    /// What it ends, and the activity's lookup that leads there.
    table: &'static str,
    lookup: &'static str,
    /// The state afterwards.
    state: i64,
}

/// Ends an opportunity as won.
pub(super) fn win(session: &Session<'_>, invocation: &Invocation<'_>) -> Result<Done, Fault> {
    close(session, invocation, &opportunity(1))
}

/// Ends an opportunity as lost.
pub(super) fn lose(session: &Session<'_>, invocation: &Invocation<'_>) -> Result<Done, Fault> {
    close(session, invocation, &opportunity(2))
}

/// Ends a case as resolved.
pub(super) fn resolve(session: &Session<'_>, invocation: &Invocation<'_>) -> Result<Done, Fault> {
    let message = Message {
        parameter: "IncidentResolution",
        activity: "incidentresolution",
        table: "incident",
        lookup: "incidentid",
        state: 1,
    };
    close(session, invocation, &message)
}

fn opportunity(state: i64) -> Message {
    Message {
        parameter: "OpportunityClose",
        activity: "opportunityclose",
        table: "opportunity",
        lookup: "opportunityid",
        state,
    }
}

fn close(session: &Session<'_>, invocation: &Invocation<'_>, message: &Message) -> Result<Done, Fault> {
    let work = &session.work;
    let Json::Object(activity) = invocation.json(message.parameter) else {
        return Err(Fault::bad_payload(format!(
            "The parameter '{}' of '{}' has to be an object.",
            message.parameter,
            invocation.name()
        )));
    };
    let (entity, row) = subject(session, message, invocation.json(message.parameter))?;
    let record = Record::get(work, entity, &row)?;
    if record.cells.get("statecode") != Some(&Cell::Integer(0)) {
        return Err(Fault::new(
            StatusCode::BAD_REQUEST,
            0x8004_8408,
            format!(
                "The {} '{}' isn't open: it can't be closed.",
                message.table, row.id
            ),
        ));
    }
    if let Some(kept) = work
        .model
        .entity(message.activity)
        .filter(|kept| !kept.is_referred())
    {
        let body: Object = activity
            .iter()
            .filter(|(name, _)| name != "@odata.type")
            .cloned()
            .collect();
        rows::create(work, kept, &body, &Origin::default())?;
    }
    let body = outcome(session, invocation, message, entity, &record)?;
    rows::update(work, entity, &row, &body, &Conditions::default())?;
    Ok(no_content().into())
}

/// The row that the activity is about.
fn subject<'a>(
    session: &Session<'a>,
    message: &Message,
    activity: &Json,
) -> Result<(&'a Entity, RowId), Fault> {
    let bound = activity
        .get(&format!("{}@odata.bind", message.lookup))
        .and_then(Json::text);
    let (entity, row) = match (bound, activity.get(message.lookup)) {
        (Some(url), _) => row_at(&session.work, url)?,
        (None, Some(value)) => row_of(&session.work, message.lookup, value, Some(message.table))?,
        (None, None) => {
            return Err(Fault::bad_payload(format!(
                "The parameter '{}' doesn't say by '{}@odata.bind' what is closed.",
                message.parameter, message.lookup
            )));
        }
    };
    if entity.name() == message.table {
        return Ok((entity, row));
    }
    Err(Fault::bad_payload(format!(
        "'{}' has to lead to a row of '{}', not of '{}'.",
        message.lookup,
        message.table,
        entity.name()
    )))
}

/// What is written to the row: its state, and of an opportunity when it ended and what it brought.
fn outcome(
    session: &Session<'_>,
    invocation: &Invocation<'_>,
    message: &Message,
    entity: &Entity,
    record: &Record,
) -> Result<Object, Fault> {
    let status: i64 = invocation.parameter("Status")?;
    let mut body: Object = vec![("statecode".to_owned(), Json::Number(message.state.to_string()))];
    // -1 is the state's default.
    if status != -1 {
        body.push(("statuscode".to_owned(), Json::Number(status.to_string())));
    }
    let activity = invocation.json(message.parameter);
    let said = |name: &str| activity.get(name).filter(|value| **value != Json::Null).cloned();
    let mut put = |name: &str, value: Option<Json>| {
        let value = value.filter(|_| entity.table().column(name).is_some());
        body.extend(value.map(|value| (name.to_owned(), value)));
    };
    if message.table == "opportunity" {
        let now = Moment::text(session.work.now);
        let day = |text: &str| Json::Text(text.chars().take(10).collect());
        let end = said("actualend");
        put(
            "actualclosedate",
            Some(day(end.as_ref().and_then(Json::text).unwrap_or(&now))),
        );
        let value = said("actualrevenue").or_else(|| match record.cells.get("estimatedvalue") {
            Some(Cell::Money(amount)) if message.state == 1 => Some(amount_of(*amount)),
            _ => None,
        });
        put("actualvalue", value);
    }
    Ok(body)
}

/// An amount that is kept in ten-thousandths.
fn amount_of(units: i64) -> Json {
    Json::Number(rust_decimal::Decimal::new(units, 4).normalize().to_string())
}
