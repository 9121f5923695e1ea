//! Lookups set by `@odata.bind`, and rows created within rows.

use crate::support::rows::{id, serve};
use serde_json::{Value, json};

const PORT: &str = "6f1c0000-0000-4000-8000-000000000001";
const MISSING: &str = "6f1c0000-0000-4000-8000-00000000dead";

fn ports() -> Value {
    json!({"rsk_ports": [{"rsk_portid": PORT, "rsk_name": "Bergen", "rsk_unlocode": "NOBGO"}]})
}

#[tokio::test]
async fn every_form_of_a_bind_leads_to_the_row() {
    let served = serve(ports()).await;
    for url in [
        format!("/rsk_ports({PORT})"),
        format!("rsk_ports({})", PORT.to_uppercase()),
        format!("{}rsk_ports({PORT})", served.running.api()),
        format!("/api/data/v9.2/rsk_ports({PORT})"),
        format!("rsk_ports(rsk_portid={PORT})"),
        "/rsk_ports(rsk_unlocode='NOBGO')".to_owned(),
        "/rsk_ports(rsk_unlocode='nobgo')".to_owned(),
    ] {
        let path = served
            .create("rsk_vessels", &json!({"rsk_HomePortId@odata.bind": url}))
            .await;
        assert_eq!(served.get(&path).await["_rsk_homeportid_value"], PORT, "{url}");
        for clear in [
            json!({"rsk_HomePortId@odata.bind": null}),
            json!({"rsk_HomePortId": null}),
        ] {
            let body = json!({"rsk_HomePortId@odata.bind": url});
            served.patch(&path, &body).await.is_done();
            served.patch(&path, &clear).await.is_done();
            assert_eq!(served.get(&path).await["_rsk_homeportid_value"], Value::Null);
        }
    }
}

#[tokio::test]
async fn bad_binds_are_refused() {
    let served = serve(ports()).await;
    let good = format!("/rsk_ports({PORT})");
    for (body, status, code) in [
        (json!({"rsk_homeportid@odata.bind": good}), 400, "0x80048d19"),
        (
            json!({"rsk_HomePortId@odata.bind": format!("/rsk_ports({MISSING})")}),
            404,
            "0x80040217",
        ),
        (
            json!({"rsk_HomePortId@odata.bind": "/rsk_ports(rsk_unlocode='XXXXX')"}),
            404,
            "0x80060891",
        ),
        (json!({"rsk_MasterId@odata.bind": good}), 400, "0x80048d19"),
        (
            json!({"rsk_HomePortId@odata.bind": "/nothings(1)"}),
            404,
            "0x8006088a",
        ),
        (
            json!({"rsk_HomePortId@odata.bind": "/rsk_ports"}),
            400,
            "0x80060888",
        ),
        (json!({"rsk_HomePortId@odata.bind": "$1"}), 400, "0x80048d19"),
        (json!({"rsk_HomePortId@odata.bind": [good]}), 400, "0x80048d19"),
        (json!({"rsk_HomePortId@odata.bind": 5}), 400, "0x80048d19"),
        (json!({"rsk_HomePortId": "x"}), 400, "0x80048d19"),
    ] {
        let reply = served.post("rsk_vessels", &body).await;
        assert_eq!(
            reply.refusal(),
            (status, code.to_owned()),
            "{body}: {}",
            reply.text
        );
    }
    let reply = served
        .post("rsk_vessels", &json!({"rsk_homeportid@odata.bind": good}))
        .await;
    assert!(
        reply
            .text
            .contains("An undeclared property 'rsk_homeportid' which only has property annotations")
    );
}

#[tokio::test]
async fn a_polymorphic_lookup_has_one_target_at_a_time() {
    let served = serve(json!({
        "accounts": [{"accountid": PORT, "name": "Line"}],
        "contacts": [{"contactid": MISSING, "lastname": "Master"}]
    }))
    .await;
    let account = format!("/accounts({PORT})");
    let contact = format!("/contacts({MISSING})");
    let both =
        json!({"rsk_operatorid_account@odata.bind": account, "rsk_operatorid_contact@odata.bind": contact});
    served
        .post("rsk_vessels", &both)
        .await
        .is_refused(400, "0x80048d19");
    let path = served
        .create(
            "rsk_vessels",
            &json!({"rsk_operatorid_account@odata.bind": account}),
        )
        .await;
    let other =
        json!({"rsk_operatorid_contact@odata.bind": contact, "rsk_operatorid_account@odata.bind": null});
    served.patch(&path, &other).await.is_done();
    assert_eq!(served.get(&path).await["_rsk_operatorid_value"], MISSING);
    let wrong = json!({"rsk_operatorid_contact@odata.bind": account});
    served.patch(&path, &wrong).await.is_refused(400, "0x80048d19");
}

