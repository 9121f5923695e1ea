//! Whatever is logged, by any crate and at any level, holds no secret. Alone in its file: what other tests log would be mixed in.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod log;
mod protected;

use dataverse_runtime::Client;
use dataverse_runtime::client::credential::ClientSecret;
use dataverse_runtime::message::{Origin, Request};
use reqwest::Method;
use serde_json::json;
use wiremock::ResponseTemplate;

fn get(path: &str) -> Request {
    let origin = Origin {
        operation: "query",
        table: Some("account"),
    };
    Request::new(Method::GET, path, origin)
}

#[tokio::test]
async fn no_secret_is_in_any_log_and_the_spans_say_what_was_done() {
    let (log, _guard) = log::everything();
    let issued =
        json!({"access_token": "the.access.token", "expires_in": 3599, "refresh_token": "the-refresh"});
    let server = protected::environment(ResponseTemplate::new(200).set_body_json(issued)).await;
    let client = Client::builder(&server.uri())
        .credential(ClientSecret::new("app", "swordfish"))
        .build()
        .unwrap();
    let query = "accounts?$filter=name eq 'a value of a row'";
    client.execute(get(query)).await.unwrap();
    let error = client
        .execute(get("missing?$filter=name eq 'a value of a row'"))
        .await
        .unwrap_err();
    let refusal = json!({
        "error": "invalid_client", "error_codes": [7_000_215],
        "error_description": "AADSTS7000215: Invalid client secret provided.",
    });
    let refusing = protected::environment(ResponseTemplate::new(401).set_body_json(refusal)).await;
    let locked = Client::builder(&refusing.uri())
        .credential(ClientSecret::new("app", "swordfish"))
        .build()
        .unwrap();
    let refused = locked.execute(get(query)).await.unwrap_err();
    let shown = format!("{client:?} {locked:?} {error} {error:?} {refused} {refused:?}");
    let logged = log.text();
    for secret in ["swordfish", "the.access.token", "the-refresh"] {
        assert!(!shown.contains(secret), "{secret}: {shown}");
        assert!(!logged.contains(secret), "{secret}: {logged}");
    }
    let ours = log.of("dataverse_runtime");
    assert!(!ours.contains("a value of a row"), "{ours}");
    for said in [
        "operation=query",
        "table=account",
        "method=GET",
        "status=200",
        "status=404",
    ] {
        assert!(ours.contains(said), "{said}: {ours}");
    }
}
