//! HTTP as the service speaks it, also with clients that don't.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use reqwest::{Method, StatusCode};
use serde_json::Value;
use std::time::Duration;
use support::{client, code, raw, start};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::test]
async fn every_version_is_served_with_the_services_headers() {
    let (running, _) = start(|builder| builder).await;
    for version in ["v9.0", "v9.1", "v9.2"] {
        let address = format!("{}/api/data/{version}/accounts?$top=1", running.url());
        let response = client().get(&address).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        let headers = response.headers().clone();
        assert_eq!(headers["odata-version"], "4.0");
        assert_eq!(headers["etag"], "W/\"7\"");
        assert_eq!(
            headers["content-type"],
            "application/json; odata.metadata=minimal"
        );
        assert_eq!(headers["x-ms-dop-hint"], "48");
        let time = headers["x-ms-ratelimit-time-remaining-xrm-requests"]
            .to_str()
            .unwrap();
        assert!(time.starts_with("1,") && time.contains('.'), "{time}");
        let ids: Vec<_> = headers.get_all("x-ms-service-request-id").iter().collect();
        assert_eq!(ids.len(), 2);
        assert_ne!(ids[0], ids[1]);
        assert_eq!(ids[1], headers["req_id"]);
        let body: Value = response.json().await.unwrap();
        assert_eq!(body["path"], "accounts?$top=1");
        assert_eq!(body["root"], format!("{}/api/data/{version}/", running.url()));
    }
    let other = client()
        .get(format!("{}/api/data/v8.3/", running.url()))
        .send()
        .await
        .unwrap();
    assert_eq!(other.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn other_interfaces_of_the_service_are_refused_by_name() {
    let (running, _) = start(|builder| builder).await;
    for (path, feature) in [
        ("api/search/v1.0/query", "Dataverse search"),
        ("API/Search/v2.0/suggest", "Dataverse search"),
        (
            "api/backgroundoperation/5d1c0d9a-0000-0000-0000-000000000001",
            "background operations",
        ),
        ("api/discovery/v2.0/Instances", "global discovery"),
        (
            "XRMServices/2011/Organization.svc/web",
            "the Organization Service (SOAP)",
        ),
    ] {
        let url = format!("{}/{path}", running.url());
        let response = client().post(url).body("{}").send().await.unwrap();
        assert_eq!(response.status(), StatusCode::NOT_IMPLEMENTED, "{path}");
        let body: Value = response.json().await.unwrap();
        assert_eq!(
            body["error"]["message"],
            format!("This emulator does not support {feature}.")
        );
    }
    let nowhere = client()
        .get(format!("{}/api/nowhere", running.url()))
        .send()
        .await
        .unwrap();
    assert_eq!(nowhere.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn head_options_and_wrong_methods() {
    let (running, notes) = start(|builder| builder).await;
    let send = |method: &str, path: &str| {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        client().request(method, running.api() + path).send()
    };
    let head = send("HEAD", "accounts").await.unwrap();
    assert_eq!(head.status(), StatusCode::OK);
    assert!(
        head.headers()["content-length"]
            .to_str()
            .unwrap()
            .parse::<usize>()
            .unwrap()
            > 20
    );
    assert!(head.bytes().await.unwrap().is_empty());
    let options = send("OPTIONS", "accounts").await.unwrap();
    assert_eq!(options.headers()["allow"], "OPTIONS,GET,HEAD,POST");
    for (method, path) in [("TRACE", "accounts"), ("FROB", "accounts"), ("GET", "$batch")] {
        let refused = send(method, path).await.unwrap();
        assert_eq!(
            refused.status(),
            StatusCode::METHOD_NOT_ALLOWED,
            "{method} {path}"
        );
        assert!(refused.headers().contains_key("allow"));
    }
    assert!(notes.written().is_empty());
}

#[tokio::test]
async fn errors_say_more_on_request() {
    let (running, _) = start(|builder| builder).await;
    let ask = |prefer: &'static str| {
        client()
            .get(running.api() + "missing")
            .header("Prefer", prefer)
            .send()
    };
    let plain: Value = ask("odata.maxpagesize=3").await.unwrap().json().await.unwrap();
    assert_eq!(
        plain,
        serde_json::json!({"error": {"code": "0x80040217", "message": "account With Id = 42 Does Not Exist"}})
    );
    let response = ask("odata.include-annotations=\"*\"").await.unwrap();
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    let full: Value = response.json().await.unwrap();
    assert_eq!(
        full["error"]["@Microsoft.PowerApps.CDS.ErrorDetails.HttpStatusCode"],
        "404"
    );
    assert!(
        full["error"]["@Microsoft.PowerApps.CDS.HelpLink"]
            .as_str()
            .unwrap()
            .contains("80040217")
    );
}

#[tokio::test]
async fn a_panic_is_an_answer_and_the_server_goes_on() {
    let (running, _) = start(|builder| builder).await;
    let response = client().get(running.api() + "panics").send().await.unwrap();
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(response.headers()["odata-version"], "4.0");
    assert_eq!(code(&response.json().await.unwrap()), "0x80040224");
    assert!(
        client()
            .get(running.api() + "accounts")
            .send()
            .await
            .unwrap()
            .status()
            .is_success()
    );
}

#[tokio::test]
async fn bodies_are_compressed_when_asked_for() {
    let (running, _) = start(|builder| builder).await;
    let plain = reqwest::Client::builder().no_proxy().no_gzip().build().unwrap();
    let ask = |coding: &'static str| {
        plain
            .get(running.api() + "large")
            .header("Accept-Encoding", coding)
            .send()
    };
    let compressed = ask("deflate, GZIP;q=0.5").await.unwrap();
    assert_eq!(compressed.headers()["content-encoding"], "gzip");
    assert!(compressed.bytes().await.unwrap().len() < 10_000);
    for coding in ["identity", "gzip;q=0"] {
        let whole = ask(coding).await.unwrap();
        assert!(!whole.headers().contains_key("content-encoding"), "{coding}");
        assert!(whole.bytes().await.unwrap().len() > 100_000);
    }
    let read: Value = client()
        .get(running.api() + "large")
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(read["value"].as_str().unwrap().len(), 100_000);
}

#[tokio::test]
async fn long_addresses_are_refused() {
    let (running, _) = start(|builder| builder).await;
    let root = running.api();
    let rest = 32_768 - "/api/data/v9.2/accounts?".len();
    let ask = |query: usize| {
        client()
            .get(format!("{root}accounts?{}", "x".repeat(query)))
            .send()
    };
    assert_eq!(ask(rest).await.unwrap().status(), StatusCode::OK);
    assert_eq!(ask(rest + 1).await.unwrap().status(), StatusCode::URI_TOO_LONG);
    let head = format!(
        "GET /api/data/v9.2/{} HTTP/1.1\r\nHost: x\r\n\r\n",
        "x".repeat(70_000)
    );
    assert!(raw(&running, head.as_bytes()).await.starts_with("HTTP/1.1 414"));
    let segment = client().get(root + &"y".repeat(261)).send().await.unwrap();
    assert_eq!(segment.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn long_bodies_are_refused_without_being_held() {
    let (running, notes) = start(|builder| builder.body_limit(10_000)).await;
    let send = |size: usize| {
        client()
            .post(running.api() + "accounts")
            .body("x".repeat(size))
            .send()
    };
    assert_eq!(send(10_000).await.unwrap().status(), StatusCode::NO_CONTENT);
    assert_eq!(
        send(10_001).await.unwrap().status(),
        StatusCode::PAYLOAD_TOO_LARGE
    );
    assert_eq!(notes.written().len(), 1);
    // A gigabyte is only announced: the answer comes before the first byte of it.
    let announced = "POST /api/data/v9.2/accounts HTTP/1.1\r\nHost: x\r\nContent-Length: 1073741824\r\nConnection: close\r\n\r\n";
    let address = running.url().strip_prefix("http://").unwrap();
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    stream.write_all(announced.as_bytes()).await.unwrap();
    let mut start = [0; 12];
    tokio::time::timeout(Duration::from_secs(10), stream.read_exact(&mut start))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(&start, b"HTTP/1.1 413");
    // In chunks the size isn't known before.
    let chunks = format!(
        "POST /api/data/v9.2/accounts HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{}0\r\n\r\n",
        format!("1000\r\n{}\r\n", "y".repeat(4_096)).repeat(20)
    );
    assert!(raw(&running, chunks.as_bytes()).await.starts_with("HTTP/1.1 413"));
}

#[tokio::test]
async fn broken_requests_get_an_answer() {
    let (running, notes) = start(|builder| builder).await;
    for (request, answer) in [
        ("\r\n\r\nnonsense\r\n\r\n", "HTTP/1.1 400"),
        (
            "GET /api/data/v9.2/accounts HTTP/1.1\r\nConnection: close\r\n\r\n",
            "HTTP/1.1 400",
        ),
        (
            "GET /api/data/v9.2/accounts HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
            "HTTP/1.1 400",
        ),
        (
            "GET /api/data/v9.2/accounts HTTP/1.1\r\nHost: u@x y\r\nConnection: close\r\n\r\n",
            "HTTP/1.1 400",
        ),
        ("GET /api/data/v9.2/accounts HTTP/1.0\r\n\r\n", "HTTP/1.0 200"),
        (
            "POST /api/data/v9.2/accounts HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
            "HTTP/1.1 400",
        ),
        (
            "POST /api/data/v9.2/accounts HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "HTTP/1.1 400",
        ),
        (
            "GET http://x/api/data/v9.2/accounts HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "HTTP/1.1 200",
        ),
    ] {
        let read = raw(&running, request.as_bytes()).await;
        assert!(read.starts_with(answer), "{request:?}: {read}");
    }
    let many = format!("GET / HTTP/1.1\r\nHost: x\r\n{}\r\n", "a: b\r\n".repeat(500));
    assert!(raw(&running, many.as_bytes()).await.starts_with("HTTP/1.1 431"));
    assert!(notes.written().is_empty());
}

#[tokio::test]
async fn a_body_that_breaks_off_writes_nothing() {
    let (running, notes) = start(|builder| builder).await;
    let address = running.url().strip_prefix("http://").unwrap();
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let head = "POST /api/data/v9.2/accounts HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{\"name\"";
    stream.write_all(head.as_bytes()).await.unwrap();
    drop(stream);
    let alive = client().get(running.api() + "accounts").send().await.unwrap();
    assert!(alive.status().is_success());
    assert!(notes.written().is_empty());
}

#[tokio::test]
async fn requests_under_way_are_finished_when_it_stops() {
    let (running, notes) = start(|builder| builder).await;
    let address = running.api() + "held";
    let under_way = tokio::spawn(async move { client().get(address).send().await });
    notes.came.notified().await;
    let url = running.api() + "accounts";
    // It stops while the request is under way.
    let stopped = tokio::spawn(running.stop());
    while client().get(&url).send().await.is_ok() {}
    assert!(!stopped.is_finished() && !under_way.is_finished());
    notes.release();
    stopped.await.unwrap();
    assert_eq!(under_way.await.unwrap().unwrap().status(), StatusCode::OK);
    assert!(client().get(url).send().await.is_err());
}

#[cfg(feature = "tls")]
#[tokio::test]
async fn clients_that_trust_the_certificate_speak_https() {
    let (running, _) = start(|builder| builder.tls()).await;
    assert!(running.url().starts_with("https://127.0.0.1:"));
    let trusted = reqwest::Certificate::from_pem(running.certificate().unwrap().as_bytes()).unwrap();
    let trusting = reqwest::Client::builder()
        .no_proxy()
        .tls_certs_only([trusted])
        .build()
        .unwrap();
    let body: Value = trusting
        .get(running.api() + "accounts")
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(body["root"], running.api());
    assert!(client().get(running.api() + "accounts").send().await.is_err());
}
