//! `RetrieveMetadataChanges`: queries, stamps, what changed and what went; and the messages beside it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "support/metadata.rs"]
#[allow(dead_code, reason = "each test file uses a part of it")]
mod support;

use std::path::Path;
use std::time::Duration;

use dataverse_codegen::schema::{ColumnKind, Label, Schema};
use dataverse_codegen::snapshot;
use dataverse_emulator::Fault;
use dataverse_emulator::metadata::Metadata;
use http::Method;
use serde_json::{Value, json};
use support::{ask, call, encoded, json, metadata, model, start};

fn schema() -> Schema {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../generated-example/snapshot");
    snapshot::read(Path::new(folder))
        .expect("the example's snapshot")
        .schema
}

fn query(metadata: &Metadata, query: &Value) -> Value {
    let query = encoded(&query.to_string());
    json(metadata, &format!("RetrieveMetadataChanges(Query=@q)?@q={query}"))
}

fn condition(operator: &str, property: &str, ty: &str, value: &str) -> Value {
    json!({"ConditionOperator": operator, "PropertyName": property, "Value": {"Type": ty, "Value": value}})
}

fn found(answer: &Value) -> Vec<&str> {
    let tables = answer["EntityMetadata"].as_array().expect("tables").iter();
    tables
        .map(|table| table["LogicalName"].as_str().expect("a name"))
        .collect()
}

fn since(metadata: &Metadata, stamp: &str, deleted: bool) -> Result<Value, Fault> {
    let filters = if deleted {
        "&@d=Microsoft.Dynamics.CRM.DeletedMetadataFilters%27All%27"
    } else {
        ""
    };
    let path = format!(
        "RetrieveMetadataChanges(Query=@q,ClientVersionStamp=@v,DeletedMetadataFilters=@d)?@v={}&@q={}{filters}",
        encoded(&format!("'{stamp}'")),
        encoded(
            &json!({"Properties": {"PropertyNames": ["Attributes", "Keys", "ManyToOneRelationships"]}})
                .to_string()
        )
    );
    ask(metadata, &path).map(|answer| serde_json::from_slice(&answer.body).expect("JSON"))
}

#[test]
fn what_was_not_asked_for_is_null() {
    let metadata = metadata(schema());
    let answer = query(
        &metadata,
        &json!({
            "Criteria": {"FilterOperator": "And", "Conditions": [condition("Equals", "LogicalName", "System.String", "rsk_vessel")]},
            "Properties": {"AllProperties": false, "PropertyNames": ["SchemaName", "Attributes"]},
            "AttributeQuery": {
                "Criteria": {"FilterOperator": "Or", "Conditions": [
                    condition("Equals", "LogicalName", "System.String", "statecode"),
                    condition("Equals", "LogicalName", "System.String", "rsk_homeportid"),
                ]},
                "Properties": {"AllProperties": false, "PropertyNames": ["Targets", "OptionSet"]},
            },
            "LabelQuery": {"FilterLanguages": [1031], "MissingLabelBehavior": 0},
        }),
    );
    assert_eq!(found(&answer), ["rsk_vessel"]);
    let table = &answer["EntityMetadata"][0];
    assert_eq!(table["SchemaName"], "rsk_vessel");
    assert_eq!(table["EntitySetName"], Value::Null);
    assert_eq!(table["Keys"], json!([]));
    assert!(table["MetadataId"].is_string() && table["HasChanged"].is_null());
    let columns = table["Attributes"].as_array().unwrap();
    assert_eq!(columns.len(), 2);
    let lookup = &columns[0];
    assert_eq!(
        lookup["@odata.type"],
        "#Microsoft.Dynamics.CRM.ComplexLookupAttributeMetadata"
    );
    assert_eq!(lookup["Targets"], json!(["rsk_port"]));
    assert_eq!(
        (&lookup["LogicalName"], &lookup["SchemaName"]),
        (&json!("rsk_homeportid"), &Value::Null)
    );
    let option = &columns[1]["OptionSet"]["Options"][0]["Label"];
    let languages = option["LocalizedLabels"].as_array().unwrap();
    assert!(
        languages.iter().all(|label| label["LanguageCode"] == 1031),
        "{option}"
    );
}

