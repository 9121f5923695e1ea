//! An emulator with rows, and short forms of requests to it.

use dataverse_emulator::server::Builder;
use dataverse_emulator::{Clock, Emulator, Environment, Running};
use reqwest::{Method, StatusCode};
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

pub const SNAPSHOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../generated-example/snapshot");

/// The schema of the example.
pub fn schema() -> dataverse_codegen::schema::Schema {
    dataverse_codegen::snapshot::read(Path::new(SNAPSHOT))
        .unwrap()
        .schema
}

/// 2024-03-05T08:07:06Z, at which clocks of tests stand still.
pub fn noon() -> Clock {
    Clock::stopped_at(SystemTime::UNIX_EPOCH + Duration::from_secs(1_709_626_026))
}

/// A running emulator with its environment.
pub struct Served {
    pub running: Running,
    pub environment: Arc<Environment>,
    pub client: reqwest::Client,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

/// An emulator with the example's schema and these rows.
pub async fn serve(rows: Value) -> Served {
    serve_with(rows, |builder| builder).await
}

pub async fn serve_with(rows: Value, settings: impl FnOnce(Builder) -> Builder) -> Served {
    let environment = Environment::builder(schema()).clock(noon()).open().unwrap();
    environment.seed(&rows.to_string()).unwrap();
    let environment = Arc::new(environment);
    let running = settings(Emulator::builder(environment.clone()))
        .start()
        .await
        .unwrap();
    Served {
        running,
        environment,
        client: super::client(),
    }
}

impl Served {
    /// An emulator around an environment.
    pub async fn of(environment: Arc<Environment>) -> Self {
        let running = Emulator::builder(environment.clone()).start().await.unwrap();
        Self {
            running,
            environment,
            client: super::client(),
        }
    }

    pub async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Reply {
        let mut request = self.client.request(method, self.running.api() + path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request
                .header("content-type", "application/json")
                .body(body.to_string());
        }
        let response = request.send().await.unwrap();
        Reply {
            status: response.status(),
            headers: response.headers().clone(),
            text: response.text().await.unwrap(),
        }
    }

    pub async fn get(&self, path: &str) -> Value {
        let reply = self.send(Method::GET, path, &[], None).await;
        assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.text);
        reply.json()
    }

    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::POST, path, &[], Some(body)).await
    }

    pub async fn patch(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::PATCH, path, &[], Some(body)).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::PUT, path, &[], Some(body)).await
    }

    pub async fn delete(&self, path: &str) -> Reply {
        self.send(Method::DELETE, path, &[], None).await
    }

    /// Creates a row, and gives its path: `accounts(<id>)`.
    pub async fn create(&self, set: &str, body: &Value) -> String {
        let reply = self.post(set, body).await;
        assert_eq!(reply.status, StatusCode::NO_CONTENT, "{set}: {}", reply.text);
        self.path_of(&reply)
    }

    /// The path of the row that a reply names.
    pub fn path_of(&self, reply: &Reply) -> String {
        let url = reply.headers["odata-entityid"].to_str().unwrap();
        url.strip_prefix(&self.running.api()).unwrap().to_owned()
    }
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    /// Status and code of a refusal.
    pub fn refusal(&self) -> (u16, String) {
        let body: Value = serde_json::from_str(&self.text).unwrap_or_default();
        let code = body["error"]["code"].as_str().unwrap_or_default().to_owned();
        (self.status.as_u16(), code)
    }

    #[track_caller]
    pub fn is_refused(&self, status: u16, code: &str) {
        assert_eq!(self.refusal(), (status, code.to_owned()), "{}", self.text);
    }

    #[track_caller]
    pub fn is_done(&self) {
        assert_eq!(self.status, StatusCode::NO_CONTENT, "{}", self.text);
    }
}

/// The id in `set(<id>)`.
pub fn id(path: &str) -> &str {
    path.split(['(', ')']).nth(1).unwrap()
}
