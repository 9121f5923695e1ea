//! A schema that changes while the emulator runs.

use crate::support::rows::{noon, schema, serve};
use dataverse_codegen::schema::ColumnKind;
use dataverse_emulator::Environment;
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn rows_keep_the_columns_that_stay() {
    let served =
        serve(json!({"rsk_ports": [{"rsk_name": "Bergen", "rsk_unlocode": "NOBGO", "rsk_berths": 7}]})).await;
    let path = "rsk_ports(rsk_unlocode='NOBGO')";
    let mut changed = schema();
    let port = changed.tables.get_mut("rsk_port").unwrap();
    port.columns.retain(|column| column.name != "rsk_berths");
    let mut copy = port.column("rsk_phone").unwrap().clone();
    copy.name = "rsk_fax".to_owned();
    port.columns.push(copy);
    let column = port
        .columns
        .iter_mut()
        .find(|column| column.name == "rsk_country")
        .unwrap();
    column.kind = ColumnKind::BigInteger { min: None, max: None };
    port.sort();
    changed.tables.remove("rsk_portcall");
    served.environment.replace(changed).unwrap();
    let row = served.get(path).await;
    assert_eq!(
        (&row["rsk_name"], row.get("rsk_berths")),
        (&json!("Bergen"), None)
    );
    assert_eq!(row["rsk_fax"], Value::Null);
    served
        .patch(path, &json!({"rsk_fax": "555", "rsk_country": 47}))
        .await
        .is_done();
    assert_eq!(served.get(path).await["rsk_fax"], "555");
    served
        .patch(path, &json!({"rsk_berths": 5}))
        .await
        .is_refused(400, "0x80048d19");
    served
        .send(Method::GET, "rsk_portcalls", &[], None)
        .await
        .is_refused(404, "0x8006088a");
    served.environment.replace(schema()).unwrap();
    let row = served.get(path).await;
    assert_eq!(
        (&row["rsk_berths"], &row["rsk_country"]),
        (&Value::Null, &Value::Null)
    );
}

#[tokio::test]
async fn a_key_that_rows_break_changes_nothing() {
    let served = serve(json!({"rsk_vessels": [{"rsk_code": "A"}, {"rsk_code": "a"}]})).await;
    let mut changed = schema();
    let vessel = changed.tables.get_mut("rsk_vessel").unwrap();
    vessel.keys.iter_mut().for_each(|key| key.index_status = None);
    let error = served.environment.replace(changed.clone()).unwrap_err();
    assert!(error.to_string().contains("`rsk_code_key`"), "{error}");
    served
        .send(Method::GET, "rsk_vessels(rsk_code='A')", &[], None)
        .await
        .is_refused(400, "0x80060890");
    served.environment.reset().unwrap();
    served.environment.replace(changed).unwrap();
    served.create("rsk_vessels", &json!({"rsk_code": "A"})).await;
    served
        .post("rsk_vessels", &json!({"rsk_code": "a"}))
        .await
        .is_refused(412, "0x80060892");
    served.get("rsk_vessels(rsk_code='a')").await;
}

#[test]
fn a_file_opened_with_another_schema_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rows.db");
    let open = |schema| {
        Environment::builder(schema)
            .file(&file)
            .clock(noon())
            .open()
            .unwrap()
    };
    let seed = r#"{"rsk_ports": [{"rsk_name": "Bergen", "rsk_unlocode": "NOBGO", "rsk_berths": 7}], "rsk_categories": [{"rsk_name": "A"}]}"#;
    let whole = open(schema());
    whole.seed(seed).unwrap();
    let state = whole.state().unwrap();
    assert!(!whole.is_fresh().unwrap());
    drop(whole);
    let mut less = schema();
    less.tables.remove("rsk_category");
    let port = less.tables.get_mut("rsk_port").unwrap();
    port.columns.retain(|column| column.name != "rsk_berths");
    port.keys.clear();
    let smaller = open(less);
    smaller
        .seed(r#"{"rsk_ports": [{"rsk_name": "Oslo", "rsk_unlocode": "NOOSL"}]}"#)
        .unwrap();
    drop(smaller);
    let whole = open(schema());
    let kept = whole.state().unwrap().to_json();
    assert!(kept.contains("\"rsk_berths\":7") && kept.contains("\"rsk_category\"") && kept.contains("Oslo"));
    whole.restore(&state).unwrap();
    assert_eq!(whole.state().unwrap(), state);
}

#[tokio::test]
async fn what_changed_since_another_layout_is_not_known() {
    let served = serve(json!({})).await;
    let tracked = [("Prefer", "odata.track-changes")];
    let link = async |set: &str| {
        let answer = served.send(Method::GET, set, &tracked, None).await.json();
        let link = answer["@odata.deltaLink"].as_str().unwrap();
        link.strip_prefix(&served.running.api()).unwrap().to_owned()
    };
    let (vessels, ports) = (
        link("rsk_vessels?$select=rsk_name").await,
        link("rsk_ports").await,
    );
    served.environment.replace(schema()).unwrap();
    served.get(&vessels).await;
    let mut changed = schema();
    let vessel = changed.tables.get_mut("rsk_vessel").unwrap();
    vessel.columns.retain(|column| column.name != "rsk_crew");
    served.environment.replace(changed).unwrap();
    let refused = served.send(Method::GET, &vessels, &[], None).await;
    refused.is_refused(400, "0x80044352");
    let count = vessels.replace("?$select=rsk_name&", "/$count?");
    let refused = served.send(Method::GET, &count, &[], None).await;
    refused.is_refused(400, "0x80044352");
    served.get(&ports).await;
    let again = link("rsk_vessels?$select=rsk_name").await;
    assert_eq!(served.get(&again).await["value"], json!([]));
}
