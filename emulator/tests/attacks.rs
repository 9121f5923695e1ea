//! Hostile requests over HTTP: each ends with a refusal or a closed connection, memory stays bounded, and the server goes on.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::{BufRead, BufReader, Write as _};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use support::{client, code, raw, start};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const PROGRAM: &str = env!("CARGO_BIN_EXE_dataverse-emulator");
const SNAPSHOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../generated-example/snapshot");
const MEBIBYTE: usize = 1 << 20;

/// The program as a process of its own, whose memory can be looked at. It ends with the test.
struct Target {
    process: Child,
    address: String,
}

impl Drop for Target {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Target {
    fn start() -> Self {
        let mut process = Command::new(PROGRAM)
            .args(["--snapshot", SNAPSHOT, "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut first)
            .unwrap();
        let address = first.trim_end().strip_prefix("http://").unwrap();
        let address = address.split('/').next().unwrap().to_owned();
        Self { process, address }
    }

    /// Sends a head and then pieces of a body until the server answers, closes the connection, or the pieces end. Gives the
    /// status line.
    async fn send(&self, head: &str, pieces: impl Iterator<Item = Vec<u8>>) -> String {
        let stream = TcpStream::connect(&self.address).await.unwrap();
        let (mut read, mut write) = stream.into_split();
        write.write_all(head.as_bytes()).await.unwrap();
        let answer = tokio::spawn(async move {
            let mut start = vec![0; 64];
            let length = read.read(&mut start).await.unwrap_or(0);
            String::from_utf8_lossy(&start[..length]).into_owned()
        });
        for piece in pieces {
            let chunk = [format!("{:x}\r\n", piece.len()).as_bytes(), &piece, b"\r\n"].concat();
            if answer.is_finished() || write.write_all(&chunk).await.is_err() {
                break;
            }
        }
        // What ends the body is of no use to a server that has answered already.
        let _ = write.write_all(b"0\r\n\r\n").await;
        let answer = tokio::time::timeout(Duration::from_secs(60), answer).await;
        let answer = answer.expect("the server neither answers nor closes").unwrap();
        answer.lines().next().unwrap_or_default().to_owned()
    }

    /// That it serves others, and its memory has never been above this.
    async fn goes_on_within(&self, most: usize) {
        let alive = client().get(format!("http://{}/emulator/faults", self.address));
        assert!(alive.send().await.unwrap().status().is_success());
        // Other systems tell it in other ways.
        if cfg!(target_os = "linux") {
            let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap();
            let peak = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
            let kibibytes: usize = peak.split_whitespace().nth(1).unwrap().parse().unwrap();
            let peak = kibibytes * 1024;
            assert!(peak <= most, "{} MiB", peak / MEBIBYTE);
        }
    }
}

fn post(path: &str, content_type: &str) -> String {
    format!(
        "POST /api/data/v9.2/{path} HTTP/1.1\r\nHost: x\r\nContent-Type: {content_type}\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
}

fn repeated(text: &str, total: usize) -> impl Iterator<Item = Vec<u8>> {
    let piece = text.repeat((MEBIBYTE / text.len()).max(1)).into_bytes();
    std::iter::repeat_n(piece.clone(), total / piece.len())
}

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

/// Whether an answer begins with a status of 4xx, or with 501.
fn refused(answer: &str) -> bool {
    answer.starts_with("HTTP/1.1 4") || answer.starts_with("HTTP/1.1 501")
}

/// Addresses under the root of the service that nobody means well with.
fn hostile_addresses() -> Vec<String> {
    let texts = [
        "accounts('; DROP TABLE account; --)",
        "accounts(accountnumber=''';DROP TABLE account;--')",
        "accounts?$filter=name eq '' OR 1=1 --'",
        "accounts?$filter=contains(name,'\"; DELETE FROM account; --')",
        "accounts?$select=name\"; DROP TABLE account; --",
        "accounts?$orderby=(SELECT 1)",
        "accounts?$filter=name eq 'x' and (select sleep(5))",
        "account\"?$top=1",
        "sqlite_master?$top=1",
        "../../etc/passwd",
        "%2e%2e/%2e%2e/etc/passwd",
        "accounts%00",
        "accounts?%00=%00",
        "accounts?$top=%",
        "accounts?$filter=name%20eq%20'%ff%fe'",
        "accounts?$top=-1",
        "accounts?$top=99999999999999999999999999",
        "accounts?$skiptoken=<cookie%20pagenumber='99999999999999999999'/>",
        "accounts(99999999-9999-9999-9999-99999999999g)",
        "accounts()()()",
        "accounts/$ref/$ref/$ref",
        "$metadata/$metadata",
        "$1",
        "EntityDefinitions(LogicalName=''')",
        "RetrieveMetadataChanges(Query=@p)?@p={",
        "\u{202e}stnuocca",
        "accounts?$filter=name eq '\u{1f6a2}",
    ];
    let nested = [
        ("(", ")"),
        ("not (", ")"),
        ("a/any(x:", ")"),
        ("'", "'"),
        ("[", "]"),
    ];
    let deep = nested.map(|(open, close)| {
        let times = 15_000 / open.len();
        format!(
            "accounts?$filter={}{}",
            open.repeat(times),
            close.repeat(times.min(2_000))
        )
    });
    let wide = [
        "name eq 'x' or ",
        "name,",
        "$expand=a($expand=b),",
        "&@p=1",
        "/a",
        "=",
    ];
    let wide = wide.map(|text| format!("accounts?$filter={}", text.repeat(30_000 / text.len())));
    let expands = format!("accounts?$expand={}", "parentaccountid($expand=".repeat(1_000));
    texts
        .map(str::to_owned)
        .into_iter()
        .chain(deep)
        .chain(wide)
        .chain([expands])
        .collect()
}

/// Whether an answer begins with a status that the service could have meant: some hostile texts are conditions like others.
fn meant(answer: &str) -> bool {
    answer.starts_with("HTTP/1.1 2") || refused(answer)
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_addresses_do_nothing_alone_and_in_batches() {
    let target = Target::start();
    let accounts = format!("http://{}/api/data/v9.2/accounts", target.address);
    let row = client().post(&accounts).body("{\"name\":\"still here\"}");
    assert_eq!(row.send().await.unwrap().status().as_u16(), 204);
    for address in hostile_addresses() {
        // As a request line takes it: blanks and what isn't ASCII escaped, all else as it is.
        let escaped: String = address
            .bytes()
            .map(|byte| match byte {
                b'!'..=b'~' => char::from(byte).to_string(),
                _ => format!("%{byte:02x}"),
            })
            .collect();
        for method in ["GET", "PATCH", "DELETE"] {
            let request = format!(
                "{method} /api/data/v9.2/{escaped} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{{}}"
            );
            let answer = target.send(&request, std::iter::empty()).await;
            assert!(meant(&answer), "{method} {}: {answer}", short(&address));
        }
        let batch = format!(
            "--b\r\nContent-Type: application/http\r\n\r\nGET {address} HTTP/1.1\r\n\r\n\r\n--b--\r\n"
        );
        let head = post("$batch", "multipart/mixed; boundary=b");
        let answer = target.send(&head, std::iter::once(batch.into_bytes())).await;
        assert!(meant(&answer), "in a batch: {}: {answer}", short(&address));
    }
    let rows: serde_json::Value = client()
        .get(&accounts)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(rows["value"].as_array().map(Vec::len), Some(1));
    assert_eq!(rows["value"][0]["name"], "still here");
    target.goes_on_within(200 * MEBIBYTE).await;
}

#[tokio::test]
async fn sql_in_values_is_text() {
    let served = support::rows::serve(serde_json::json!({})).await;
    let texts = [
        "'; DROP TABLE account; --",
        "\" OR \"\"=\"",
        "'' UNION SELECT name FROM sqlite_master --",
        "%_[a-z]^\\",
        "\0\u{1}\u{7f}",
        "?1 :name @name $1",
    ];
    for text in texts {
        let path = served
            .create(
                "accounts",
                &serde_json::json!({"name": text, "accountnumber": "1"}),
            )
            .await;
        assert_eq!(served.get(&path).await["name"], text);
        let quoted = text.replace('\'', "''");
        let query = [
            ("$filter", format!("name eq '{quoted}'")),
            ("$orderby", "name".to_owned()),
        ];
        let request = served.client.get(served.running.api() + "accounts").query(&query);
        let found: serde_json::Value = request.send().await.unwrap().json().await.unwrap();
        assert_eq!(
            found["value"].as_array().map(Vec::len),
            Some(1),
            "{text:?}: {found}"
        );
        served
            .patch(&path, &serde_json::json!({"name": format!("{text}{text}")}))
            .await
            .is_done();
        served.delete(&path).await.is_done();
    }
}

fn short(text: &str) -> String {
    text.chars().take(200).collect()
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
