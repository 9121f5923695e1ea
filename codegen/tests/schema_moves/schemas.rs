//! What "dev" has, and how "prod" differs from it.

use std::path::Path;

use dataverse_codegen::schema::{ChoiceOption, ChoiceUse, Column, ColumnKind, Label, Schema, Table};
use dataverse_codegen::snapshot;

/// The example, with a column in one table that has the name of another table's.
pub fn dev() -> Schema {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated-example/snapshot");
    let mut schema = snapshot::read(&folder).unwrap().schema;
    let crew = schema.tables["rsk_vessel"].column("rsk_crew").unwrap().clone();
    let inspection = schema.tables.get_mut("rsk_inspection").unwrap();
    inspection.columns.push(crew);
    inspection.sort();
    schema
}

/// A column is gone, another has another type, a choice has one more option, a lookup a target less, a table is gone. Beside
/// these, changes of what the application doesn't use, and one that no compiler sees.
pub fn moves(schema: &mut Schema) {
    schema.tables.remove("rsk_reading");
    let vessel = schema.tables.get_mut("rsk_vessel").unwrap();
    vessel
        .collections
        .retain(|collection| collection.table != "rsk_reading");
    vessel
        .columns
        .retain(|column| !["rsk_crew", "rsk_website"].contains(&&*column.name));
    add_option(vessel, "rsk_type", 6, "Icebreaker");
    add_option(vessel, "rsk_hulltype", 7, "Foiling");
    match &mut column(vessel, "rsk_operatorid").kind {
        ColumnKind::Lookup(lookup) => lookup.targets.retain(|target| target.table != "team"),
        other => panic!("{other:?} is no lookup"),
    }
    // Longer than before, which no program notices.
    match &mut column(vessel, "rsk_code").kind {
        ColumnKind::Text { max_length, .. } => *max_length = Some(400),
        other => panic!("{other:?} is no text"),
    }
    match &mut column(vessel, "rsk_name").kind {
        ColumnKind::Text { max_length, .. } => *max_length = Some(40),
        other => panic!("{other:?} is no text"),
    }
    column(vessel, "rsk_draught").label = Label::of(1033, "Deepest draught");
    let port = schema.tables.get_mut("rsk_port").unwrap();
    column(port, "rsk_berths").kind = ColumnKind::Text {
        max_length: Some(20),
        format: None,
    };
    let added = Column {
        name: "rsk_pilotage".to_owned(),
        schema_name: Some("rsk_Pilotage".to_owned()),
        label: Label::of(1033, "Pilotage"),
        ..port.column("rsk_open").unwrap().clone()
    };
    port.columns.push(added);
    port.sort();
}

/// The places of the changes that the application doesn't notice.
pub const UNUSED: &[&str] = &[
    "action rsk_ImportReadings of collection of row of rsk_reading",
    "complex type rsk_ImportReadingsResponse",
    "rsk_port.rsk_pilotage",
    "rsk_vessel.collection rsk_vessel_reading",
    "rsk_vessel.rsk_code",
    "rsk_vessel.rsk_draught",
    "rsk_vessel.rsk_hulltype option 7",
    "rsk_vessel.rsk_website",
    "team.collection owner_rsk_reading",
    "team.collection team_rsk_reading",
];

fn column<'t>(table: &'t mut Table, name: &str) -> &'t mut Column {
    let mut columns = table.columns.iter_mut();
    columns.find(|column| column.name == name).unwrap()
}

fn add_option(table: &mut Table, name: &str, value: i32, label: &str) {
    let ColumnKind::Choice {
        choice: ChoiceUse::Local(set),
        ..
    } = &mut column(table, name).kind
    else {
        panic!("{name} has no choice of its own");
    };
    set.options.push(ChoiceOption {
        value,
        label: Label::of(1033, label),
        ..ChoiceOption::default()
    });
}
