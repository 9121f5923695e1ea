//! An environment that wants tokens, and says who was let in.

use bytes::Bytes;
use dataverse_emulator::identity::{Auth, Directory, Issuing};
use dataverse_emulator::server::Builder;
use dataverse_emulator::{Answer, Call, Emulator, Engine, Fault, Running};
use dataverse_runtime::client::credential::Credential;
use dataverse_runtime::message::{Origin, Request};
use dataverse_runtime::{Client, Error};
use http::{HeaderMap, Method, StatusCode};
use std::sync::Arc;

/// Says who asks.
struct WhoAmI;

impl Engine for WhoAmI {
    fn answer(&self, call: &Call) -> Result<Answer, Fault> {
        let body = serde_json::json!({"UserId": call.user}).to_string();
        Ok(Answer {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: Bytes::from(body),
        })
    }

    fn change_set(&self, _: &[Call]) -> Result<Vec<Answer>, (usize, Fault)> {
        Ok(Vec::new())
    }
}

/// An environment with this directory that wants tokens.
pub fn builder(directory: Directory) -> Builder {
    let issuing = Issuing {
        device_interval: 0,
        ..Issuing::default()
    };
    Emulator::builder(Arc::new(WhoAmI))
        .auth(Auth::Required)
        .directory(directory)
        .issuing(issuing)
}

/// Starts one that speaks HTTPS.
pub async fn start(change: impl FnOnce(&mut Directory)) -> Running {
    let mut directory = Directory::default();
    change(&mut directory);
    builder(directory).tls().start().await.unwrap()
}

/// HTTP that trusts the environment's certificate.
pub fn http(running: &Running) -> reqwest::Client {
    let certificate = running.certificate().unwrap();
    let certificate = reqwest::Certificate::from_pem(certificate.as_bytes()).unwrap();
    reqwest::Client::builder()
        .no_proxy()
        .tls_certs_only([certificate])
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap()
}

pub fn client(running: &Running, credential: impl Credential + 'static) -> Client {
    Client::builder(running.url())
        .http_client(http(running))
        .credential(credential)
        .build()
        .unwrap()
}

/// As which user the client is let in.
pub async fn who(client: &Client) -> Result<String, Error> {
    let origin = Origin {
        operation: "WhoAmI",
        table: None,
    };
    let answer = client
        .execute(Request::new(Method::GET, "WhoAmI", origin))
        .await?;
    let body: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    Ok(body["UserId"].as_str().unwrap().to_owned())
}

/// As which user this credential is let in.
pub async fn signed_in(running: &Running, credential: impl Credential + 'static) -> Result<String, Error> {
    who(&client(running, credential)).await
}

/// Why this credential isn't let in.
pub async fn refused(running: &Running, credential: impl Credential + 'static) -> String {
    let reason = signed_in(running, credential).await.unwrap_err().to_string();
    reason.replace(running.url(), "URL")
}

/// `systemuserid` of the application with the secret in the default directory.
pub const SERVICE: &str = "5d1c0d9a-7d4c-4b3f-9a1e-000000000003";

/// `systemuserid` of the machine in the default directory.
pub const MACHINE: &str = "5d1c0d9a-7d4c-4b3f-9a1e-000000000004";
