//! Deleting rows, and what becomes of those that refer to them.

use crate::support::rows::{id, serve};
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn what_is_deleted_is_gone() {
    let served = serve(json!({})).await;
    let path = served.create("rsk_vessels", &json!({"rsk_name": "Aster"})).await;
    served.delete(&path).await.is_done();
    served.delete(&path).await.is_refused(404, "0x80040217");
    served
        .send(Method::GET, &path, &[], None)
        .await
        .is_refused(404, "0x80040217");
    served
        .delete("rsk_vessels(rsk_imo='1')")
        .await
        .is_refused(404, "0x80060891");
}

#[tokio::test]
async fn relationships_say_what_becomes_of_the_others() {
    let served = serve(json!({})).await;
    let port = served
        .create(
            "rsk_ports",
            &json!({"rsk_name": "Bergen", "rsk_unlocode": "NOBGO"}),
        )
        .await;
    let vessel = served
        .create("rsk_vessels", &json!({"rsk_HomePortId@odata.bind": port}))
        .await;
    let body = json!({"rsk_VesselId@odata.bind": vessel, "rsk_PortId@odata.bind": port});
    let inspection = served.create("rsk_inspections", &body).await;
    // Inspections hold their port.
    let held = served.delete(&port).await;
    held.is_refused(405, "0x80040227");
    assert!(held.text.contains("rsk_inspection"));
    assert_eq!(served.get(&vessel).await["_rsk_homeportid_value"], id(&port));
    // They go with their vessel.
    let other = served
        .create("rsk_vessels", &json!({"rsk_HomePortId@odata.bind": port}))
        .await;
    served.delete(&vessel).await.is_done();
    served
        .send(Method::GET, &inspection, &[], None)
        .await
        .is_refused(404, "0x80040217");
    // The lookup of a vessel is cleared.
    let before = served.get(&other).await["versionnumber"].as_i64();
    served.delete(&port).await.is_done();
    let row = served.get(&other).await;
    assert_eq!(row["_rsk_homeportid_value"], Value::Null);
    assert!(row["versionnumber"].as_i64() > before);
}

#[tokio::test]
async fn a_row_that_refers_to_itself_and_rows_in_a_circle_go() {
    let served = serve(json!({})).await;
    let category = served.create("rsk_categories", &json!({"rsk_name": "A"})).await;
    let child = served
        .create(
            "rsk_categories",
            &json!({"rsk_name": "B", "rsk_ParentId@odata.bind": category}),
        )
        .await;
    served
        .patch(&category, &json!({"rsk_ParentId@odata.bind": child}))
        .await
        .is_done();
    served.delete(&category).await.is_done();
    assert_eq!(served.get(&child).await["_rsk_parentid_value"], Value::Null);
}

#[tokio::test]
async fn links_go_with_their_rows() {
    let served = serve(json!({})).await;
    let category = served.create("rsk_categories", &json!({"rsk_name": "A"})).await;
    let body = json!({"rsk_vessel_rsk_category@odata.bind": [category]});
    let vessel = served.create("rsk_vessels", &body).await;
    served.delete(&vessel).await.is_done();
    let state: Value = serde_json::from_str(&served.environment.state().unwrap().to_json()).unwrap();
    assert!(state["tables"].get("rsk_vessel_rsk_category").is_none());
    assert_eq!(state["tables"]["$deleted"][0]["id"], id(&vessel));
    assert_eq!(served.get(&category).await["rsk_name"], "A");
}
