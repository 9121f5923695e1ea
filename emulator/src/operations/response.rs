//! What operations answer, in the service's shape.

use super::Invocation;
use crate::Fault;
use crate::json::{Json, Object};
use crate::rows::RowId;
use crate::session::{Done, Session, json, row_object};
use http::StatusCode;
use serde_json::Value;

/// The members of a complex type: `WhoAmIResponse` and its like.
pub(super) fn complex(session: &Session<'_>, of: &str, members: Vec<(&str, Json)>) -> Done {
    let context = format!("{}$metadata#Microsoft.Dynamics.CRM.{of}", session.call.root);
    let mut body: Object = vec![("@odata.context".to_owned(), Json::Text(context))];
    body.extend(members.into_iter().map(|(name, value)| (name.to_owned(), value)));
    json(StatusCode::OK, &Json::Object(body)).into()
}

/// What a hook answers: an object's members, or one value.
pub(super) fn value(
    session: &Session<'_>,
    invocation: &Invocation<'_>,
    value: &Value,
) -> Result<Done, Fault> {
    let read = Json::read(value.to_string().as_bytes())?;
    let members: Object = match read {
        Json::Object(members) => members,
        single => vec![("value".to_owned(), single)],
    };
    let members = members
        .iter()
        .map(|(name, value)| (name.as_str(), value.clone()))
        .collect();
    let of = format!("{}Response", invocation.name());
    Ok(complex(session, &of, members))
}

/// A row.
pub(super) fn row(session: &Session<'_>, table: &str, id: &RowId) -> Result<Done, Fault> {
    let entity = session.work.entity(table)?;
    let mut answer = crate::session::row(session, entity, id, session.options())?;
    answer.headers.remove("etag");
    Ok(answer.into())
}

/// Rows of one table.
pub(super) fn rows(session: &Session<'_>, table: &str, ids: &[RowId]) -> Result<Done, Fault> {
    let entity = session.work.entity(table)?;
    let set = entity.table().entity_set.as_deref().unwrap_or(table);
    let rows = ids
        .iter()
        .map(|id| row_object(session, entity, id).map(Json::Object));
    let rows = rows.collect::<Result<Vec<_>, Fault>>()?;
    let context = format!("{}$metadata#{set}", session.call.root);
    let body = vec![
        ("@odata.context".to_owned(), Json::Text(context)),
        ("value".to_owned(), Json::Array(rows)),
    ];
    Ok(json(StatusCode::OK, &Json::Object(body)).into())
}

/// A text.
pub(super) fn text(value: impl ToString) -> Json {
    Json::Text(value.to_string())
}

/// A number.
pub(super) fn number(value: impl ToString) -> Json {
    Json::Number(value.to_string())
}
