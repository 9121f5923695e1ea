//! Sharing: kept and answered. It isn't enforced: every caller may do everything here.

use super::invocation::{Binding, row_of};
use super::response::{complex, text};
use super::{Invocation, rights};
use crate::Fault;
use crate::json::Json;
use crate::rows::{Record, RowId};
use crate::session::{Done, Session, no_content};
use crate::store::Cell;
use rusqlite::OptionalExtension;

/// Adds rights to those that the principal has.
pub(super) fn grant(session: &Session<'_>, invocation: &Invocation<'_>) -> Result<Done, Fault> {
    share(session, invocation, "mask | excluded.mask")
}

/// Replaces the rights that the principal has.
pub(super) fn modify(session: &Session<'_>, invocation: &Invocation<'_>) -> Result<Done, Fault> {
    share(session, invocation, "excluded.mask")
}

fn share(session: &Session<'_>, invocation: &Invocation<'_>, mask: &str) -> Result<Done, Fault> {
    let (entity, row) = invocation.referred("Target")?;
    let access = invocation.json("PrincipalAccess");
    let principal = access.get("Principal").unwrap_or(&Json::Null);
    let (of, principal) = row_of(&session.work, "Principal", principal, None)?;
    check_principal(of.name())?;
    let wanted = rights::read(access.get("AccessMask").and_then(Json::text).unwrap_or_default())?;
    let sql = format!(
        "INSERT INTO \"$access\" (\"table\", id, principal, principaltable, mask) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (\"table\", id, principal) DO UPDATE SET mask = {mask}"
    );
    session.work.connection.prepare_cached(&sql)?.execute((
        entity.name(),
        row.id.to_string(),
        principal.id.to_string(),
        of.name(),
        wanted,
    ))?;
    Ok(no_content().into())
}

pub(super) fn revoke(session: &Session<'_>, invocation: &Invocation<'_>) -> Result<Done, Fault> {
    let (entity, row) = invocation.referred("Target")?;
    let (of, principal) = invocation.referred("Revokee")?;
    check_principal(of.name())?;
    session
        .work
        .connection
        .prepare_cached("DELETE FROM \"$access\" WHERE \"table\" = ?1 AND id = ?2 AND principal = ?3")?
        .execute((entity.name(), row.id.to_string(), principal.id.to_string()))?;
    Ok(no_content().into())
}

fn check_principal(table: &str) -> Result<(), Fault> {
    if matches!(table, "systemuser" | "team") {
        return Ok(());
    }
    Err(Fault::bad_payload(format!(
        "Rows are shared with users and teams, not with rows of '{table}'."
    )))
}

/// What a principal may do with a row: all, if it owns the row or is one of the administrators that the environment began
/// with; else what was shared.
pub(super) fn retrieve(session: &Session<'_>, invocation: &Invocation<'_>) -> Result<Done, Fault> {
    let Binding::Row(table, principal) = invocation.binding() else {
        return Err(Fault::no_resource(invocation.name()));
    };
    check_principal(table)?;
    let (entity, row) = invocation.referred("Target")?;
    let record = Record::get(&session.work, entity, &row)?;
    let owns = matches!(record.cells.get("ownerid"), Some(Cell::Lookup(id, _)) if *id == principal.id);
    let users = &session.work.organization.users;
    let mask = if owns || users.iter().any(|user| user.id == principal.id) {
        rights::all()
    } else {
        shared(session, entity.name(), &row, principal)?
    };
    let members = vec![("AccessRights", text(rights::names(mask)))];
    Ok(complex(session, "RetrievePrincipalAccessResponse", members))
}

fn shared(session: &Session<'_>, table: &str, row: &RowId, principal: &RowId) -> Result<i64, Fault> {
    let mask: Option<i64> = session
        .work
        .connection
        .prepare_cached("SELECT mask FROM \"$access\" WHERE \"table\" = ?1 AND id = ?2 AND principal = ?3")?
        .query_row((table, row.id.to_string(), principal.id.to_string()), |row| {
            row.get(0)
        })
        .optional()?;
    Ok(mask.unwrap_or_default())
}
