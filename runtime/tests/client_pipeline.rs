//! What the client does between a request and its answer, over real HTTP: tokens, limits, faults, repeats.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use dataverse_runtime::client::credential::{
    Credential, CredentialError, CredentialFailure, Token, TokenFuture, TokenRequest,
};
use dataverse_runtime::client::{ClientBuilder, Retries, Sink};
use dataverse_runtime::message::{Origin, Repeat, Request};
use dataverse_runtime::{Client, Code, Error, InvalidRequest};
use http::Method;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const ORIGIN: Origin = Origin {
    operation: "test",
    table: Some("account"),
};

fn get(path: &str) -> Request {
    Request::new(Method::GET, path, ORIGIN)
}

fn post(repeat: Repeat) -> Request {
    Request::new(Method::POST, "accounts", ORIGIN)
        .json(r#"{"name":"Contoso"}"#)
        .repeat(repeat)
}

fn quick(environment: &str) -> ClientBuilder {
    Client::builder(environment).timeout(Duration::from_secs(5))
}

fn service(error: Error) -> Box<dataverse_runtime::ServiceError> {
    match error {
        Error::Service(error) => error,
        other => panic!("another error: {other}"),
    }
}

/// Counts its tokens, which are called `token-1` and so on.
#[derive(Clone, Debug)]
struct Counting {
    given: Arc<AtomicUsize>,
    seen: Arc<Mutex<Vec<TokenRequest>>>,
    lives: Duration,
}

impl Counting {
    fn new(lives: Duration) -> Self {
        Self {
            given: Arc::default(),
            seen: Arc::default(),
            lives,
        }
    }
}

impl Credential for Counting {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> TokenFuture<'a> {
        Box::pin(async move {
            let number = self.given.fetch_add(1, Ordering::SeqCst) + 1;
            self.seen.lock().unwrap().push(request.clone());
            tokio::time::sleep(Duration::from_millis(50)).await;
            Ok(Token::new(
                format!("token-{number}"),
                SystemTime::now() + self.lives,
            ))
        })
    }
}

#[derive(Debug)]
struct Failing;

impl Credential for Failing {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> TokenFuture<'a> {
        Box::pin(async move {
            let refused = CredentialFailure::Refused(Some(7_000_222));
            Err(CredentialError::new(request, refused, "the secret has expired"))
        })
    }
}

/// Answers requests with this method so, from now on.
async fn always(server: &MockServer, of: &str, answer: ResponseTemplate) {
    Mock::given(method(of)).respond_with(answer).mount(server).await;
}

/// Answers the first requests with this method so.
async fn first(server: &MockServer, of: &str, times: u64, answer: ResponseTemplate) {
    let mock = Mock::given(method(of)).respond_with(answer);
    mock.up_to_n_times(times).mount(server).await;
}

const CHALLENGE: &str = "Bearer authorization_uri=https://login.microsoftonline.com/8f1c/oauth2/authorize, resource_id=https://x/";

/// A service that answers with 200 and, without a token, with a challenge.
async fn protected() -> MockServer {
    let server = MockServer::start().await;
    Mock::given(|request: &wiremock::Request| !request.headers.contains_key("authorization"))
        .respond_with(ResponseTemplate::new(401).insert_header("www-authenticate", CHALLENGE))
        .mount(&server)
        .await;
    always(&server, "GET", ResponseTemplate::new(200)).await;
    server
}

#[tokio::test]
async fn every_request_carries_what_the_service_expects() {
    let server = MockServer::start().await;
    Mock::given(path("/api/data/v9.2/accounts"))
        .and(header("accept", "application/json"))
        .and(header("odata-version", "4.0"))
        .and(header("odata-maxversion", "4.0"))
        .and(header("if-none-match", "null"))
        .respond_with(ResponseTemplate::new(200).set_body_string("{}"))
        .expect(1)
        .mount(&server)
        .await;
    let client = quick(&server.uri()).build().unwrap();
    assert_eq!(client.execute(get("accounts")).await.unwrap().body, "{}");
    let sent = &server.received_requests().await.unwrap()[0];
    assert_eq!(sent.headers["x-ms-client-request-id"].len(), 36);
    assert!(!sent.headers.contains_key("authorization"));
}

