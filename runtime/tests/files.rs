//! Contents of file and image columns over HTTP: each request as it is sent, and its answer as it is read.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod wire;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use crm::rsk_vessel::{RskImoKey, RskVessel};
use dataverse_runtime::client::Sink;
use dataverse_runtime::files::Source;
use dataverse_runtime::{Client, Error, Id};
use serde_json::Value;
use std::io;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use wire::{Server, guid, id, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

const PIECE: usize = 4 * 1024 * 1024;

fn vessel() -> Id<RskVessel> {
    id(1)
}

/// A content in which every place looks different.
fn content(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at.wrapping_mul(31) >> 3) as u8).collect()
}

#[tokio::test]
async fn a_small_file_goes_up_by_one_request_under_any_name() {
    let server = Server::silent().await;
    for name in ["plan.pdf", "Müller's 100%?.pdf"] {
        let file = server.client.file(vessel(), |v| v.rsk_certificate);
        file.upload(name, &b"0123"[..]).await.unwrap();
    }
    let photo = server.client.file(vessel(), |v| v.rsk_photo);
    photo.upload("a.png", content(PIECE + 1)).await.unwrap();
    let path = |column: &str| format!("PATCH rsk_vessels({})/{column}?x-ms-file-name=", guid(1));
    let asked = server.asked().await;
    let octets = "content-type: application/octet-stream";
    assert_eq!(
        asked[..2],
        [
            format!("{}plan.pdf\n{octets}\n0123", path("rsk_certificate")),
            format!(
                "{}M%C3%BCller%27s%20100%25%3F.pdf\n{octets}\n0123",
                path("rsk_certificate")
            ),
        ]
    );
    // An image is never so large that it needs blocks.
    assert!(asked[2].starts_with(&format!("{}a.png\n{octets}\n", path("rsk_photo"))));
    assert_eq!(asked.len(), 3);
}

