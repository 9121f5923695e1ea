//! Who the caller is, and what the environment is.

use super::Invocation;
use super::response::{complex, number, text};
use crate::Fault;
use crate::json::Json;
use crate::rows::business_unit;
use crate::session::{Done, Session};
use crate::store::quoted;

/// The build that the emulator's behaviour is of.
const VERSION: &str = "9.2.24053.166";

pub(super) fn who_am_i(session: &Session<'_>, _: &Invocation<'_>) -> Result<Done, Fault> {
    let work = &session.work;
    let members = vec![
        (
            "BusinessUnitId",
            text(business_unit(work, "systemuser", work.user)?),
        ),
        ("UserId", text(work.user)),
        ("OrganizationId", text(work.organization.id)),
    ];
    Ok(complex(session, "WhoAmIResponse", members))
}

pub(super) fn version(session: &Session<'_>, _: &Invocation<'_>) -> Result<Done, Fault> {
    Ok(complex(
        session,
        "RetrieveVersionResponse",
        vec![("Version", text(VERSION))],
    ))
}

/// The count is exact here; the service's may be a day old.
pub(super) fn total_record_count(session: &Session<'_>, invocation: &Invocation<'_>) -> Result<Done, Fault> {
    let names: Vec<String> = invocation.parameter("EntityNames")?;
    let mut counts = Vec::with_capacity(names.len());
    for name in &names {
        let entity = session.live.model.entity(name).ok_or_else(|| {
            Fault::new(
                http::StatusCode::BAD_REQUEST,
                0x8004_1102,
                format!("The entity with a name = '{name}' was not found in the MetadataCache."),
            )
        })?;
        let sql = format!("SELECT count(*) FROM {}", quoted(entity.name()));
        let count: i64 = session.work.connection.query_row(&sql, [], |row| row.get(0))?;
        counts.push(number(count));
    }
    let collection = vec![
        ("Count".to_owned(), number(names.len())),
        ("IsReadOnly".to_owned(), Json::Bool(false)),
        (
            "Keys".to_owned(),
            Json::Array(names.into_iter().map(Json::Text).collect()),
        ),
        ("Values".to_owned(), Json::Array(counts)),
    ];
    let members = vec![("EntityRecordCountCollection", Json::Object(collection))];
    Ok(complex(session, "RetrieveTotalRecordCountResponse", members))
}

pub(super) fn current_organization(
    session: &Session<'_>,
    invocation: &Invocation<'_>,
) -> Result<Done, Fault> {
    let access = invocation.text("AccessType")?;
    if !["Default", "Internet", "Intranet"].contains(&access) {
        return Err(Fault::bad_query(format!(
            "'{}' is no member of the enumeration 'Microsoft.Dynamics.CRM.EndpointAccessType'.",
            access.chars().take(100).collect::<String>()
        )));
    }
    let organization = session.work.organization;
    let origin = session.call.root.split("/api/").next().unwrap_or_default();
    let endpoints = vec![
        ("Count".to_owned(), number(2)),
        ("IsReadOnly".to_owned(), Json::Bool(false)),
        (
            "Keys".to_owned(),
            Json::Array(vec![text("WebApplication"), text("OrganizationDataService")]),
        ),
        (
            "Values".to_owned(),
            Json::Array(vec![text(format!("{origin}/")), text(&session.call.root)]),
        ),
    ];
    let detail = vec![
        ("OrganizationId".to_owned(), text(organization.id)),
        ("FriendlyName".to_owned(), text(&organization.name)),
        ("OrganizationVersion".to_owned(), text(VERSION)),
        ("EnvironmentId".to_owned(), text(organization.id)),
        ("Geo".to_owned(), Json::Null),
        ("TenantId".to_owned(), text(&organization.tenant)),
        ("UrlName".to_owned(), text(organization.name.to_lowercase())),
        ("UniqueName".to_owned(), text(organization.name.to_lowercase())),
        ("State".to_owned(), text("Enabled")),
        ("Endpoints".to_owned(), Json::Object(endpoints)),
    ];
    let members = vec![("Detail", Json::Object(detail))];
    Ok(complex(session, "RetrieveCurrentOrganizationResponse", members))
}
