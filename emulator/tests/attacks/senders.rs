//! Senders that are slow, or many.

use crate::support::{client, raw, start};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

#[tokio::test]
async fn slow_senders_are_cut_and_keep_nobody_waiting() {
    // Long enough for a request in one go, whatever else the machine does.
    let (running, notes) = start(|builder| builder.patience(Duration::from_secs(3))).await;
    let address = running.url().strip_prefix("http://").unwrap().to_owned();
    let heads = [
        "POST /api/data/v9.2/accounts HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{",
        "POST /api/data/v9.2/accounts HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
        "POST /api/data/v9.2/$batch HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n",
        "POST /emulator/faults HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{",
        "GET /api/data/v9.2/acc",
        "GET /api/data/v9.2/accounts HTTP/1.1\r\nHost: x\r\n",
    ];
    let mut senders = Vec::new();
    for head in heads.iter().cycle().take(40) {
        let mut stream = TcpStream::connect(&address).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        senders.push((head, stream));
    }
    let other = client().get(running.api() + "accounts").send().await.unwrap();
    assert!(other.status().is_success());
    for (head, mut stream) in senders {
        let mut read = Vec::new();
        let end = stream.read_to_end(&mut read);
        let ended = tokio::time::timeout(Duration::from_secs(30), end).await;
        assert!(ended.is_ok(), "{head:?} is never cut");
        let answer = String::from_utf8_lossy(&read);
        assert!(
            answer.is_empty() || answer.starts_with("HTTP/1.1 408"),
            "{answer}"
        );
    }
    assert!(notes.written().is_empty());
}

#[tokio::test]
async fn senders_that_drip_are_cut_too() {
    let (running, _) = start(|builder| builder.patience(Duration::from_millis(400))).await;
    let address = running.url().strip_prefix("http://").unwrap().to_owned();
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = "POST /api/data/v9.2/accounts HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    let (mut read, mut write) = stream.into_split();
    let drip = tokio::spawn(async move {
        // A byte now and then, each well within the patience.
        while write.write_all(b" ").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    let mut start = [0; 12];
    let answer = tokio::time::timeout(Duration::from_secs(30), read.read_exact(&mut start)).await;
    answer.expect("the sender is never cut").unwrap();
    assert_eq!(&start, b"HTTP/1.1 408");
    drip.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_that_are_large_together_are_refused() {
    let (running, _) = start(|builder| builder.body_limit(100_000)).await;
    let address = running.url().strip_prefix("http://").unwrap().to_owned();
    // Each of these is short of its end, so that it is held.
    let mut open = Vec::new();
    for _ in 0..4 {
        let mut stream = TcpStream::connect(&address).await.unwrap();
        let head = "POST /api/data/v9.2/accounts HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n";
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(&vec![b'x'; 99_999]).await.unwrap();
        open.push(stream);
    }
    let send = || {
        client()
            .post(running.api() + "accounts")
            .body("x".repeat(50_000))
            .send()
    };
    let busy = async {
        // They may not have arrived yet.
        while send().await.unwrap().status().as_u16() != 503 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), busy).await.unwrap();
    drop(open);
    let free = async {
        while send().await.unwrap().status().as_u16() != 204 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), free).await.unwrap();
    assert!(
        raw(
            &running,
            b"GET /emulator/faults HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        )
        .await
        .starts_with("HTTP/1.1 200")
    );
}

#[tokio::test]
async fn a_body_whose_framing_is_wrong_is_answered() {
    let (running, notes) = start(|builder| builder).await;
    let request = b"POST /api/data/v9.2/accounts HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n";
    assert!(raw(&running, request).await.starts_with("HTTP/1.1 400"));
    assert!(notes.written().is_empty());
}
