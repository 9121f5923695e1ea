//! The program: what it prints, what it serves, what it says when it can't.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_dataverse-emulator");
const SNAPSHOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../generated-example/snapshot");

/// A process that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn it_prints_its_address_and_serves() {
    let mut child = Command::new(PROGRAM)
        .args([
            "--snapshot",
            SNAPSHOT,
            "--listen",
            "127.0.0.1:0",
            "--auth",
            "required",
        ])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut first)
        .unwrap();
    let _running = Running(child);
    let api = first.trim_end();
    assert!(
        api.starts_with("http://127.0.0.1:") && api.ends_with("/api/data/v9.2/"),
        "{api}"
    );
    let response = support::client()
        .get(format!("{api}accounts"))
        .send()
        .await
        .unwrap();
    assert_eq!(response.status().as_u16(), 401);
    assert!(
        response.headers()["www-authenticate"]
            .to_str()
            .unwrap()
            .contains("authorization_uri=")
    );
}

#[test]
fn it_says_what_is_wrong() {
    let run = |arguments: &[&str]| Command::new(PROGRAM).args(arguments).output().unwrap();
    let missing = run(&["--snapshot", "no-such-folder"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&missing.stderr).starts_with("error: "));
    let taken = run(&["--snapshot", SNAPSHOT, "--listen", "256.0.0.1:x"]);
    assert!(String::from_utf8_lossy(&taken.stderr).contains("256.0.0.1:x"));
    assert_eq!(run(&["--listen", "x"]).status.code(), Some(2));
    let help = run(&["--help"]);
    assert!(String::from_utf8_lossy(&help.stdout).contains("Examples:"));
}
