//! The environment that clients meet: the example's schema, rows to start with, and what the example's publisher would have
//! registered for its operations.

use dataverse_codegen::schema::Schema;
use dataverse_emulator::{Environment, Fault, Invocation, Reply, RowRef, Rows};
use serde_json::{Value, json};

use crate::Failure;

/// Rows that are there before a client comes.
const ROWS: &str = r##"{
    "rsk_categories": [
        {"rsk_name": "Cargo", "rsk_order": 1, "rsk_color": "#336699"},
        {"rsk_name": "Passengers", "rsk_order": 2}
    ],
    "rsk_ports": [
        {"rsk_name": "Hamburg", "rsk_unlocode": "DEHAM", "rsk_maxdraught": 15.1},
        {"rsk_name": "Wismar", "rsk_unlocode": "DEWIS", "rsk_maxdraught": 7.2}
    ]
}"##;

/// An environment in memory.
pub(super) fn environment(schema: Schema) -> Result<Environment, Failure> {
    let environment = Environment::new(schema)?;
    environment.seed(ROWS)?;
    environment.on("rsk_ScheduleInspection", schedule_inspection);
    environment.on("rsk_DockVessel", dock_vessel);
    environment.on("rsk_NextInspection", next_inspection);
    environment.on("rsk_FindBerths", find_berths);
    Ok(environment)
}

/// An action that is bound to nothing: plans an inspection of a vessel.
fn schedule_inspection(call: &Invocation<'_>, rows: &Rows<'_>) -> Result<Reply, Fault> {
    let vessel: String = call.parameter("VesselId")?;
    let on: String = call.parameter("ScheduledOn")?;
    let fee: Option<Value> = call.parameter("Fee")?;
    let topics: Option<Vec<String>> = call.parameter("Topics")?;
    let inspection = rows.create(
        "rsk_inspection",
        &json!({
            "rsk_name": topics.unwrap_or_default().join(", "),
            "rsk_scheduledon": on,
            "rsk_fee": fee,
            "rsk_VesselId@odata.bind": format!("/rsk_vessels({vessel})"),
        }),
    )?;
    Ok(Reply::Value(json!({
        "InspectionId": inspection.id.to_string(),
        "ScheduledOn": on,
        "Fee": fee,
        "Accepted": true,
        "Warnings": [],
    })))
}

/// An action that is bound to a row and answers it.
fn dock_vessel(call: &Invocation<'_>, rows: &Rows<'_>) -> Result<Reply, Fault> {
    let vessel = call
        .row()
        .ok_or_else(|| Fault::bad_payload("rsk_DockVessel is bound to a vessel."))?;
    let port = call.row_parameter("Port")?;
    let bind = format!("/rsk_ports({})", port.id);
    rows.update(&vessel, &json!({"rsk_HomePortId@odata.bind": bind}))?;
    Ok(Reply::Row(vessel))
}

/// A function that is bound to a row and answers a row of another table.
fn next_inspection(call: &Invocation<'_>, rows: &Rows<'_>) -> Result<Reply, Fault> {
    let vessel = call.row().map(|row| row.id.to_string());
    let mut next: Option<(String, RowRef)> = None;
    for inspection in rows.all("rsk_inspection")? {
        let Some(row) = rows.get(&inspection)? else {
            continue;
        };
        let text = |name: &str| row[name].as_str().map(str::to_owned);
        if text("_rsk_vesselid_value") != vessel {
            continue;
        }
        let Some(on) = text("rsk_scheduledon") else {
            continue;
        };
        if next.as_ref().is_none_or(|(before, _)| on < *before) {
            next = Some((on, inspection));
        }
    }
    Ok(next.map_or(Reply::Nothing, |(_, inspection)| Reply::Row(inspection)))
}

/// A function that is bound to a table and answers rows of it.
fn find_berths(call: &Invocation<'_>, rows: &Rows<'_>) -> Result<Reply, Fault> {
    let least: f64 = call.parameter("MinimumDraught")?;
    let mut deep = Vec::new();
    for port in rows.all("rsk_port")? {
        let row = rows.get(&port)?;
        let draught = row.and_then(|row| row["rsk_maxdraught"].as_f64());
        if draught.is_some_and(|draught| draught >= least) {
            deep.push(port);
        }
    }
    Ok(Reply::Rows {
        table: "rsk_port".to_owned(),
        rows: deep,
    })
}
