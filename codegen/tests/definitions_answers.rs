//! Answers around the tables: global choices, solutions, deletions, and what holds no definitions.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use dataverse_codegen::definitions::{Body, RawTable, Shape, read};

const ROOT: &str = "https://rsk.example/api/data/v9.2/$metadata#";
const VESSEL_ID: &str = "5e550000-0000-0000-0000-000000000001";

fn context(fragment: &str) -> String {
    format!(r#""@odata.context":"{ROOT}{fragment}""#)
}

/// Reads a body that must be free of warnings, keeping its tables.
fn tables(json: &str) -> Body<'_, RawTable<'_>> {
    let body = read(json.as_bytes(), |table, _| table).expect(json);
    assert_eq!(body.warnings, [], "{json}");
    body
}

#[test]
fn global_choices() {
    let yes_no = r##"{"@odata.type":"#Microsoft.Dynamics.CRM.BooleanOptionSetMetadata","Name":"rsk_yesno","IsGlobal":true,
        "OptionSetType":"Boolean","TrueOption":{"Value":1,"Label":null},"FalseOption":{"Label":null}}"##;
    let state = r#"{"Name":"rsk_state","OptionSetType":"State","Options":[{"Value":0,"DefaultStatus":1,"InvariantName":"Active"}]}"#;
    let json = format!(
        r#"{{{},"value":[{yes_no},{state}]}}"#,
        context("GlobalOptionSetDefinitions")
    );
    let body = tables(&json);
    assert_eq!((body.shape, body.option_sets.len()), (Shape::OptionSets, 2));
    let set = &body.option_sets[0];
    assert_eq!(set.true_option.as_ref().map(|option| option.value), Some(1));
    assert_eq!(set.false_option.as_ref().map(|option| option.value), Some(0));
    assert_eq!(
        body.option_sets[1].options[0].invariant_name.as_deref(),
        Some("Active")
    );
    assert_eq!(tables(yes_no).option_sets[0].name.as_deref(), Some("rsk_yesno"));
}

#[test]
fn solution_membership() {
    let json = format!(
        r#"{{{},"value":[
            {{"@odata.etag":"1","objectid":"{VESSEL_ID}","componenttype":1,"solutionid":{{"uniquename":"rsk_fleet","friendlyname":"Fleet"}}}},
            {{"objectid":"b","componenttype":2,"_solutionid_value":"c",
              "_solutionid_value@OData.Community.Display.V1.FormattedValue":"Fleet"}}]}}"#,
        context("solutioncomponents(objectid,solutionid(uniquename))")
    );
    let body = tables(&json);
    assert_eq!(body.shape, Shape::SolutionComponents);
    let (first, second) = (&body.solution_components[0], &body.solution_components[1]);
    assert!(first.is_table() && !second.is_table());
    assert_eq!(
        (first.object_id.as_ref(), first.solution_unique_name.as_deref()),
        (VESSEL_ID, Some("rsk_fleet"))
    );
    assert_eq!(
        (
            second.solution_id.as_deref(),
            second.solution_display_name.as_deref()
        ),
        (Some("c"), Some("Fleet"))
    );
}

#[test]
fn deletions_of_retrieve_metadata_changes() {
    let json = r#"{"ServerVersionStamp":"12!x","DeletedMetadata":{"Count":1,"IsReadOnly":false,"Keys":["Attribute"],
        "Values":[{"Items":["a","b"]}]},"EntityMetadata":[]}"#;
    let body = tables(json);
    assert_eq!(body.server_version_stamp.as_deref(), Some("12!x"));
    assert_eq!(
        (body.deleted[0].kind.as_ref(), body.deleted[0].ids.len()),
        ("Attribute", 2)
    );
}

#[test]
fn other_answers_are_no_metadata() {
    let bodies = [
        format!(
            r#"{{{},"value":[{{"name":"Fleet"}}]}}"#,
            context("savedqueries(name)")
        ),
        format!(r#"{{{},"value":[]}}"#, context("systemforms(name,formid)")),
        format!(r#"{{{},"rsk_name":"Ada"}}"#, context("rsk_vessels/$entity")),
        r#"{"value":[{"@odata.etag":"1","name":"Fleet"}]}"#.to_owned(),
        r#"{"value":[{"formid":"1","name":"Fleet"}]}"#.to_owned(),
        r#"{"value":[]}"#.to_owned(),
    ];
    for json in &bodies {
        assert_eq!(tables(json).shape, Shape::NotMetadata, "{json}");
    }
}
