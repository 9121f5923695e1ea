//! A token endpoint that answers what a test says, and tells what it was asked.
#![allow(dead_code, reason = "each test file uses a part of it")]

use dataverse_runtime::client::credential::{Token, TokenRequest};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

pub const APP: &str = "00001111-aaaa-2222-bbbb-3333cccc4444";
pub const TOKEN: &str = "/t/oauth2/v2.0/token";

pub fn request() -> TokenRequest {
    TokenRequest::new("https://rsk.crm4.dynamics.com")
}

pub fn issued() -> Value {
    json!({"token_type": "Bearer", "expires_in": 3599, "ext_expires_in": 3599, "access_token": "a.b.c"})
}

pub async fn answers(server: &MockServer, at: &str, answers: Vec<(u16, Value)>) {
    let last = answers.len() - 1;
    for (number, (status, body)) in answers.into_iter().enumerate() {
        let mock = Mock::given(path(at)).respond_with(ResponseTemplate::new(status).set_body_json(body));
        let mock = if number < last {
            mock.up_to_n_times(1)
        } else {
            mock
        };
        mock.mount(server).await;
    }
}

pub fn authority(server: &MockServer) -> String {
    format!("{}/t", server.uri())
}

/// The fields of a form.
pub fn form(request: &Request) -> BTreeMap<String, String> {
    let body = String::from_utf8(request.body.clone()).unwrap();
    let url = reqwest::Url::parse(&format!("http://form/?{body}")).unwrap();
    url.query_pairs().into_owned().collect()
}

pub async fn sent(server: &MockServer) -> Vec<BTreeMap<String, String>> {
    server
        .received_requests()
        .await
        .unwrap()
        .iter()
        .map(form)
        .collect()
}

pub fn fields(expected: &[(&str, &str)]) -> BTreeMap<String, String> {
    expected
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

pub fn lives_for(token: &Token, seconds: u64) {
    let left = token.expires_at().duration_since(SystemTime::now()).unwrap();
    assert!(
        left <= Duration::from_secs(seconds) && left > Duration::from_secs(seconds - 60),
        "{left:?}"
    );
}

pub fn renewed(refresh: &str) -> Value {
    let mut body = issued();
    body["refresh_token"] = json!(refresh);
    body
}
