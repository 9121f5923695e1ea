//! An environment that wants tokens.

use reqwest::Method;
use serde_json::json;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

/// An environment that names its issuer, and that issuer; both on one server.
pub async fn environment(token: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    let challenge = format!("Bearer authorization_uri={}/t/oauth2/authorize", server.uri());
    Mock::given(|request: &wiremock::Request| {
        request.method == Method::GET && !request.headers.contains_key("authorization")
    })
    .respond_with(ResponseTemplate::new(401).insert_header("www-authenticate", challenge.as_str()))
    .mount(&server)
    .await;
    Mock::given(method("GET"))
        .and(path("/api/data/v9.2/missing"))
        .respond_with(ResponseTemplate::new(404))
        .mount(&server)
        .await;
    Mock::given(method("GET"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"value": []})))
        .mount(&server)
        .await;
    Mock::given(method("POST"))
        .respond_with(token)
        .mount(&server)
        .await;
    server
}
