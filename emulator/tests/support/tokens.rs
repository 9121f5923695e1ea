//! Asking the double of Entra ID, and the Web API with what it gives.

#![allow(dead_code, reason = "each test file uses its part of it")]

use super::{client, code, start};
use dataverse_emulator::identity::{Auth, Directory, Issuing};
use dataverse_emulator::{Clock, Running};
use reqwest::StatusCode;
use serde_json::Value;
use std::time::{Duration, SystemTime};

pub const NOW: u64 = 1_700_000_000;

/// An emulator that wants tokens, on a clock that stands still.
pub async fn guarded(change: impl FnOnce(&mut Directory), issuing: Issuing) -> Running {
    let mut directory = Directory::default();
    change(&mut directory);
    let clock = Clock::stopped_at(SystemTime::UNIX_EPOCH + Duration::from_secs(NOW));
    let settings = |builder: dataverse_emulator::server::Builder| {
        builder
            .auth(Auth::Required)
            .directory(directory)
            .issuing(issuing)
            .clock(clock)
    };
    start(settings).await.0
}

pub async fn plain() -> Running {
    guarded(|_| {}, Issuing::default()).await
}

pub async fn post(running: &Running, path: &str, form: &[(&str, &str)]) -> (StatusCode, Value) {
    let tenant = Directory::default().tenant;
    let address = format!("{}/{tenant}/oauth2/{path}", running.url());
    let response = client().post(address).form(form).send().await.unwrap();
    (response.status(), response.json().await.unwrap())
}

/// Asks the token endpoint, with the scope `/.default` if the form has none.
pub async fn token(running: &Running, form: &[(&str, &str)]) -> (StatusCode, Value) {
    let scope = format!("{}/.default", running.url());
    let mut form = form.to_vec();
    if !form.iter().any(|(name, _)| *name == "scope") {
        form.push(("scope", &scope));
    }
    post(running, "v2.0/token", &form).await
}

/// The user as whom a token is let in, or the status and code of the refusal.
pub async fn who(running: &Running, token: &Value) -> Result<String, (u16, String)> {
    let token = token.as_str().unwrap_or_default();
    let response = client()
        .get(running.api() + "WhoAmI")
        .bearer_auth(token)
        .send()
        .await
        .unwrap();
    let status = response.status().as_u16();
    if status == 200 {
        let body: Value = response.json().await.unwrap();
        return Ok(body["user"].as_str().unwrap().to_owned());
    }
    let body = response.text().await.unwrap();
    let body: Value = serde_json::from_str(&body).unwrap_or_default();
    Err((status, code(&body).to_owned()))
}

pub fn refused((status, body): &(StatusCode, Value)) -> (u16, &str, u64) {
    let number = body["error_codes"][0].as_u64().unwrap_or_default();
    assert!(
        body["error_description"]
            .as_str()
            .unwrap()
            .starts_with(&format!("AADSTS{number}: ")),
        "{body}"
    );
    (status.as_u16(), body["error"].as_str().unwrap(), number)
}
