//! Creating rows: ids, defaults, values, binds, deep inserts, and what is refused.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use reqwest::{Method, StatusCode};
use serde_json::json;
use support::rows::{id, serve};

const ID: &str = "2b7d0000-0000-4000-8000-0000000000aa";

#[tokio::test]
async fn a_row_is_created_and_read_by_its_id() {
    let served = serve(json!({})).await;
    let reply = served
        .post("rsk_vessels", &json!({"rsk_name": "Aster  ", "rsk_vesselid": ID.to_uppercase()}))
        .await;
    reply.is_done();
    let url = format!("{}rsk_vessels({ID})", served.running.api());
    assert_eq!(reply.headers["odata-entityid"], url.as_str());
    assert_eq!(reply.headers["location"], url.as_str());
    let row = served.get(&format!("rsk_vessels({ID})")).await;
    assert_eq!(row["rsk_name"], "Aster");
    assert_eq!(row["createdon"], "2024-03-05T08:07:06Z");
    assert_eq!(row["statecode"], 0);
    assert_eq!(row["statuscode"], 1);
}