/// A service that takes blocks; the first answer to one of them is lost.
async fn taking_blocks() -> (MockServer, Client) {
    let server = MockServer::start().await;
    let lost = AtomicBool::new(false);
    let respond = move |request: &wiremock::Request| {
        let path = request.url.path();
        if path.ends_with("InitializeFileBlocksUpload") {
            return json(200, r#"{"@odata.context":"x","FileContinuationToken":"t\"1"}"#);
        }
        if path.ends_with("UploadBlock") && !lost.swap(true, Ordering::Relaxed) {
            return ResponseTemplate::new(503).insert_header("retry-after", "0");
        }
        if path.ends_with("CommitFileBlocksUpload") {
            return json(200, r#"{"FileId":"x","FileSizeInBytes":1}"#);
        }
        if request.method == wiremock::http::Method::GET {
            return json(200, &format!(r#"{{"rsk_vesselid":"{}"}}"#, guid(1)));
        }
        ResponseTemplate::new(204)
    };
    Mock::given(any()).respond_with(respond).mount(&server).await;
    let client = Client::anonymous(&server.uri()).unwrap();
    (server, client)
}

#[tokio::test]
async fn a_large_file_goes_up_in_blocks_of_which_a_lost_one_is_sent_again() {
    let all = content(2 * PIECE + 5);
    let (server, client) = taking_blocks().await;
    let key = RskImoKey { rsk_imo: "9312345" };
    let file = client
        .file(key, |v| v.rsk_certificate)
        .mime_type("application/pdf");
    file.upload("plan.pdf", all.clone()).await.unwrap();

    let requests = server.received_requests().await.unwrap();
    let about = |name: &str| -> Vec<Value> {
        let about = requests
            .iter()
            .filter(|request| request.url.path().ends_with(name));
        about
            .map(|request| serde_json::from_slice(&request.body).unwrap())
            .collect()
    };
    // Blocks belong to a row by its id, which is read first.
    assert_eq!(
        requests[0].url.query(),
        Some("$select=rsk_vesselid"),
        "{:?}",
        requests[0].url
    );
    let begun = about("InitializeFileBlocksUpload");
    let target =
        serde_json::json!({"@odata.type": "Microsoft.Dynamics.CRM.rsk_vessel", "rsk_vesselid": guid(1)});
    assert_eq!(
        begun,
        [
            serde_json::json!({"Target": target, "FileName": "plan.pdf", "FileAttributeName": "rsk_certificate"})
        ]
    );
    let blocks = about("UploadBlock");
    assert_eq!(blocks.len(), 4);
    let commit = about("CommitFileBlocksUpload").remove(0);
    assert_eq!(commit["MimeType"], "application/pdf");
    assert_eq!(commit["FileContinuationToken"], "t\"1");
    let mut put_together = Vec::new();
    for name in commit["BlockList"].as_array().unwrap() {
        let block = blocks.iter().find(|block| block["BlockId"] == *name).unwrap();
        put_together.extend(STANDARD.decode(block["BlockData"].as_str().unwrap()).unwrap());
    }
    assert!(put_together == all);
}

#[tokio::test]
async fn contents_that_cannot_be_read_are_an_error_and_no_half_file() {
    struct Short;
    impl Source for Short {
        fn length(&mut self) -> io::Result<u64> {
            Ok(3 * PIECE as u64)
        }
        fn piece(&mut self, from: u64, length: usize) -> io::Result<Bytes> {
            content(2 * PIECE).piece(from, length)
        }
    }
    let (server, client) = taking_blocks().await;
    let file = client.file(vessel(), |v| v.rsk_certificate);
    let error = file.upload("plan.pdf", Short).await.unwrap_err();
    assert!(matches!(error, Error::Source { .. }), "{error}");
    let requests = server.received_requests().await.unwrap();
    assert!(
        requests
            .iter()
            .all(|request| !request.url.path().ends_with("CommitFileBlocksUpload"))
    );

    let (_, client) = taking_blocks().await;
    let mut empty = tempfile();
    empty.set_len(PIECE as u64 + 7).unwrap();
    io::Write::write_all(&mut empty, b"x").unwrap();
    client
        .file(vessel(), |v| v.rsk_certificate)
        .upload("a.bin", empty)
        .await
        .unwrap();
}

fn tempfile() -> std::fs::File {
    tempfile::tempfile().unwrap()
}

/// A service that has this file, and gives it in parts.
async fn holding(file: Vec<u8>, name: &'static str) -> (MockServer, Client) {
    let server = MockServer::start().await;
    let asked = Mutex::new(0);
    let respond = move |request: &wiremock::Request| {
        let mut asked = asked.lock().unwrap();
        *asked += 1;
        // Now and then it is busy.
        if *asked % 3 == 2 {
            return ResponseTemplate::new(503).insert_header("retry-after", "0");
        }
        let answer = ResponseTemplate::new(206)
            .insert_header("x-ms-file-name", name)
            .insert_header("mimetype", "application/pdf");
        let Some(range) = request.headers.get("range") else {
            return answer.set_body_bytes(file.clone());
        };
        let range = range.to_str().unwrap().strip_prefix("bytes=").unwrap();
        let (from, last) = range.split_once('-').unwrap();
        let (from, last): (usize, usize) = (from.parse().unwrap(), last.parse().unwrap());
        if from >= file.len() {
            return ResponseTemplate::new(416);
        }
        let end = file.len().min(last + 1);
        answer
            .insert_header(
                "content-range",
                format!("bytes {from}-{}/{}", end - 1, file.len()),
            )
            .set_body_bytes(&file[from..end])
    };
    Mock::given(any()).respond_with(respond).mount(&server).await;
    let client = Client::anonymous(&server.uri()).unwrap();
    (server, client)
}

#[tokio::test]
async fn a_file_comes_down_in_parts() {
    for length in [1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 2] {
        let all = content(length);
        let (server, client) = holding(all.clone(), "M%C3%BCller.pdf").await;
        let file = client
            .file(vessel(), |v| v.rsk_certificate)
            .download()
            .await
            .unwrap()
            .unwrap();
        assert!(file.content == all, "{length}");
        assert_eq!(file.length, length as u64);
        assert_eq!(file.name.as_deref(), Some("Müller.pdf"));
        assert_eq!(file.mime_type.as_deref(), Some("application/pdf"));
        let requests = server.received_requests().await.unwrap();
        assert!(requests[0].url.path().ends_with("/rsk_certificate/$value"));
        assert!(requests.len() >= length.div_ceil(PIECE));
    }
}

#[tokio::test]
async fn what_has_no_parts_comes_whole() {
    let whole = |body: &[u8]| ResponseTemplate::new(200).set_body_raw(body, "image/png");
    let answers = vec![
        ResponseTemplate::new(204),
        // A service that knows no parts.
        whole(b"012"),
        // An empty file.
        ResponseTemplate::new(416),
        whole(b""),
        whole(b"thumb"),
        whole(b"large"),
        ResponseTemplate::new(204),
    ];
    let server = Server::answering(answers).await;
    let certificate = || server.client.file(vessel(), |v| v.rsk_certificate);
    let photo = || server.client.file(vessel(), |v| v.rsk_photo);
    assert_eq!(certificate().download().await.unwrap(), None);
    assert_eq!(certificate().download().await.unwrap().unwrap().content, "012");
    assert_eq!(certificate().download().await.unwrap().unwrap().length, 0);
    let thumbnail = photo().download().await.unwrap().unwrap();
    assert_eq!(
        (thumbnail.content, thumbnail.mime_type.as_deref()),
        ("thumb".into(), Some("image/png"))
    );
    assert_eq!(photo().full().download().await.unwrap().unwrap().content, "large");
    certificate().delete().await.unwrap();
    let asked = server.asked().await;
    let row = format!("rsk_vessels({})", guid(1));
    assert_eq!(
        asked[4..],
        [
            format!("GET {row}/rsk_photo/$value"),
            format!("GET {row}/rsk_photo/$value?size=full"),
            format!("DELETE {row}/rsk_certificate"),
        ]
    );
}

#[tokio::test]
async fn a_file_that_is_replaced_while_it_comes_is_an_error() {
    let part = |total: usize, body: &[u8]| {
        ResponseTemplate::new(206)
            .insert_header("content-range", format!("bytes 0-3/{total}"))
            .set_body_bytes(body)
    };
    for second in [
        part(9, b"4567"),
        part(8, b""),
        ResponseTemplate::new(204),
        ResponseTemplate::new(200).set_body_bytes("01234567"),
    ] {
        let server = Server::answering(vec![part(8, b"0123"), second]).await;
        let file = server.client.file(vessel(), |v| v.rsk_certificate);
        let error = file.download().await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{error}");
    }
    let sizeless = ResponseTemplate::new(206).set_body_bytes("0123");
    let server = Server::answering(vec![sizeless]).await;
    let error = server
        .client
        .file(vessel(), |v| v.rsk_certificate)
        .download()
        .await
        .unwrap_err();
    assert!(error.to_string().contains("the size of the file"), "{error}");
}

#[tokio::test]
async fn a_file_of_the_program_is_a_source_and_a_sink() {
    let all = content(PIECE + 9);
    let (_server, client) = holding(all.clone(), "a.bin").await;
    let mut file = tempfile();
    io::Write::write_all(&mut file, &[7; 10 << 20]).unwrap();
    let about = client
        .file(vessel(), |v| v.rsk_certificate)
        .download_to(&mut file)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(about.length, all.len() as u64);
    assert_eq!(file.length().unwrap(), all.len() as u64);
    assert!(file.piece(0, all.len()).unwrap() == all);
    assert!(file.piece(5, all.len()).is_err());

    struct Full;
    impl Sink for Full {
        fn start(&mut self) -> io::Result<()> {
            Ok(())
        }
        fn write(&mut self, _: &[u8]) -> io::Result<()> {
            Err(io::ErrorKind::StorageFull.into())
        }
    }
    let error = client
        .file(vessel(), |v| v.rsk_certificate)
        .download_to(&mut Full)
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Sink { .. }), "{error}");
}
