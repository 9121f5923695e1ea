//! Reads: rows are the query's, metadata the metadata's.

use super::{Done, Session, json};
use crate::json::{Json, Object};
use crate::model::Entity;
use crate::odata::Segment;
use crate::rows::{Record, RowId};
use crate::store::Cell;
use crate::{Answer, Fault};
use http::StatusCode;

pub(super) fn rows(session: &Session<'_>, entity: &Entity) -> Result<Done, Fault> {
    match session.segments() {
        [Segment::Name(name)] if super::route::has_key(name.parentheses.as_ref()) => {
            let address = super::write::address(session, entity, name)?;
            let id = address.existing(&session.work, entity)?;
            Ok(row(session, entity, &id)?.into())
        }
        _ => Err(Fault::unsupported("queries")),
    }
}

/// One row as JSON.
pub(crate) fn row(session: &Session<'_>, entity: &Entity, id: &RowId) -> Result<Answer, Fault> {
    let record = Record::get(&session.work, entity, id)?;
    let mut body: Object = vec![(
        "@odata.etag".to_owned(),
        Json::Text(format!("W/\"{}\"", record.version)),
    )];
    for column in &entity.table().columns {
        let value = match record.cells.get(&column.name) {
            None | Some(Cell::Null) => Json::Null,
            Some(Cell::Text(text) | Cell::Plain(text)) => Json::Text(text.clone()),
            Some(Cell::Integer(number)) => Json::Number(number.to_string()),
            Some(Cell::Real(number)) => Json::Number(number.to_string()),
            Some(Cell::Money(number)) => Json::Number(rust_decimal::Decimal::new(*number, 4).to_string()),
            Some(Cell::Decimal(number)) => Json::Number(number.to_string()),
            Some(Cell::Id(id) | Cell::Lookup(id, _)) => Json::Text(id.to_string()),
        };
        body.push((column.property().into_owned(), value));
    }
    Ok(json(StatusCode::OK, &Json::Object(body)))
}

/// One row as JSON, for hooks.
pub(crate) fn row_json(
    session: &Session<'_>,
    entity: &Entity,
    id: &RowId,
) -> Result<serde_json::Value, Fault> {
    let answer = row(session, entity, id)?;
    serde_json::from_slice(&answer.body).map_err(|error| Fault::bad_payload(error.to_string()))
}
