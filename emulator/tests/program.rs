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

/// The program with a data file, and the root of its Web API.
fn start(arguments: &[&str]) -> (Running, String) {
    let mut child = Command::new(PROGRAM)
        .args(["--snapshot", SNAPSHOT, "--listen", "127.0.0.1:0", "--unlimited"])
        .args(arguments)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut first)
        .unwrap();
    (Running(child), first.trim_end().to_owned())
}

#[tokio::test]
async fn what_was_acknowledged_survives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("rows.db");
    let arguments = ["--data", data.to_str().unwrap()];
    let mut acknowledged = 0;
    for round in 0..3 {
        let (mut running, api) = start(&arguments);
        for number in 0..acknowledged {
            let url = format!("{api}rsk_vessels(rsk_imo='{number}')");
            let row = support::client().get(url).send().await.unwrap();
            assert_eq!(
                row.status().as_u16(),
                200,
                "round {round}, row {number} of {acknowledged}"
            );
        }
        // Writes go on while the process is killed: those that were answered count.
        let (told, mut answers) = tokio::sync::mpsc::unbounded_channel();
        let first = acknowledged;
        let writes = tokio::spawn(async move {
            let client = support::client();
            for number in first.. {
                let body = serde_json::json!({"rsk_imo": number.to_string()});
                let url = format!("{api}rsk_vessels");
                match client.post(url).json(&body).send().await {
                    Ok(reply) if reply.status().as_u16() == 204 => told.send(number).unwrap(),
                    Ok(reply) if reply.status().as_u16() == 412 => {}
                    _ => break,
                }
            }
        });
        for _ in 0..20 {
            acknowledged = answers.recv().await.unwrap() + 1;
        }
        running.0.kill().unwrap();
        writes.await.unwrap();
        while let Ok(number) = answers.try_recv() {
            acknowledged = number + 1;
        }
    }
    assert!(acknowledged >= 60);
}

#[tokio::test]
async fn it_starts_with_the_rows_of_a_file_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (data, seed) = (path("rows.db"), path("seed.json"));
    std::fs::write(
        &seed,
        r#"{"rsk_ports": [{"rsk_name": "Bergen", "rsk_unlocode": "NOBGO"}]}"#,
    )
    .unwrap();
    for _ in 0..2 {
        let (running, api) = start(&["--data", &data, "--seed", &seed]);
        let url = format!("{api}rsk_ports?$count=true");
        let rows = support::client().get(url).send().await.unwrap();
        let rows: serde_json::Value = rows.json().await.unwrap();
        assert_eq!(rows["@odata.count"], 1);
        let second = Command::new(PROGRAM)
            .args(["--snapshot", SNAPSHOT, "--listen", "127.0.0.1:0", "--data", &data])
            .output()
            .unwrap();
        assert_eq!(second.status.code(), Some(1));
        let message = String::from_utf8_lossy(&second.stderr);
        assert!(
            message.contains("rows.db") && message.contains("database is locked"),
            "{message}"
        );
        drop(running);
    }
    let no_database = Command::new(PROGRAM)
        .args(["--snapshot", SNAPSHOT, "--data", &seed])
        .output()
        .unwrap();
    assert_eq!(no_database.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&no_database.stderr).contains("not a database"));
    std::fs::write(&seed, r#"{"rsk_ports": [{"rsk_berths": "many"}]}"#).unwrap();
    let wrong = Command::new(PROGRAM)
        .args(["--snapshot", SNAPSHOT, "--seed", &seed])
        .output()
        .unwrap();
    assert_eq!(wrong.status.code(), Some(1));
    let message = String::from_utf8_lossy(&wrong.stderr);
    for part in ["seed.json", "`rsk_ports`", "row 1", "'rsk_berths'"] {
        assert!(message.contains(part), "{message}");
    }
}

#[tokio::test]
async fn it_reads_settings_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (file, seed) = (path("settings.json"), path("seed.json"));
    let settings =
        r#"{"page": 1, "week": "Monday", "fiscal": {"month": 4}, "time_zone": "CET-1CEST,M3.5.0,M10.5.0/3"}"#;
    std::fs::write(&file, settings).unwrap();
    std::fs::write(&seed, r#"{"rsk_ports": [{"rsk_name": "a"}, {"rsk_name": "b"}]}"#).unwrap();
    let (_running, api) = start(&["--settings", &file, "--seed", &seed]);
    let rows = support::client()
        .get(format!("{api}rsk_ports"))
        .send()
        .await
        .unwrap();
    let rows: serde_json::Value = rows.json().await.unwrap();
    assert_eq!(rows["value"].as_array().unwrap().len(), 1);
    for wrong in [
        r#"{"pages": 1}"#,
        r#"{"week": "someday"}"#,
        r#"{"time_zone": "Nowhere"}"#,
        r#"{"page": 0}"#,
    ] {
        std::fs::write(&file, wrong).unwrap();
        let refused = Command::new(PROGRAM)
            .args([
                "--snapshot",
                SNAPSHOT,
                "--listen",
                "127.0.0.1:0",
                "--settings",
                &file,
            ])
            .output()
            .unwrap();
        assert_eq!(refused.status.code(), Some(1), "{wrong}");
    }
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
