//! Elastic tables: partitions, replacing upserts, lifetimes.

use crate::support::rows::serve;
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;

const ID: &str = "4d000000-0000-4000-8000-000000000001";

#[tokio::test]
async fn rows_are_identified_by_their_partition_too() {
    let served = serve(json!({})).await;
    for (partition, name) in [("dev-7", "a"), ("DEV-7", "b")] {
        let body = json!({"rsk_readingid": ID, "partitionid": partition, "rsk_name": name});
        let reply = served.post("rsk_readings", &body).await;
        reply.is_done();
        assert!(reply.headers.contains_key("x-ms-session-token"));
        let key = format!("rsk_readings(rsk_readingid={ID},partitionid='{partition}')");
        assert_eq!(served.path_of(&reply), key);
        served
            .post("rsk_readings", &body)
            .await
            .is_refused(412, "0x80040237");
        assert_eq!(served.get(&key).await["rsk_name"], name);
        let by_query = format!("rsk_readings({ID})?partitionId={partition}");
        assert_eq!(served.get(&by_query).await["rsk_name"], name);
    }
    let bare = format!("rsk_readings({ID})");
    served
        .send(Method::GET, &bare, &[], None)
        .await
        .is_refused(404, "0x80040217");
    served.patch(&bare, &json!({"rsk_name": "c"})).await.is_done();
    let row = served.get(&bare).await;
    assert_eq!(
        (&row["rsk_name"], &row["partitionid"]),
        (&json!("c"), &Value::Null)
    );
    let gone = served.delete(&format!("{bare}?partitionId=dev-7")).await;
    gone.is_done();
    assert!(!gone.headers.contains_key("x-ms-session-token"));
    assert_eq!(
        served.get(&format!("{bare}?partitionId=DEV-7")).await["rsk_name"],
        "b"
    );
}

#[tokio::test]
async fn an_upsert_replaces_and_an_update_merges() {
    let served = serve(json!({})).await;
    let key = format!("rsk_readings(rsk_readingid={ID},partitionid='p')");
    served
        .patch(&key, &json!({"rsk_name": "a", "rsk_value": 1.5}))
        .await
        .is_done();
    let merged = served
        .send(
            Method::PATCH,
            &key,
            &[("If-Match", "*")],
            Some(&json!({"rsk_name": "b"})),
        )
        .await;
    merged.is_done();
    assert_eq!(served.get(&key).await["rsk_value"], 1.5);
    served.patch(&key, &json!({"rsk_name": "c"})).await.is_done();
    let row = served.get(&key).await;
    assert_eq!((&row["rsk_name"], &row["rsk_value"]), (&json!("c"), &Value::Null));
    assert_eq!(row["partitionid"], "p");
    assert!(row["_ownerid_value"].is_string());
    let slash = json!({"partitionid": "a/b"});
    served
        .post("rsk_readings", &slash)
        .await
        .is_refused(400, "0x80048d19");
    let deep = json!({"rsk_VesselId": {"rsk_name": "x"}});
    served
        .post("rsk_readings", &deep)
        .await
        .is_refused(400, "0x80048d0b");
}

#[tokio::test]
async fn rows_end_when_their_time_is_over() {
    let served = serve(json!({})).await;
    let mortal = served.create("rsk_readings", &json!({"ttlinseconds": 60})).await;
    let lasting = served.create("rsk_readings", &json!({"ttlinseconds": -1})).await;
    served.running.clock().advance(Duration::from_secs(59));
    served.get(&mortal).await;
    served.running.clock().advance(Duration::from_secs(1));
    served
        .send(Method::GET, &mortal, &[], None)
        .await
        .is_refused(404, "0x80040217");
    served.get(&lasting).await;
}

#[tokio::test]
async fn rows_end_after_a_refusal_and_a_restoration_too() {
    let served = serve(json!({})).await;
    let first = served.create("rsk_readings", &json!({"ttlinseconds": 60})).await;
    let state = served.environment.state().unwrap();
    served.running.clock().advance(Duration::from_secs(61));
    // The refusal undoes what was deleted with it.
    let refused = served.post("rsk_readings", &json!({"nothing": 1})).await;
    assert_eq!(refused.status, 400);
    let gone = async |path: &str| {
        let reply = served.send(Method::GET, path, &[], None).await;
        reply.is_refused(404, "0x80040217");
    };
    gone(&first).await;
    let later = served.create("rsk_readings", &json!({"ttlinseconds": 5})).await;
    let longer = served.create("rsk_readings", &json!({"ttlinseconds": 50})).await;
    served.get(&later).await;
    served.running.clock().advance(Duration::from_secs(5));
    gone(&later).await;
    served.get(&longer).await;
    served
        .patch(&longer, &json!({"ttlinseconds": 10}))
        .await
        .is_done();
    served.running.clock().advance(Duration::from_secs(10));
    gone(&longer).await;
    served.environment.restore(&state).unwrap();
    gone(&first).await;
}

#[tokio::test]
async fn only_outer_links_lead_to_and_from_elastic_tables() {
    let served = serve(json!({})).await;
    let vessel = served.create("rsk_vessels", &json!({"rsk_name": "Aster"})).await;
    let reading = json!({"rsk_name": "r", "rsk_VesselId@odata.bind": vessel});
    served.create("rsk_readings", &reading).await;
    let from_reading = |kind: &str| {
        format!(
            "rsk_readings?fetchXml=<fetch><entity name='rsk_reading'><attribute name='rsk_name'/>\
             <link-entity name='rsk_vessel' from='rsk_vesselid' to='rsk_vesselid' link-type='{kind}' alias='v'>\
             <attribute name='rsk_name'/></link-entity></entity></fetch>"
        )
    };
    let rows = served.get(&from_reading("outer")).await;
    assert_eq!(rows["value"][0]["v.rsk_name"], "Aster");
    let to_reading = "rsk_vessels?fetchXml=<fetch><entity name='rsk_vessel'><filter>\
                      <link-entity name='rsk_reading' from='rsk_vesselid' to='rsk_vesselid' link-type='any'/>\
                      </filter></entity></fetch>";
    for url in [
        from_reading("inner"),
        from_reading("exists"),
        to_reading.to_owned(),
    ] {
        let reply = served.send(Method::GET, &url, &[], None).await;
        reply.is_refused(400, "0x80048d0b");
    }
}

#[tokio::test]
async fn the_partition_stands_in_the_query_of_reads_and_deletions_alone() {
    let served = serve(json!({})).await;
    let body = json!({"rsk_name": "r", "partitionid": "p"});
    let key = served.create("rsk_readings", &body).await;
    let id = key.split(['=', ',']).nth(1).unwrap();
    let by_query = format!("rsk_readings({id})?partitionId=p");
    assert_eq!(served.get(&by_query).await["rsk_name"], "r");
    served
        .patch(&by_query, &json!({"rsk_name": "s"}))
        .await
        .is_refused(400, "0x80060888");
    served.delete(&by_query).await.is_done();
}
