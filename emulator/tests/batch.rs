//! Batches over HTTP: their grammar, their rules, their answers.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use bytes::Bytes;
use dataverse_emulator::Running;
use dataverse_emulator::batch::{FailedChangeSet, Item, parse};
use dataverse_emulator::identity::Directory;
use reqwest::StatusCode;
use serde_json::Value;
use support::{client, code, start};

/// A part of type `application/http`.
fn part(id: Option<&str>, request: &str) -> String {
    let id = id.map(|id| format!("Content-ID: {id}\r\n")).unwrap_or_default();
    format!("Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n{id}\r\n{request}\r\n")
}

fn multipart(boundary: &str, parts: &[String]) -> String {
    let parts: String = parts
        .iter()
        .map(|part| format!("--{boundary}\r\n{part}"))
        .collect();
    format!("{parts}--{boundary}--\r\n")
}

fn change_set(parts: &[String]) -> String {
    format!(
        "Content-Type: multipart/mixed; boundary=\"set 1\"\r\n\r\n{}",
        multipart("set 1", parts)
    )
}

fn post(body: &str) -> String {
    format!("POST accounts HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{body}")
}

fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nAccept: application/json\r\n")
}

async fn send(
    running: &Running,
    body: String,
    prefer: &str,
) -> (StatusCode, reqwest::header::HeaderMap, String) {
    let response = client()
        .post(running.api() + "$batch")
        .header("Content-Type", "multipart/mixed; boundary=\"batch_1\"")
        .header("Prefer", prefer)
        .body(body)
        .send()
        .await
        .unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    (status, headers, response.text().await.unwrap())
}

#[tokio::test]
async fn parts_are_answered_in_order() {
    let (running, notes) = start(|builder| builder).await;
    let absolute = format!("{}/api/data/v9.1/contacts?$filter=name eq 'a'", running.url());
    let body = multipart(
        "batch_1",
        &[
            part(None, &get("/api/data/v9.0/accounts")),
            change_set(&[
                part(Some("1"), &post("{\"name\":\"a\"}")),
                part(Some("2"), "PATCH $1 HTTP/1.1\r\n\r\nb\nc"),
            ]),
            part(None, &get(&absolute)),
        ],
    );
    let (status, headers, text) = send(&running, format!("ignored\r\n{body}ignored"), "").await;
    assert_eq!(status, StatusCode::OK, "{text}");
    let boundary = headers["content-type"]
        .to_str()
        .unwrap()
        .split_once("boundary=")
        .unwrap()
        .1
        .to_owned();
    assert!(boundary.starts_with("batchresponse_"));
    assert!(text.ends_with(&format!("--{boundary}--\r\n")));
    assert_eq!(text.matches(&format!("--{boundary}\r\n")).count(), 3);
    assert_eq!(text.matches("HTTP/1.1 204 No Content\r\n").count(), 2);
    assert_eq!(text.matches("Content-ID: ").count(), 2);
    assert!(text.contains("Content-ID: 1\r\n\r\nHTTP/1.1 204 No Content\r\n"));
    assert!(text.contains(&format!("OData-EntityId: {}accounts(1)\r\n", running.api())));
    assert!(text.contains(&format!("\"root\":\"{}/api/data/v9.0/\"", running.url())));
    assert!(text.contains("contacts?$filter=name eq 'a'"));
    assert_eq!(notes.written(), ["{\"name\":\"a\"}", "b\nc"]);
}

#[tokio::test]
async fn it_stops_at_the_first_failure_unless_told_to_go_on() {
    let (running, notes) = start(|builder| builder).await;
    let body = || {
        multipart(
            "batch_1",
            &[
                part(None, &post("1")),
                part(None, &get("missing")),
                part(None, &post("3")),
            ],
        )
    };
    let (status, headers, text) = send(&running, body(), "").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(
        headers["content-type"]
            .to_str()
            .unwrap()
            .starts_with("multipart/mixed")
    );
    assert_eq!(text.matches("\r\nHTTP/1.1 ").count(), 2);
    assert!(text.contains("REQ_ID: ") && text.contains("0x80040217"));
    assert_eq!(notes.written(), ["1"]);
    let (status, headers, text) = send(&running, body(), "odata.continue-on-error").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(headers["preference-applied"], "odata.continue-on-error");
    assert_eq!(text.matches("\r\nHTTP/1.1 ").count(), 3);
    assert_eq!(notes.written(), ["1", "1", "3"]);
}