#[test]
fn criteria_know_all_operators_and_nest() {
    let metadata = metadata(schema());
    let find = |criteria: Value| {
        let answer = query(&metadata, &json!({"Criteria": criteria}));
        found(&answer).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let one = |operator: &str, property: &str, ty: &str, value: &str| {
        find(json!({"Conditions": [condition(operator, property, ty, value)]}))
    };
    assert_eq!(
        one("In", "LogicalName", "System.String[]", "[\"account\",\"task\"]"),
        ["account", "task"]
    );
    assert_eq!(
        one("Equals", "EntitySetName", "System.String", "rsk_ports"),
        ["rsk_port"]
    );
    assert!(one("NotIn", "LogicalName", "System.String[]", "[\"account\"]").len() > 30);
    assert!(!one("NotEquals", "IsCustomEntity", "System.Boolean", "True").contains(&"rsk_port".to_owned()));
    assert!(one("GreaterThan", "ActivityTypeMask", "System.Int32", "0").contains(&"email".to_owned()));
    assert!(one("LessThan", "ActivityTypeMask", "System.Int32", "1").contains(&"account".to_owned()));
    let nested = json!({
        "FilterOperator": "And",
        "Conditions": [condition("Equals", "IsCustomEntity", "System.Boolean", "true")],
        "Filters": [{"FilterOperator": "Or", "Conditions": [
            condition("Equals", "SchemaName", "System.String", "rsk_port"),
            condition("Equals", "SchemaName", "System.String", "Account"),
        ]}],
    });
    assert_eq!(find(nested), ["rsk_port"]);
    for bad in [
        json!({"Criteria": {"Conditions": [condition("Like", "LogicalName", "System.String", "a")]}}),
        json!({"Criteria": {"Conditions": [condition("Equals", "DisplayName", "System.String", "a")]}}),
        json!({"Criteria": {"Conditions": [condition("Equals", "Nothing", "System.String", "a")]}}),
        json!({"Criterion": {}}),
        json!([]),
    ] {
        let path = format!(
            "RetrieveMetadataChanges(Query=@q)?@q={}",
            encoded(&bad.to_string())
        );
        assert_eq!(
            ask(&metadata, &path).expect_err("refused").status.as_u16(),
            400,
            "{bad}"
        );
    }
}

#[test]
fn since_a_stamp_only_changes_are_told() {
    let first = metadata(schema());
    let stamp = first.stamp();
    assert!(stamp.ends_with("!10/09/2022 22:10:22"), "{stamp}");
    let nothing = since(&first, &stamp, true).unwrap();
    assert_eq!(nothing["EntityMetadata"], json!([]));
    assert_eq!(nothing["ServerVersionStamp"], stamp);

    let mut changed = schema();
    let vessel = changed.tables.get_mut("rsk_vessel").unwrap();
    let at = vessel
        .columns
        .iter()
        .position(|column| column.name == "rsk_name")
        .unwrap();
    vessel.columns[at].label = Label::of(1033, "Ship's name");
    let removed = vessel
        .columns
        .iter()
        .position(|column| matches!(column.kind, ColumnKind::Float { .. }))
        .unwrap();
    let removed = vessel.columns.remove(removed).name;
    changed.tables.get_mut("rsk_port").unwrap().label = Label::of(1033, "Harbour");
    let later = start() + Duration::from_secs(60);
    let second = first.replaced(model(changed.clone()), later);
    assert_eq!(second.version(), first.version() + 1);

    let told = since(&second, &stamp, true).unwrap();
    assert_eq!(found(&told), ["rsk_port", "rsk_vessel"]);
    let [port, vessel] = [0, 1].map(|at| &told["EntityMetadata"][at]);
    assert_eq!(
        (&port["HasChanged"], &port["Attributes"]),
        (&json!(true), &json!([]))
    );
    assert_eq!(vessel["HasChanged"], false);
    let columns = vessel["Attributes"].as_array().unwrap();
    assert_eq!(columns.len(), 1);
    assert_eq!(
        (&columns[0]["LogicalName"], &columns[0]["HasChanged"]),
        (&json!("rsk_name"), &json!(true))
    );
    let old = json(
        &first,
        &format!(
            "EntityDefinitions(LogicalName='rsk_vessel')/Attributes(LogicalName='{removed}')?$select=LogicalName"
        ),
    );
    let deleted = &told["DeletedMetadata"];
    assert_eq!(
        (&deleted["Count"], &deleted["Keys"]),
        (&json!(1), &json!(["Attribute"]))
    );
    assert_eq!(deleted["Values"], json!([{"Items": [old["MetadataId"]]}]));
    // Deletions are told on request only.
    assert_eq!(
        since(&second, &stamp, false).unwrap()["DeletedMetadata"]["Count"],
        0
    );

    // What comes back is changed, and no longer gone.
    let third = second.replaced(model(schema()), later);
    let told = since(&third, &stamp, true).unwrap();
    assert_eq!(told["DeletedMetadata"]["Count"], 0);
    let columns = told["EntityMetadata"][1]["Attributes"].as_array().unwrap();
    assert_eq!(columns.len(), 2);
    let between = since(&third, &second.stamp(), true).unwrap();
    assert_eq!(found(&between), ["rsk_port", "rsk_vessel"]);
}

#[test]
fn tables_come_and_go() {
    let mut without = schema();
    without.tables.remove("rsk_reading");
    let first = metadata(without);
    let second = first.replaced(model(schema()), start());
    let told = since(&second, &first.stamp(), true).unwrap();
    assert!(found(&told).contains(&"rsk_reading"));
    let mut without = schema();
    without.tables.remove("rsk_reading");
    let third = second.replaced(model(without), start());
    let told = since(&third, &second.stamp(), true).unwrap();
    let kinds = told["DeletedMetadata"]["Keys"].as_array().unwrap();
    assert!(
        kinds.contains(&json!("Entity")) && kinds.contains(&json!("Attribute")),
        "{kinds:?}"
    );
    let unknown = ask(&third, "EntityDefinitions(LogicalName='rsk_reading')").unwrap_err();
    assert_eq!(unknown.status.as_u16(), 404);
}

#[test]
fn stamps_expire_and_unknown_ones_are_refused() {
    let first = metadata(schema());
    let expired = |result: Result<Value, Fault>| result.unwrap_err().code;
    assert_eq!(expired(since(&first, "1!01/01/2020 00:00:00", true)), 0x8004_4352);
    assert_eq!(expired(since(&first, "rubbish", true)), 0x8004_4352);
    let second = first.replaced(model(schema()), start());
    let path = format!(
        "RetrieveMetadataChanges(ClientVersionStamp=@v)?@v={}",
        encoded(&format!("'{}'", first.stamp()))
    );
    let at = |days: u64| {
        let now = start() + Duration::from_secs(days * 86_400);
        second.answer(&call(Method::GET, &path), now).unwrap()
    };
    assert!(at(89).is_ok());
    assert_eq!(at(91).unwrap_err().code, 0x8004_4352);
    // Many replacements leave a bounded past.
    let last = (0..300).fold(second, |so_far, _| {
        so_far.replaced(model(Schema::default()), start())
    });
    assert_eq!(expired(since(&last, &first.stamp(), true)), 0x8004_4352);
    assert!(since(&last, &last.stamp(), true).is_ok());
}

#[test]
fn other_messages_tell_the_same() {
    let metadata = metadata(schema());
    assert_eq!(
        json(&metadata, "RetrieveTimestamp()")["Timestamp"],
        metadata.stamp()
    );
    let path = "RetrieveEntity(EntityFilters=@f,LogicalName=@n,MetadataId=@m,RetrieveAsIfPublished=@p)\
                ?@f=Microsoft.Dynamics.CRM.EntityFilters'Attributes'&@n='task'&@p=true\
                &@m=00000000-0000-0000-0000-000000000000";
    let one = json(&metadata, path);
    assert_eq!(one["EntityMetadata"]["LogicalName"], "task");
    assert!(one["EntityMetadata"]["Attributes"].as_array().unwrap().len() > 30);
    assert_eq!(one["EntityMetadata"]["ManyToOneRelationships"], json!([]));
    let all = json(
        &metadata,
        "RetrieveAllEntities(EntityFilters=@f,RetrieveAsIfPublished=true)?@f=Microsoft.Dynamics.CRM.EntityFilters'Entity'",
    );
    assert!(found(&all).len() > 33);
    assert_eq!(all["EntityMetadata"][0]["Attributes"], json!([]));
    assert_eq!(
        ask(&metadata, "RetrieveTimestamp(X=1)")
            .unwrap_err()
            .status
            .as_u16(),
        400
    );
    assert_eq!(
        ask(
            &metadata,
            "RetrieveMetadataChanges(AppModuleId=@a)?@a=6f1c0000-0000-4000-8000-000000000001"
        )
        .unwrap_err()
        .status
        .as_u16(),
        501
    );
}
