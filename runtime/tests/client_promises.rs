//! What a client promises besides its answers: compressed bodies, no cookies, one token for all who wait.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod protected;

use dataverse_runtime::client::credential::{
    Credential, CredentialError, CredentialFailure, Token, TokenFuture, TokenRequest,
};
use dataverse_runtime::message::{Origin, Request};
use dataverse_runtime::{Client, Error};
use flate2::Compression;
use flate2::write::GzEncoder;
use reqwest::Method;
use std::collections::VecDeque;
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};
use tokio::sync::Notify;
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, ResponseTemplate};

const ORIGIN: Origin = Origin {
    operation: "query",
    table: Some("account"),
};

fn get(path: &str) -> Request {
    Request::new(Method::GET, path, ORIGIN)
}

#[tokio::test]
async fn bodies_come_compressed() {
    let server = MockServer::start().await;
    let text = format!("{{\"value\":\"{}\"}}", "x".repeat(10_000));
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(text.as_bytes()).unwrap();
    let answer = ResponseTemplate::new(200)
        .insert_header("content-encoding", "gzip")
        .set_body_bytes(packed.finish().unwrap());
    Mock::given(method("GET"))
        .respond_with(answer)
        .mount(&server)
        .await;
    let client = Client::anonymous(&server.uri()).unwrap();
    assert_eq!(client.execute(get("accounts")).await.unwrap().body, text);
    let asked = &server.received_requests().await.unwrap()[0];
    assert!(
        asked.headers["accept-encoding"]
            .to_str()
            .unwrap()
            .contains("gzip")
    );
}

#[tokio::test]
async fn cookies_tie_no_request_to_a_server() {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(200).insert_header("set-cookie", "ARRAffinity=1a2b; path=/");
    Mock::given(method("GET"))
        .respond_with(answer)
        .mount(&server)
        .await;
    let client = Client::anonymous(&server.uri()).unwrap();
    for _ in 0..2 {
        client.execute(get("accounts")).await.unwrap();
    }
    let asked = server.received_requests().await.unwrap();
    assert!(
        asked
            .iter()
            .all(|request| !request.headers.contains_key("cookie"))
    );
}

#[tokio::test]
async fn what_is_left_of_the_limits_is_read_however_it_is_written() {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(200)
        .insert_header("x-ms-ratelimit-burst-remaining-xrm-requests", "5999")
        .insert_header("x-ms-ratelimit-time-remaining-xrm-requests", "1,200.00");
    Mock::given(method("GET"))
        .respond_with(answer)
        .mount(&server)
        .await;
    let client = Client::anonymous(&server.uri()).unwrap();
    let left = client.execute(get("accounts")).await.unwrap().limits();
    assert_eq!(left.requests, Some(5_999));
    assert_eq!(left.execution_time, Some(Duration::from_mins(20)));
}

#[tokio::test]
async fn every_name_of_a_request_is_kept() {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(404)
        .append_header("x-ms-service-request-id", "first")
        .append_header("x-ms-service-request-id", "second")
        .insert_header("req_id", "second");
    Mock::given(method("GET"))
        .respond_with(answer)
        .mount(&server)
        .await;
    let client = Client::anonymous(&server.uri()).unwrap();
    let Error::Service(error) = client.execute(get("accounts")).await.unwrap_err() else {
        panic!("the service answered");
    };
    assert_eq!(error.request_ids().collect::<Vec<_>>(), ["first", "second"]);
}

/// Gives what a test has put in, each only after the test lets it.
#[derive(Clone, Debug, Default)]
struct Waiting {
    asked: Arc<AtomicUsize>,
    may_go: Arc<Notify>,
    answers: Arc<Mutex<VecDeque<Result<Token, CredentialFailure>>>>,
}

impl Waiting {
    fn giving(self, answer: Result<Duration, CredentialFailure>) -> Self {
        let number = self.answers.lock().unwrap().len() + 1;
        let token = answer.map(|lives| Token::new(format!("token-{number}"), SystemTime::now() + lives));
        self.answers.lock().unwrap().push_back(token);
        self
    }
}

impl Credential for Waiting {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> TokenFuture<'a> {
        Box::pin(async move {
            self.asked.fetch_add(1, Ordering::SeqCst);
            self.may_go.notified().await;
            let answer = self
                .answers
                .lock()
                .unwrap()
                .pop_front()
                .expect("asked more often than expected");
            answer.map_err(|kind| CredentialError::new(request, kind, "no token today"))
        })
    }
}

impl Waiting {
    /// Waits until it was asked so often.
    async fn asked(&self, times: usize) {
        while self.asked.load(Ordering::SeqCst) < times {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

async fn waiting(credential: &Waiting) -> (MockServer, Client) {
    let server = protected::environment(ResponseTemplate::new(500)).await;
    let client = Client::builder(&server.uri())
        .credential(credential.clone())
        .build()
        .unwrap();
    (server, client)
}

fn send(client: &Client) -> tokio::task::JoinHandle<Result<(), Error>> {
    let client = client.clone();
    tokio::spawn(async move { client.execute(get("accounts")).await.map(drop) })
}

const HOUR: Duration = Duration::from_hours(1);

#[tokio::test]
async fn who_waits_longest_may_leave_without_harm_to_the_others() {
    let credential = Waiting::default().giving(Ok(HOUR));
    let (_server, client) = waiting(&credential).await;
    let first = send(&client);
    credential.asked(1).await;
    let others: Vec<_> = (0..5).map(|_| send(&client)).collect();
    tokio::task::yield_now().await;
    first.abort();
    credential.asked(2).await;
    credential.may_go.notify_one();
    for other in others {
        other.await.unwrap().unwrap();
    }
    assert_eq!(credential.asked.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_failure_is_told_to_one_and_the_next_tries_again() {
    let credential = Waiting::default()
        .giving(Err(CredentialFailure::Unreachable))
        .giving(Ok(HOUR));
    let (_server, client) = waiting(&credential).await;
    let (one, two) = (send(&client), send(&client));
    for times in [1, 2] {
        credential.asked(times).await;
        credential.may_go.notify_one();
    }
    let failed = [one.await.unwrap(), two.await.unwrap()];
    assert_eq!(failed.iter().filter(|answer| answer.is_err()).count(), 1);
}
