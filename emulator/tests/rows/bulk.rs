//! `CreateMultiple` and its like.

use crate::support::rows::{id, serve};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const VESSELS: &str = "rsk_vessels/Microsoft.Dynamics.CRM.";
const READINGS: &str = "rsk_readings/Microsoft.Dynamics.CRM.";
const VESSEL: &str = "Microsoft.Dynamics.CRM.rsk_vessel";
const READING: &str = "Microsoft.Dynamics.CRM.rsk_reading";

#[tokio::test]
async fn all_items_of_a_standard_table_or_none() {
    let served = serve(json!({})).await;
    let create = format!("{VESSELS}CreateMultiple");
    let targets = json!({"Targets": [{"@odata.type": VESSEL, "rsk_name": "A"}, {"@odata.type": VESSEL, "rsk_imo": "1"}]});
    let reply = served.post(&create, &targets).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    let ids = reply.json()["Ids"].as_array().unwrap().clone();
    assert!(
        reply.json()["@odata.context"]
            .as_str()
            .unwrap()
            .ends_with("#Microsoft.Dynamics.CRM.CreateMultipleResponse")
    );
    let first = format!("rsk_vessels({})", ids[0].as_str().unwrap());
    assert_eq!(served.get(&first).await["rsk_name"], "A");
    let before = served.environment.state().unwrap();
    for (targets, status, code) in [
        (
            json!([{"@odata.type": VESSEL, "rsk_name": "B"}, {"@odata.type": VESSEL, "rsk_imo": "1"}]),
            412,
            "0x80060892",
        ),
        (json!([{"rsk_name": "B"}]), 400, "0x80048d19"),
        (json!([{"@odata.type": READING}]), 400, "0x80048d19"),
        (json!("x"), 400, "0x80048d19"),
    ] {
        served
            .post(&create, &json!({"Targets": targets}))
            .await
            .is_refused(status, code);
        assert_eq!(served.environment.state().unwrap(), before);
    }
    let update = |name: &str| json!({"@odata.type": VESSEL, "rsk_vesselid": ids[0], "rsk_name": name});
    let twice = json!({"Targets": [update("C"), update("D")]});
    served
        .post(&format!("{VESSELS}UpdateMultiple"), &twice)
        .await
        .is_refused(400, "0x80048d19");
    let once = json!({"Targets": [update("C"), {"@odata.type": VESSEL, "@odata.id": "rsk_vessels(rsk_imo='1')", "rsk_name": "E"}]});
    served
        .post(&format!("{VESSELS}UpdateMultiple"), &once)
        .await
        .is_done();
    assert_eq!(served.get(&first).await["rsk_name"], "C");
    assert_eq!(served.get("rsk_vessels(rsk_imo='1')").await["rsk_name"], "E");
    let missing =
        json!({"Targets": [{"@odata.type": VESSEL, "rsk_vesselid": "2b7d0000-0000-4000-8000-00000000dead"}]});
    served
        .post(&format!("{VESSELS}UpdateMultiple"), &missing)
        .await
        .is_refused(404, "0x80040217");
    served
        .post(&format!("{VESSELS}UpsertMultiple"), &missing)
        .await
        .is_done();
    let by_key = json!({"Targets": [{"@odata.type": VESSEL, "@odata.id": "rsk_vessels(rsk_imo='2')", "rsk_name": "F"}]});
    served
        .post(&format!("{VESSELS}UpsertMultiple"), &by_key)
        .await
        .is_done();
    assert_eq!(served.get("rsk_vessels(rsk_imo='2')").await["rsk_name"], "F");
    let delete = served.post(&format!("{VESSELS}DeleteMultiple"), &missing).await;
    assert!(
        delete
            .text
            .contains("DeleteMultiple has not yet been implemented.")
    );
}

#[tokio::test]
async fn items_of_an_elastic_table_each_by_itself() {
    let served = serve(json!({})).await;
    let taken = served.create("rsk_readings", &json!({"rsk_name": "a"})).await;
    let targets = json!({"Targets": [
        {"@odata.type": READING, "rsk_name": "b"},
        {"@odata.type": READING, "rsk_readingid": id(&taken)},
        {"@odata.type": READING, "rsk_name": "c"}
    ]});
    let prefer = [("Prefer", "odata.include-annotations=\"*\"")];
    let path = format!("{READINGS}CreateMultiple");
    let reply = served.send(Method::POST, &path, &prefer, Some(&targets)).await;
    reply.is_refused(412, "0x80040237");
    let body = reply.json();
    let details = body["error"]["@Microsoft.PowerApps.CDS.ErrorDetails.Plugin.BulkApiErrorDetails"]
        .as_str()
        .unwrap();
    let details: Value = serde_json::from_str(details).unwrap();
    assert_eq!(
        details,
        json!([{"RequestIndex": 1, "Id": id(&taken), "StatusCode": 412}])
    );
    assert_eq!(
        served.get("rsk_readings").await["value"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
    let gone = json!({"Targets": [{"@odata.type": READING, "rsk_readingid": id(&taken)}]});
    served
        .post(&format!("{READINGS}DeleteMultiple"), &gone)
        .await
        .is_done();
    assert_eq!(
        served.get("rsk_readings").await["value"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    let key = format!("rsk_readings(rsk_readingid={},partitionid='p')", id(&taken));
    let upsert = json!({"Targets": [{"@odata.type": READING, "@odata.id": key, "rsk_name": "d"}]});
    served
        .post(&format!("{READINGS}UpsertMultiple"), &upsert)
        .await
        .is_done();
    assert_eq!(served.get(&key).await["rsk_name"], "d");
}