#[tokio::test]
async fn many_requests_wait_for_one_token() {
    let server = protected().await;
    let credential = Counting::new(Duration::from_hours(1));
    let client = quick(&server.uri())
        .credential(credential.clone())
        .build()
        .unwrap();
    let requests = (0..100).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.execute(get("accounts")).await.map(|_| ()) })
    });
    for request in requests.collect::<Vec<_>>() {
        request.await.unwrap().unwrap();
    }
    assert_eq!(credential.given.load(Ordering::SeqCst), 1);
    let seen = credential.seen.lock().unwrap();
    assert_eq!(
        seen[0].authority.as_deref(),
        Some("https://login.microsoftonline.com/8f1c")
    );
    assert_eq!(seen[0].resource, server.uri());
}

#[tokio::test]
async fn a_token_is_used_as_long_as_it_lives() {
    let server = protected().await;
    for (lives, asked) in [(Duration::from_hours(1), 1), (Duration::ZERO, 3)] {
        let credential = Counting::new(lives);
        let client = quick(&server.uri())
            .credential(credential.clone())
            .build()
            .unwrap();
        for _ in 0..3 {
            client.execute(get("accounts")).await.unwrap();
        }
        assert_eq!(credential.given.load(Ordering::SeqCst), asked);
    }
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    let server = MockServer::start().await;
    let refuse = |token: &str| {
        let claims = "Bearer error=\"insufficient_claims\", claims=\"eyJ9\"";
        Mock::given(header("authorization", token))
            .respond_with(ResponseTemplate::new(401).insert_header("www-authenticate", claims))
    };
    refuse("Bearer token-1").mount(&server).await;
    Mock::given(header("authorization", "Bearer token-2"))
        .respond_with(ResponseTemplate::new(204))
        .mount(&server)
        .await;
    let credential = Counting::new(Duration::from_hours(1));
    let client = quick(&server.uri())
        .credential(credential.clone())
        .build()
        .unwrap();
    client.execute(get("accounts")).await.unwrap();
    assert_eq!(credential.seen.lock().unwrap()[1].claims.as_deref(), Some("eyJ9"));
    // From now on that one is refused too.
    server.reset().await;
    always(&server, "GET", ResponseTemplate::new(401)).await;
    let error = service(client.execute(get("accounts")).await.unwrap_err());
    assert_eq!(error.status(), 401);
    assert_eq!(credential.given.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn a_credential_that_fails_says_why_and_is_asked_again() {
    let server = protected().await;
    let client = quick(&server.uri()).credential(Failing).build().unwrap();
    for _ in 0..2 {
        let error = client.execute(get("accounts")).await.unwrap_err();
        assert!(error.to_string().contains("the secret has expired"), "{error}");
    }
}

#[tokio::test]
async fn throttling_is_waited_out_for_any_request() {
    let server = MockServer::start().await;
    let limit =
        r#"{"error":{"code":"0x80072322","message":"Number of requests exceeded the limit of 6000"}}"#;
    first(
        &server,
        "POST",
        1,
        ResponseTemplate::new(429)
            .insert_header("retry-after", "1")
            .set_body_string(limit),
    )
    .await;
    always(&server, "POST", ResponseTemplate::new(204)).await;
    let client = quick(&server.uri()).build().unwrap();
    let start = Instant::now();
    client.execute(post(Repeat::Never)).await.unwrap();
    assert!(start.elapsed() >= Duration::from_secs(1));
    assert_eq!(server.received_requests().await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_wait_beyond_the_budget_is_not_begun() {
    let server = MockServer::start().await;
    always(
        &server,
        "GET",
        ResponseTemplate::new(429).insert_header("retry-after", "300"),
    )
    .await;
    let retries = Retries {
        attempts: 5,
        within: Duration::from_secs(2),
    };
    let client = quick(&server.uri()).retries(retries).build().unwrap();
    let error = service(client.execute(get("accounts")).await.unwrap_err());
    assert!(error.is_throttled());
    assert_eq!(error.retry_after(), Some(Duration::from_mins(5)));
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
}

#[tokio::test]
async fn gateways_are_asked_again_only_where_that_is_safe() {
    let server = MockServer::start().await;
    first(
        &server,
        "GET",
        2,
        ResponseTemplate::new(502).set_body_string("<html><title>Bad Gateway</title></html>"),
    )
    .await;
    always(&server, "GET", ResponseTemplate::new(200)).await;
    always(&server, "POST", ResponseTemplate::new(504)).await;
    let client = quick(&server.uri()).build().unwrap();
    client.execute(get("accounts")).await.unwrap();
    let error = service(client.execute(post(Repeat::Never)).await.unwrap_err());
    assert!(error.may_have_been_done() && error.is_transient());
    assert!(error.to_string().contains("it wasn't repeated"), "{error}");
    assert_eq!(server.received_requests().await.unwrap().len(), 4);
}

/// A server that reads each request and answers with the next of these texts, or cuts the connection where it is empty.
async fn scripted(answers: &'static [&'static str]) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let requests = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&requests);
    tokio::spawn(async move {
        loop {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut head = vec![0; 16_384];
            if socket.read(&mut head).await.unwrap_or(0) == 0 {
                continue;
            }
            let number = count.fetch_add(1, Ordering::SeqCst);
            let answer = answers.get(number).copied().unwrap_or_default();
            let _ = socket.write_all(answer.as_bytes()).await;
        }
    });
    (address, requests)
}

const HALF: &str = "HTTP/1.1 200 OK\r\ncontent-length: 200\r\n\r\n{\"value\":[";
const FINE: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";

#[tokio::test]
async fn a_cut_read_is_repeated_and_a_cut_write_is_not() {
    let (address, requests) = scripted(&["", HALF, FINE]).await;
    let client = quick(&address).build().unwrap();
    assert_eq!(client.execute(get("accounts")).await.unwrap().body, "{}");
    assert_eq!(requests.load(Ordering::SeqCst), 3);

    let (address, requests) = scripted(&[""]).await;
    let client = quick(&address).build().unwrap();
    let Error::Transport(error) = client.execute(post(Repeat::Never)).await.unwrap_err() else {
        panic!("there was no answer");
    };
    assert!(error.may_have_been_done());
    assert_eq!(requests.load(Ordering::SeqCst), 1);
}

const LARGE: &str = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\nconnection: close\r\n\r\nwhole";

#[tokio::test]
async fn a_download_that_was_cut_starts_again() {
    let (address, requests) = scripted(&[HALF, LARGE]).await;
    let client = quick(&address).build().unwrap();
    let mut sink = Vec::new();
    let answer = client.download(get("$metadata"), &mut sink).await.unwrap();
    assert_eq!((answer.status.as_u16(), answer.body.len()), (200, 0));
    assert_eq!(sink, b"whole");
    assert_eq!(requests.load(Ordering::SeqCst), 2);
}

/// A disk that is full.
struct Full;

impl Sink for Full {
    fn start(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn write(&mut self, _: &[u8]) -> io::Result<()> {
        Err(io::Error::other("full"))
    }
}

#[tokio::test]
async fn a_sink_that_takes_nothing_ends_the_download() {
    let (address, requests) = scripted(&[LARGE, LARGE]).await;
    let client = quick(&address).build().unwrap();
    let error = client.download(get("$metadata"), &mut Full).await.unwrap_err();
    assert!(matches!(error, Error::Sink { .. }), "{error}");
    assert_eq!(requests.load(Ordering::SeqCst), 1);
}

const DUPLICATE: &str = "HTTP/1.1 412 Precondition Failed\r\ncontent-length: 53\r\nconnection: close\r\n\r\n{\"error\":{\"code\":\"0x80040237\",\"message\":\"duplicate\"}}";

#[tokio::test]
async fn a_create_that_was_carried_out_before_the_cut_is_done() {
    let (address, requests) = scripted(&["", DUPLICATE]).await;
    let client = quick(&address).build().unwrap();
    let answer = client.execute(post(Repeat::CreatesOnce)).await.unwrap();
    assert_eq!(answer.status, 204);
    assert_eq!(requests.load(Ordering::SeqCst), 2);

    // Without a fault before it, the same answer is a refusal.
    let (address, _) = scripted(&[DUPLICATE]).await;
    let client = quick(&address).build().unwrap();
    let error = service(client.execute(post(Repeat::CreatesOnce)).await.unwrap_err());
    assert_eq!(error.code(), Some(Code::DUPLICATE_RECORD));
}

#[tokio::test]
async fn a_slow_answer_ends_in_time() {
    let server = MockServer::start().await;
    always(
        &server,
        "GET",
        ResponseTemplate::new(200).set_delay(Duration::from_mins(5)),
    )
    .await;
    let client = Client::builder(&server.uri())
        .timeout(Duration::from_secs(2))
        .retries(Retries::NONE)
        .build()
        .unwrap();
    let Error::Transport(error) = client
        .execute(get("accounts?$filter=name eq 'secret'"))
        .await
        .unwrap_err()
    else {
        panic!("there was no answer");
    };
    assert!(error.is_timeout());
    let asked = &server.received_requests().await.unwrap()[0];
    assert_eq!(asked.headers["x-ms-client-request-id"], error.request_id());
    assert!(
        error
            .to_string()
            .ends_with(&format!("(request {})", error.request_id())),
        "{error}"
    );
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("secret"), "{shown}");
}

#[tokio::test]
async fn nothing_goes_to_another_server() {
    let server = protected().await;
    let client = quick(&server.uri())
        .credential(Counting::new(Duration::from_hours(1)))
        .build()
        .unwrap();
    for url in [
        "https://evil.example/api/data/v9.2/accounts",
        "http://127.0.0.1:1/accounts",
    ] {
        let error = client.execute(get(url)).await.unwrap_err();
        assert!(
            matches!(error, Error::Invalid(InvalidRequest::Elsewhere { .. })),
            "{error}"
        );
    }
    let page = format!("{}/api/data/v9.2/accounts?$skiptoken=2", server.uri());
    client.execute(get(&page)).await.unwrap();
}

#[tokio::test]
async fn options_are_carried_by_the_clone_alone() {
    let server = MockServer::start().await;
    always(&server, "GET", ResponseTemplate::new(200)).await;
    let client = quick(&server.uri()).build().unwrap();
    let import = client.with(|options| options.detect_duplicates().tag("nightly import"));
    import.execute(get("accounts")).await.unwrap();
    client.execute(get("accounts")).await.unwrap();
    let sent = server.received_requests().await.unwrap();
    assert_eq!(sent[0].url.query(), Some("tag=nightly%20import"));
    assert_eq!(sent[0].headers["mscrm.suppressduplicatedetection"], "false");
    assert_eq!(sent[1].url.query(), None);
    assert!(!sent[1].headers.contains_key("mscrm.suppressduplicatedetection"));
}

#[test]
fn addresses_that_would_leak_a_token_are_refused() {
    let with_token = |address: &str| Client::builder(address).credential(Failing).build();
    assert!(with_token("https://contoso.crm4.dynamics.com").is_ok());
    assert!(with_token("http://localhost:5080").is_ok());
    assert!(with_token("http://[::1]:5080").is_ok());
    for address in [
        "http://contoso.crm4.dynamics.com",
        "ftp://contoso.crm4.dynamics.com",
        "contoso",
        "",
    ] {
        assert!(with_token(address).is_err(), "{address}");
    }
    let error = with_token("https://user:hunter2@contoso.crm4.dynamics.com").unwrap_err();
    assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
}

#[tokio::test]
async fn secrets_are_not_shown() {
    let server = protected().await;
    let client = quick(&server.uri())
        .credential(Counting::new(Duration::from_hours(1)))
        .build()
        .unwrap();
    client.execute(get("accounts")).await.unwrap();
    let shown = format!("{client:?}");
    assert!(!shown.contains("token-1"), "{shown}");
}
