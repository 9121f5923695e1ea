//! `CreateMultiple` and its like. In a standard table all items are written or none; in an elastic table each by itself.

use super::Invocation;
use super::invocation::{Binding, table_of};
use super::response::complex;
use crate::json::{Json, Object, member};
use crate::model::Entity;
use crate::rows::{self, Address, Conditions, Origin, RowId};
use crate::server::{Preferences, error_answer};
use crate::session::{Done, Session, no_content};
use crate::store::{guid, is_elastic};
use crate::{Answer, Fault};
use bytes::Bytes;
use http::StatusCode;
use std::collections::HashSet;

/// The annotation that tells which items of an elastic table failed.
const DETAILS: &str = "Microsoft.PowerApps.CDS.ErrorDetails.Plugin.BulkApiErrorDetails";

pub(super) fn create(session: &Session<'_>, invocation: &Invocation<'_>) -> Result<Done, Fault> {
    let mut ids = Vec::new();
    let refused = each(session, invocation, |entity, item, _| {
        let row = rows::create(&session.work, entity, item, &Origin::default())?;
        ids.push(Json::Text(row.id.to_string()));
        Ok(())
    })?;
    Ok(match refused {
        Some(answer) => answer.into(),
        None => complex(session, "CreateMultipleResponse", vec![("Ids", Json::Array(ids))]),
    })
}

pub(super) fn update(session: &Session<'_>, invocation: &Invocation<'_>) -> Result<Done, Fault> {
    let mut seen = HashSet::new();
    let refused = each(session, invocation, |entity, item, at| {
        let address = identified(session, entity, item, at)?;
        let row = address.existing(&session.work, entity)?;
        once(&mut seen, row.clone(), at)?;
        rows::update(&session.work, entity, &row, item, &Conditions::default())
    })?;
    Ok(refused.unwrap_or_else(no_content).into())
}

pub(super) fn upsert(session: &Session<'_>, invocation: &Invocation<'_>) -> Result<Done, Fault> {
    let mut seen = HashSet::new();
    let refused = each(session, invocation, |entity, item, at| {
        let address = identified(session, entity, item, at)?;
        let done = rows::upsert(&session.work, entity, &address, item, &Conditions::default())?;
        once(&mut seen, done.row, at)
    })?;
    Ok(refused.unwrap_or_else(no_content).into())
}

pub(super) fn delete(session: &Session<'_>, invocation: &Invocation<'_>) -> Result<Done, Fault> {
    if !is_elastic(entity(session, invocation)?) {
        return Err(Fault::new(
            StatusCode::NOT_IMPLEMENTED,
            0x8004_8d0b,
            "DeleteMultiple has not yet been implemented.",
        ));
    }
    let refused = each(session, invocation, |entity, item, at| {
        let row = identified(session, entity, item, at)?.existing(&session.work, entity)?;
        rows::delete(&session.work, entity, &row, &Conditions::default())
    })?;
    Ok(refused.unwrap_or_else(no_content).into())
}

fn entity<'a>(session: &Session<'a>, invocation: &Invocation<'_>) -> Result<&'a Entity, Fault> {
    match invocation.binding() {
        Binding::Set(table) => session.work.entity(table),
        _ => Err(Fault::no_resource(invocation.name())),
    }
}

/// Does something with each item. Of an elastic table it goes on after a failure, and answers what failed.
fn each(
    session: &Session<'_>,
    invocation: &Invocation<'_>,
    mut work: impl FnMut(&Entity, &Object, usize) -> Result<(), Fault>,
) -> Result<Option<Answer>, Fault> {
    let entity = entity(session, invocation)?;
    let Json::Array(targets) = invocation.json("Targets") else {
        return Err(Fault::bad_payload(
            "The parameter 'Targets' has to be an array of rows.",
        ));
    };
    let mut failed: Vec<(usize, Option<String>, Fault)> = Vec::new();
    for (at, target) in targets.iter().enumerate() {
        let item = item(entity, target, at)?;
        if !is_elastic(entity) {
            work(entity, item, at)?;
            continue;
        }
        let connection = session.work.connection;
        connection.execute_batch("SAVEPOINT item")?;
        match work(entity, item, at) {
            Ok(()) => connection.execute_batch("RELEASE item")?,
            Err(fault) => {
                connection.execute_batch("ROLLBACK TO item; RELEASE item")?;
                let id = member(item, entity.primary_id()).and_then(Json::text);
                failed.push((at, id.map(str::to_owned), fault));
            }
        }
    }
    Ok((!failed.is_empty()).then(|| partly(session, &failed)))
}

