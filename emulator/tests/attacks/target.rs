//! The program as a target, and pieces of requests to it.

use crate::support::client;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const PROGRAM: &str = env!("CARGO_BIN_EXE_dataverse-emulator");
const SNAPSHOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../generated-example/snapshot");
pub const MEBIBYTE: usize = 1 << 20;

/// The program as a process of its own, whose memory can be looked at. It ends with the test.
pub struct Target {
    process: Child,
    pub address: String,
}

impl Drop for Target {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Target {
    pub fn start() -> Self {
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
    pub async fn send(&self, head: &str, pieces: impl Iterator<Item = Vec<u8>>) -> String {
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
    pub async fn goes_on_within(&self, most: usize) {
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

pub fn post(path: &str, content_type: &str) -> String {
    format!(
        "POST /api/data/v9.2/{path} HTTP/1.1\r\nHost: x\r\nContent-Type: {content_type}\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
}

pub fn repeated(text: &str, total: usize) -> impl Iterator<Item = Vec<u8>> {
    let piece = text.repeat((MEBIBYTE / text.len()).max(1)).into_bytes();
    std::iter::repeat_n(piece.clone(), total / piece.len())
}

/// Whether an answer begins with a status of 4xx, or with 501.
pub fn refused(answer: &str) -> bool {
    answer.starts_with("HTTP/1.1 4") || answer.starts_with("HTTP/1.1 501")
}
