//! Rows to start with, and states to go back to.

use crate::support::rows::{noon, schema, serve};
use dataverse_emulator::Environment;
use reqwest::StatusCode;
use serde_json::{Value, json};

#[tokio::test]
async fn seeds_may_hold_what_the_service_writes() {
    let served = serve(json!({
        "rsk_vessel": [{"rsk_imo": "1", "createdon": "2001-02-03T04:05:06Z", "statecode": 1, "rsk_totalfees_state": 1}]
    }))
    .await;
    let row = served.get("rsk_vessels(rsk_imo='1')").await;
    assert_eq!(
        (&row["createdon"], &row["statecode"]),
        (&json!("2001-02-03T04:05:06Z"), &json!(1))
    );
    assert_eq!(
        (&row["statuscode"], &row["rsk_totalfees_state"]),
        (&json!(2), &json!(1))
    );
}

#[test]
fn a_wrong_seed_names_table_row_and_column() {
    let environment = Environment::builder(schema()).clock(noon()).open().unwrap();
    let before = environment.state().unwrap();
    for (seed, parts) in [
        ("{", vec!["can't be read"]),
        ("[]", vec!["entity set"]),
        ("{\"rsk_vessels\": {}}", vec!["`rsk_vessels`", "array"]),
        ("{\"rsk_nothings\": []}", vec!["`rsk_nothings`"]),
        (
            "{\"rsk_ports\": [{\"rsk_name\": \"a\"}, {\"rsk_berths\": \"many\"}]}",
            vec!["`rsk_ports`", "row 2", "'rsk_berths'", "many"],
        ),
        (
            "{\"rsk_ports\": [{\"rsk_brths\": 1}]}",
            vec!["row 1", "'rsk_brths'"],
        ),
        ("{\"rsk_ports\": [5]}", vec!["row 1", "object"]),
    ] {
        let error = environment.seed(seed).unwrap_err().to_string();
        for part in parts {
            assert!(error.contains(part), "{seed}: {error}");
        }
        assert_eq!(environment.state().unwrap(), before);
    }
}

#[tokio::test]
async fn a_state_is_read_and_restored() {
    let served = serve(json!({})).await;
    let at = |path: &str| format!("{}/emulator/{path}", served.running.url());
    let rows = json!({"rsk_ports": [{"rsk_name": "Bergen", "rsk_unlocode": "NOBGO", "rsk_latitude": 60.39299, "rsk_maxdraught": 11.5}]});
    let created = served.client.post(at("rows")).json(&rows).send().await.unwrap();
    assert_eq!(created.json::<Value>().await.unwrap(), json!({"created": 1}));
    let category = served
        .create("rsk_categories", &json!({"rsk_name": "Tankers"}))
        .await;
    served
        .create(
            "rsk_vessels",
            &json!({"rsk_vessel_rsk_category@odata.bind": [category], "rsk_dayrate": 5.25}),
        )
        .await;
    let state = served
        .client
        .get(at("state"))
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    served.delete("rsk_ports(rsk_unlocode='NOBGO')").await.is_done();
    served.delete(&category).await.is_done();
    let restored = served
        .client
        .put(at("state"))
        .body(state.clone())
        .send()
        .await
        .unwrap();
    assert_eq!(restored.status(), StatusCode::NO_CONTENT);
    assert_eq!(served.environment.state().unwrap().to_json(), state);
    assert_eq!(
        served.get("rsk_ports(rsk_unlocode='NOBGO')").await["rsk_latitude"],
        60.39299
    );
    let unfit = served
        .client
        .put(at("state"))
        .body("{\"tables\":{\"x\":[]}}")
        .send()
        .await
        .unwrap();
    assert_eq!(unfit.status(), StatusCode::BAD_REQUEST);
    assert_eq!(served.environment.state().unwrap().to_json(), state);
    let reset = served.client.delete(at("rows")).send().await.unwrap();
    assert_eq!(reset.status(), StatusCode::NO_CONTENT);
    assert_eq!(served.get("rsk_ports").await["value"], json!([]));
    assert!(served.get("WhoAmI").await["BusinessUnitId"].is_string());
    let bad = served
        .client
        .post(at("rows"))
        .json(&json!({"rsk_ports": [{"x": 1}]}))
        .send()
        .await
        .unwrap();
    assert_eq!(bad.status(), StatusCode::BAD_REQUEST);
    assert!(bad.text().await.unwrap().contains("table `rsk_ports`, row 1"));
}