#[tokio::test]
async fn a_change_set_is_carried_out_wholly_or_not_at_all() {
    for form in [FailedChangeSet::Wrapped, FailedChangeSet::Bare] {
        let (running, notes) = start(|builder| builder.failed_change_set(form)).await;
        let fails = "DELETE missing HTTP/1.1\r\n\r\n";
        let body = multipart(
            "batch_1",
            &[change_set(&[part(Some("1"), &post("a")), part(Some("2"), fails)])],
        );
        let (status, _, text) = send(&running, body, "").await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        assert_eq!(text.matches("\r\nHTTP/1.1 ").count(), 1);
        assert!(text.contains("Content-ID: 2\r\n"));
        assert_eq!(
            text.contains("changesetresponse_"),
            form == FailedChangeSet::Wrapped
        );
        assert!(notes.written().is_empty());
    }
}

#[tokio::test]
async fn what_breaks_a_rule_is_refused_before_anything_is_done() {
    let (running, notes) = start(|builder| builder).await;
    let two = |first: String, second: String| multipart("batch_1", &[first, second]);
    let first = || part(None, &post("1"));
    let set = |id: &str, request: &str| change_set(&[part(Some("1"), &post("a")), part(Some(id), request)]);
    let to = |path: &str| format!("POST {path} HTTP/1.1\r\n\r\nx");
    for (body, message) in [
        (two(first(), part(None, &to("$batch"))), "another batch"),
        (
            two(first(), part(None, &to("/api/data/v9.2/$batch"))),
            "another batch",
        ),
        (two(first(), set("2", &get("accounts"))), "'GET' was detected"),
        (
            two(first(), change_set(&[change_set(&[first()])])),
            "another change set",
        ),
        (two(first(), set("1", &to("accounts"))), "more than once"),
        (
            two(first(), set("2", &to("$2"))),
            "'$2' does not exist in the batch context.",
        ),
        (
            two(first(), part(None, &to("$1/name"))),
            "'$1' does not exist in the batch context.",
        ),
        (
            two(
                set("2", &to("accounts")),
                change_set(&[part(Some("3"), &to("$1"))]),
            ),
            "'$1' does not exist",
        ),
        (two(first(), part(None, &to("/other"))), "not under the root"),
        (two(first(), part(None, "POST accounts\r\n\r\n")), "request line"),
        (two(first(), part(None, &to(&"x".repeat(65_537)))), "65536"),
        (two(first(), "X: y\r\n\r\nz\r\n".to_owned()), "no 'Content-Type'"),
        (
            two(first(), "Content-Type: text/plain\r\n\r\nz\r\n".to_owned()),
            "text/plain",
        ),
        (
            two(first(), first()).replace("\r\n", "\n"),
            "Stream was not readable.",
        ),
        (
            two(first(), first()).replace("--batch_1--\r\n", "--batch_1--"),
            "Stream was not readable.",
        ),
        (
            two(first(), first()).replace("--batch_1--", ""),
            "Stream was not readable.",
        ),
        (
            two(first(), set("2", &to("accounts"))).replace("--set 1--", ""),
            "Stream was not readable.",
        ),
        (String::new(), "Stream was not readable."),
        ("--batch_1\r\n".repeat(100_000), "no 'Content-Type'"),
        (multipart("batch_1", &vec![first(); 1_001]), "1000"),
        (multipart("batch_1", &vec![change_set(&[]); 1_001]), "1000"),
    ] {
        let start: String = body.chars().take(200).collect();
        let (status, _, text) = send(&running, body, "odata.continue-on-error").await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{start}");
        let body: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(code(&body), "0x80048d19");
        assert!(
            body["error"]["message"].as_str().unwrap().contains(message),
            "{start}: {text}"
        );
    }
    assert!(notes.written().is_empty());
    let (status, _, _) = send(&running, multipart("batch_1", &vec![first(); 1_000]), "").await;
    assert_eq!((status, notes.written().len()), (StatusCode::OK, 1_000));
}

