//! An engine for tests of the server, and raw connections.

#![allow(dead_code, reason = "each test file uses its part of it")]

pub mod rows;
pub mod tokens;

use bytes::Bytes;
use dataverse_emulator::server::Builder;
use dataverse_emulator::{Answer, Call, Emulator, Engine, Fault, Running};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use serde_json::{Value, json};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Remembers what was written to it, and says what it was asked.
#[derive(Default)]
pub struct Notes {
    /// The bodies of all writes that were carried out.
    pub written: Mutex<Vec<String>>,
    /// Notified when a request for `held` has come, which is answered once `release` is called.
    pub came: tokio::sync::Notify,
    held: (Mutex<bool>, Condvar),
}

impl Notes {
    pub fn written(&self) -> Vec<String> {
        self.written.lock().unwrap().clone()
    }

    /// Lets the requests for `held` go on.
    pub fn release(&self) {
        *self.held.0.lock().unwrap() = true;
        self.held.1.notify_all();
    }

    fn hold(&self) {
        self.came.notify_one();
        let released = self.held.0.lock().unwrap();
        // A test that fails releases nothing: the engine's thread ends all the same.
        let patience = Duration::from_secs(20);
        drop(
            self.held
                .1
                .wait_timeout_while(released, patience, |released| !*released),
        );
    }

    fn carry_out(&self, call: &Call, written: &mut Vec<String>) -> Result<Answer, Fault> {
        let path = call.path.split('?').next().unwrap_or_default();
        if call.method != Method::GET && path != "missing" {
            written.push(String::from_utf8_lossy(&call.body).into_owned());
            let mut headers = HeaderMap::new();
            let id = format!("{}{path}({})", call.root, written.len());
            headers.insert("odata-entityid", HeaderValue::from_str(&id).unwrap());
            return Ok(Answer {
                status: StatusCode::NO_CONTENT,
                headers,
                body: Bytes::new(),
            });
        }
        match path {
            "missing" => Err(Fault::no_row("account", "42")),
            "panics" => panic!("as the test wants it"),
            "large" => Ok(json_answer(&json!({"value": "x".repeat(100_000)}))),
            "slow" => {
                std::thread::sleep(Duration::from_millis(300));
                Ok(json_answer(&json!({})))
            }
            "held" => {
                self.hold();
                Ok(json_answer(&json!({})))
            }
            _ => Ok(json_answer(&json!({
                "method": call.method.as_str(),
                "path": call.path,
                "root": call.root,
                "user": call.user,
            }))),
        }
    }
}

fn json_answer(body: &Value) -> Answer {
    let mut headers = HeaderMap::new();
    headers.insert(
        "content-type",
        HeaderValue::from_static("application/json; odata.metadata=minimal"),
    );
    headers.insert("etag", HeaderValue::from_static("W/\"7\""));
    Answer {
        status: StatusCode::OK,
        headers,
        body: Bytes::from(body.to_string()),
    }
}

impl Engine for Notes {
    fn answer(&self, call: &Call) -> Result<Answer, Fault> {
        let mut written = Vec::new();
        let answer = self.carry_out(call, &mut written)?;
        self.written.lock().unwrap().append(&mut written);
        Ok(answer)
    }

    fn change_set(&self, calls: &[Call]) -> Result<Vec<Answer>, (usize, Fault)> {
        let mut written = Vec::new();
        let answers = calls
            .iter()
            .enumerate()
            .map(|(at, call)| self.carry_out(call, &mut written).map_err(|fault| (at, fault)))
            .collect::<Result<Vec<_>, _>>()?;
        self.written.lock().unwrap().append(&mut written);
        Ok(answers)
    }

    fn control(&self, call: &Call) -> Result<Answer, Fault> {
        match call.path.as_str() {
            "seed" => Ok(json_answer(&json!({"seeded": call.body.len()}))),
            other => Err(Fault::no_resource(other)),
        }
    }
}

/// An emulator with these settings, and its engine.
pub async fn start(settings: impl FnOnce(Builder) -> Builder) -> (Running, Arc<Notes>) {
    let notes = Arc::new(Notes::default());
    let running = settings(Emulator::builder(notes.clone())).start().await.unwrap();
    (running, notes)
}

/// A client that follows no redirects and reuses connections.
pub fn client() -> reqwest::Client {
    reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap()
}

/// Sends bytes over a connection of its own, and reads until the other side closes it.
pub async fn raw(running: &Running, bytes: &[u8]) -> String {
    let address = running.url().strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    let mut read = Vec::new();
    let all = stream.read_to_end(&mut read);
    let ended = tokio::time::timeout(Duration::from_secs(20), all).await;
    // A reset after the answer is an end too.
    let _ = ended.expect("the server neither answers nor closes");
    String::from_utf8_lossy(&read).into_owned()
}

/// The code in the body of an error.
pub fn code(body: &Value) -> &str {
    body["error"]["code"].as_str().unwrap_or_default()
}
