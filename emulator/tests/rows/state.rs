//! State and status.

use crate::support::rows::serve;
use serde_json::{Value, json};

fn pair(row: &Value) -> (i64, i64) {
    (
        row["statecode"].as_i64().unwrap(),
        row["statuscode"].as_i64().unwrap(),
    )
}

#[tokio::test]
async fn one_of_the_pair_brings_the_other() {
    let served = serve(json!({})).await;
    let path = served.create("rsk_vessels", &json!({})).await;
    for (body, after) in [
        (json!({"statecode": 1}), (1, 2)),
        (json!({"statecode": 1}), (1, 2)),
        (json!({"statuscode": 814_250_001}), (1, 814_250_001)),
        (json!({"statecode": 1}), (1, 814_250_001)),
        (json!({"statuscode": 1}), (0, 1)),
        (
            json!({"statecode": 1, "statuscode": 814_250_000}),
            (1, 814_250_000),
        ),
        (json!({"statecode": 0}), (0, 1)),
        (json!({"statecode": null, "statuscode": null}), (0, 1)),
    ] {
        served.patch(&path, &body).await.is_done();
        assert_eq!(pair(&served.get(&path).await), after, "{body}");
    }
    let created = served
        .create("rsk_vessels", &json!({"statuscode": 814_250_001}))
        .await;
    assert_eq!(pair(&served.get(&created).await), (1, 814_250_001));
}

#[tokio::test]
async fn pairs_that_dont_go_together_are_refused() {
    let served = serve(json!({})).await;
    let path = served.create("rsk_vessels", &json!({})).await;
    let apart = json!({"statecode": 0, "statuscode": 2});
    served.patch(&path, &apart).await.is_refused(400, "0x80048408");
    served
        .patch(&path, &json!({"statuscode": 77}))
        .await
        .is_refused(400, "0x8004431a");
    served
        .patch(&path, &json!({"statecode": 7}))
        .await
        .is_refused(400, "0x8004431a");
    assert_eq!(pair(&served.get(&path).await), (0, 1));
}

#[tokio::test]
async fn transitions_are_kept_where_the_table_enforces_them() {
    let served = serve(json!({})).await;
    let vessel = served.create("rsk_vessels", &json!({})).await;
    let path = served
        .create("rsk_inspections", &json!({"rsk_VesselId@odata.bind": vessel}))
        .await;
    let status = |status: i64| json!({"statuscode": status});
    served
        .patch(&path, &status(2))
        .await
        .is_refused(400, "0x80048408");
    served.patch(&path, &status(814_250_000)).await.is_done();
    served.patch(&path, &status(814_250_000)).await.is_done();
    served.patch(&path, &status(814_250_001)).await.is_done();
    assert_eq!(pair(&served.get(&path).await), (1, 814_250_001));
    served
        .patch(&path, &json!({"statecode": 0}))
        .await
        .is_refused(400, "0x80048408");
}