#[tokio::test]
async fn another_content_type_or_host_is_refused() {
    let (running, notes) = start(|builder| builder).await;
    for kind in [
        "application/json",
        "multipart/mixed",
        "multipart/mixed;boundary=\"\"",
    ] {
        let response = client()
            .post(running.api() + "$batch")
            .header("Content-Type", kind)
            .body("x")
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    }
    let foreign = "POST https://elsewhere.example/api/data/v9.2/accounts HTTP/1.1\r\n\r\nx";
    let (status, _, text) = send(&running, multipart("batch_1", &[part(None, foreign)]), "").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(text.contains("another host"));
    assert!(notes.written().is_empty());
}

#[tokio::test]
async fn parts_have_headers_and_a_record_of_their_own() {
    let (running, _) = start(|builder| builder).await;
    let user = running
        .identity()
        .change(|directory| directory.applications[1].user.clone());
    let as_user =
        format!("GET accounts HTTP/1.1\r\nMSCRMCallerID: {user}\r\nPrefer: odata.maxpagesize=2\r\n");
    let as_nobody =
        "GET accounts HTTP/1.1\r\nMSCRMCallerID: 0\r\nPrefer: odata.include-annotations=\"*\"\r\n";
    let body = multipart(
        "batch_1",
        &[
            part(None, &as_user),
            part(None, &get("accounts")),
            part(None, as_nobody),
        ],
    );
    let (_, _, text) = send(&running, body, "odata.continue-on-error").await;
    assert!(text.contains(&format!("\"user\":\"{user}\"")));
    assert!(text.contains(&format!("\"user\":\"{}\"", Directory::ADMINISTRATOR)));
    assert!(text.contains("HTTP/1.1 403 Forbidden") && text.contains("0x8004a110"));
    assert!(text.contains("ErrorDetails.HttpStatusCode"));
    let requests = running.requests();
    assert_eq!(requests.len(), 4);
    assert_eq!(requests[0].path, "$batch");
    assert!(
        requests[1..]
            .iter()
            .all(|part| part.batch == Some(requests[0].number))
    );
    assert_eq!(requests[1].header("prefer"), Some("odata.maxpagesize=2"));
    assert_eq!((requests[1].status, requests[3].status), (200, 403));
}

/// A batch with all that a batch may have.
fn rich() -> Vec<u8> {
    let set = change_set(&[part(Some("1"), &post("a")), part(Some("2"), &post("b"))]);
    multipart(
        "batch_1",
        &[part(None, &get("accounts")), set, part(None, &post("c"))],
    )
    .into_bytes()
}

proptest::proptest! {
    #[test]
    fn damaged_batches_are_read_or_refused(
        changes in proptest::collection::vec((0..700_usize, proptest::num::u8::ANY), 0..8),
        cut in 0..900_usize,
    ) {
        let mut body = rich();
        let length = body.len();
        for (at, byte) in changes {
            body[at % length] = byte;
        }
        body.truncate(cut.max(1));
        let whole = body.len();
        if let Ok(batch) = parse("multipart/mixed; boundary=batch_1", &Bytes::from(body)) {
            let sizes = batch.items.iter().map(|item| match item {
                Item::One(part) => part.body.len(),
                Item::ChangeSet(parts) => parts.iter().map(|part| part.body.len()).sum(),
            });
            proptest::prop_assert!(sizes.sum::<usize>() < whole);
        }
    }
}