/// The item as an object that says its type.
fn item<'a>(entity: &Entity, target: &'a Json, at: usize) -> Result<&'a Object, Fault> {
    let Json::Object(item) = target else {
        return Err(Fault::bad_payload(format!(
            "The item {at} of 'Targets' has to be an object."
        )));
    };
    match member(item, "@odata.type").and_then(Json::text) {
        Some(name) if table_of(name) == entity.name() => Ok(item),
        Some(name) => Err(Fault::bad_payload(format!(
            "The item {at} of 'Targets' is a '{}': all items have to be of the type 'Microsoft.Dynamics.CRM.{}'.",
            table_of(name).chars().take(100).collect::<String>(),
            entity.name()
        ))),
        None => Err(Fault::bad_payload(format!(
            "The item {at} of 'Targets' lacks '@odata.type': it is required for every item."
        ))),
    }
}

/// Which row an item means: by its primary id, or by `@odata.id`.
fn identified(session: &Session<'_>, entity: &Entity, item: &Object, at: usize) -> Result<Address, Fault> {
    if let Some(url) = member(item, "@odata.id").and_then(Json::text) {
        return rows::address_at(&session.work, entity, url);
    }
    let id = member(item, entity.primary_id())
        .and_then(Json::text)
        .and_then(guid);
    let id = id.ok_or_else(|| {
        Fault::bad_payload(format!(
            "The item {at} of 'Targets' lacks its key: '{}', or '@odata.id'.",
            entity.primary_id()
        ))
    })?;
    Ok(Address::Id(
        match member(item, "partitionid").and_then(Json::text) {
            Some(partition) if is_elastic(entity) => RowId::in_partition(id, partition),
            _ => RowId::from(id),
        },
    ))
}

fn once(seen: &mut HashSet<RowId>, row: RowId, at: usize) -> Result<(), Fault> {
    if seen.insert(row.clone()) {
        return Ok(());
    }
    Err(Fault::bad_payload(format!(
        "The item {at} of 'Targets' is the second one for the row {}.",
        row.id
    )))
}

/// The error for items of an elastic table: the others are written. Which items failed is told if the caller asks for the
/// annotation.
fn partly(session: &Session<'_>, failed: &[(usize, Option<String>, Fault)]) -> Answer {
    let fault = failed.first().map_or_else(
        || Fault::bad_payload("An item failed."),
        |(_, _, fault)| fault.clone(),
    );
    let headers = &session.call.headers;
    let mut answer = error_answer(&fault, headers);
    if Preferences::of(headers).includes(DETAILS) {
        let details = failed.iter().map(|(at, id, fault)| {
            Json::Object(vec![
                ("RequestIndex".to_owned(), Json::Number(at.to_string())),
                ("Id".to_owned(), id.clone().map_or(Json::Null, Json::Text)),
                (
                    "StatusCode".to_owned(),
                    Json::Number(fault.status.as_u16().to_string()),
                ),
            ])
        });
        let details = Json::Array(details.collect()).to_string();
        if let Ok(Json::Object(mut body)) = Json::read(&answer.body) {
            if let Some((_, Json::Object(error))) = body.first_mut() {
                error.push((format!("@{DETAILS}"), Json::Text(details)));
            }
            answer.body = Bytes::from(Json::Object(body).to_string());
        }
    }
    answer
}
