//! Bodies and heads without end, and those that unfold.

use crate::support::{client, code, start};
use crate::target::{MEBIBYTE, Target, post, refused, repeated};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write as _;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

#[tokio::test(flavor = "multi_thread")]
async fn a_gigabyte_is_refused_and_never_held() {
    let target = Target::start();
    let json = "{\"name\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"},";
    let answer = target
        .send(
            &post("accounts", "application/json"),
            repeated(json, 1024 * MEBIBYTE),
        )
        .await;
    assert_eq!(answer, "HTTP/1.1 413 Payload Too Large");
    let part = "--b\r\nContent-Type: application/http\r\n\r\nGET accounts HTTP/1.1\r\n\r\n\r\n";
    let batch = post("$batch", "multipart/mixed; boundary=b");
    let answer = target.send(&batch, repeated(part, 1024 * MEBIBYTE)).await;
    assert_eq!(answer, "HTTP/1.1 413 Payload Too Large");
    // What is read of it may be 128 MiB, and that twice while its memory grows.
    target.goes_on_within(400 * MEBIBYTE).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn batches_without_end_are_refused() {
    let target = Target::start();
    let batch = post("$batch", "multipart/mixed; boundary=b");
    for text in [
        // Parts and no last boundary, a part that never ends, boundaries alone, headers alone.
        "--b\r\nContent-Type: application/http\r\n\r\nGET accounts HTTP/1.1\r\n\r\n\r\n",
        "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\nContent-Type: application/http\r\n\r\n",
        "--b\r\n",
        "a: b\r\n",
        "\r\n",
        "\n",
        "x",
    ] {
        let answer = target.send(&batch, repeated(text, 16 * MEBIBYTE)).await;
        assert_eq!(answer, "HTTP/1.1 400 Bad Request", "{text:?}");
    }
    target.goes_on_within(200 * MEBIBYTE).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_that_unfold_are_refused() {
    let target = Target::start();
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![b'['; MEBIBYTE]).unwrap();
    // Compressed texts one after the other are one such text.
    let bomb = encoder.finish().unwrap().repeat(256);
    assert!(bomb.len() < MEBIBYTE);
    let head = post("accounts", "application/json").replace("Host: x", "Host: x\r\nContent-Encoding: gzip");
    let answer = target.send(&head, std::iter::once(bomb)).await;
    assert!(refused(&answer), "{answer}");
    for deep in ["[", "{\"a\":", "[{\"a\":["] {
        let answer = target
            .send(
                &post("accounts", "application/json"),
                repeated(deep, 16 * MEBIBYTE),
            )
            .await;
        assert!(refused(&answer), "{deep}: {answer}");
    }
    // Short values, of which each would take many times its text in memory.
    for wide in ["0,", "[],", "{\"\":0},"] {
        let start = std::iter::once(b"{\"name\":[".to_vec());
        let pieces = start
            .chain(repeated(wide, 24 * MEBIBYTE))
            .chain([b"0]}".to_vec()]);
        let answer = target.send(&post("accounts", "application/json"), pieces).await;
        assert!(refused(&answer), "{wide}: {answer}");
    }
    target.goes_on_within(200 * MEBIBYTE).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn heads_without_end_are_refused() {
    let target = Target::start();
    for (start, more) in [
        ("GET /api/data/v9.2/accounts HTTP/1.1\r\nHost: x\r\na: ", "y"),
        ("GET /api/data/v9.2/accounts HTTP/1.1\r\nHost: x\r\n", "a: b\r\n"),
        ("GET /", "x"),
        ("", "x"),
        ("", "\r\n"),
        (
            "POST /api/data/v9.2/accounts HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
            "1;a=b",
        ),
    ] {
        let mut stream = TcpStream::connect(&target.address).await.unwrap();
        stream.write_all(start.as_bytes()).await.unwrap();
        let piece = more.repeat(MEBIBYTE / more.len());
        for _ in 0..32 {
            if stream.write_all(piece.as_bytes()).await.is_err() {
                break;
            }
        }
        let mut read = Vec::new();
        let end = stream.read_to_end(&mut read);
        let ended = tokio::time::timeout(Duration::from_secs(60), end).await;
        assert!(ended.is_ok(), "{start:?} {more:?} is neither answered nor closed");
        let answer = String::from_utf8_lossy(&read);
        assert!(
            answer.is_empty() || refused(&answer),
            "{start:?} {more:?}: {answer}"
        );
    }
    target.goes_on_within(200 * MEBIBYTE).await;
}

#[tokio::test]
async fn batches_in_batches_are_refused() {
    let (running, notes) = start(|builder| builder).await;
    let send = async |body: String| {
        let request = client().post(running.api() + "$batch").body(body);
        let request = request.header("Content-Type", "multipart/mixed; boundary=b");
        let answer = request.send().await.unwrap();
        (
            answer.status().as_u16(),
            answer.json::<serde_json::Value>().await.unwrap(),
        )
    };
    let part = |inner: &str| format!("--b\r\n{inner}\r\n--b--\r\n");
    let request = |path: &str| {
        part(&format!(
            "Content-Type: application/http\r\n\r\nPOST {path} HTTP/1.1\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c--\r\n"
        ))
    };
    let mut deep = "Content-Type: application/http\r\n\r\nPOST accounts HTTP/1.1\r\n\r\n{}".to_owned();
    for level in 0..2_000 {
        deep = format!(
            "Content-Type: multipart/mixed; boundary=c{level}\r\n\r\n--c{level}\r\n{deep}\r\n--c{level}--"
        );
    }
    let bodies = [
        request("$batch"),
        request("/api/data/v9.2/$batch"),
        request("http://127.0.0.1/api/data/v9.1/$batch?x"),
        part(&deep),
    ];
    for body in bodies {
        let (status, answer) = send(body).await;
        assert_eq!((status, code(&answer)), (400, "0x80048d19"), "{answer}");
    }
    assert!(notes.written().is_empty());
}