#[tokio::test]
async fn rows_are_created_within_rows_to_any_depth() {
    let served = serve(ports()).await;
    let body = json!({
        "rsk_name": "Aster",
        "rsk_HomePortId": {
            "rsk_name": "Oslo", "rsk_unlocode": "NOOSL",
            "rsk_AgentId": {"name": "Agents", "primarycontactid": {"lastname": "Berg"}}
        },
        "rsk_vessel_rsk_category": [{"rsk_name": "Tankers"}],
        "rsk_vessel_inspection": [
            {"rsk_name": "First", "rsk_PortId@odata.bind": format!("/rsk_ports({PORT})")},
            {"rsk_name": "Second"}
        ]
    });
    let path = served.create("rsk_vessels", &body).await;
    let row = served.get(&path).await;
    let port = served
        .get(&format!(
            "rsk_ports({})",
            row["_rsk_homeportid_value"].as_str().unwrap()
        ))
        .await;
    assert_eq!(port["rsk_name"], "Oslo");
    let agent = served
        .get(&format!(
            "accounts({})",
            port["_rsk_agentid_value"].as_str().unwrap()
        ))
        .await;
    let contact = agent["_primarycontactid_value"].as_str().unwrap();
    assert_eq!(
        served.get(&format!("contacts({contact})")).await["lastname"],
        "Berg"
    );
    let state: Value = serde_json::from_str(&served.environment.state().unwrap().to_json()).unwrap();
    let inspections = state["tables"]["rsk_inspection"].as_array().unwrap();
    assert_eq!(inspections.len(), 2);
    assert!(
        inspections
            .iter()
            .all(|inspection| inspection["rsk_vesselid"] == id(&path))
    );
    assert_eq!(
        state["tables"]["rsk_vessel_rsk_category"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn a_failure_within_undoes_all() {
    let served = serve(ports()).await;
    let before = served.environment.state().unwrap();
    let body = json!({
        "rsk_name": "Aster",
        "rsk_HomePortId": {"rsk_name": "Oslo", "rsk_unlocode": "NOOSL"},
        "rsk_vessel_inspection": [{"rsk_name": "First"}, {"rsk_name": "Second", "rsk_score": 1000}]
    });
    served
        .post("rsk_vessels", &body)
        .await
        .is_refused(400, "0x80044330");
    assert_eq!(served.environment.state().unwrap(), before);
}

#[tokio::test]
async fn arrays_of_binds_fill_collections() {
    let served = serve(json!({
        "rsk_categories": [{"rsk_categoryid": PORT, "rsk_name": "A"}, {"rsk_categoryid": MISSING, "rsk_name": "B"}]
    }))
    .await;
    let inspected = served.create("rsk_vessels", &json!({})).await;
    let inspection = served
        .create("rsk_inspections", &json!({"rsk_VesselId@odata.bind": inspected}))
        .await;
    let body = json!({
        "rsk_vessel_rsk_category@odata.bind": [format!("/rsk_categories({PORT})"), format!("/rsk_categories({MISSING})")],
        "rsk_vessel_inspection@odata.bind": [inspection]
    });
    let path = served.create("rsk_vessels", &body).await;
    assert_eq!(served.get(&inspection).await["_rsk_vesselid_value"], id(&path));
    let state: Value = serde_json::from_str(&served.environment.state().unwrap().to_json()).unwrap();
    assert_eq!(
        state["tables"]["rsk_vessel_rsk_category"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[tokio::test]
async fn deep_bodies_are_written_and_deeper_ones_refused() {
    let served = serve(json!({})).await;
    let nested = |depth: usize| {
        (1..depth).fold(
            json!({"rsk_name": "0"}),
            |parent, level| json!({"rsk_name": level.to_string(), "rsk_ParentId": parent}),
        )
    };
    served.create("rsk_categories", &nested(60)).await;
    let all = served.get("rsk_categories?$count=true").await;
    assert_eq!(all["@odata.count"], 60);
    served
        .post("rsk_categories", &nested(80))
        .await
        .is_refused(400, "0x80048d19");
    // A chain of any length is deleted.
    let all = all["value"].as_array().unwrap();
    let root = all.iter().find(|row| row["rsk_name"] == "0").unwrap();
    served
        .delete(&format!(
            "rsk_categories({})",
            root["rsk_categoryid"].as_str().unwrap()
        ))
        .await
        .is_done();
}
