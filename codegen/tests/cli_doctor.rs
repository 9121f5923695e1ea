//! `dataverse-codegen doctor` where something else than an environment answers.

#![cfg(all(feature = "fetch", target_os = "linux"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread;

use support::cli::Place;
use support::live::Live;

/// What the doctor says where every request is answered so: the end of the status line, headers and a body.
fn examined(status: &str, headers: &str, body: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let answer = format!(
        "HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let lines = BufReader::new(&stream).lines();
            lines
                .map(Result::unwrap)
                .take_while(|line| !line.is_empty())
                .count();
            stream.write_all(answer.as_bytes()).unwrap();
        }
    });
    let place = Place::new();
    place.write("dataverse.toml", format!("[environments.dev]\nurl = \"{url}\"\n"));
    let ran = place.run("doctor");
    assert_eq!(ran.code, Some(1), "{ran:#?}");
    ran.out
}

#[test]
fn what_is_no_web_api_is_told_at_once() {
    let html = "Content-Type: text/html\r\n";
    let moved = "Location: https://login.microsoftonline.com/\r\n";
    for told in [
        examined(
            "200 OK",
            html,
            "<html><title>Sign in to your account</title></html>",
        ),
        examined("200 OK", "Content-Type: application/json\r\n", "{\"x\":1}"),
        examined("302 Found", moved, ""),
    ] {
        assert!(told.contains("WRONG sign-in"), "{told}");
        assert!(
            told.contains("this isn't the Web API, but perhaps a sign-in page"),
            "{told}"
        );
        assert!(
            !told.contains("[selection]"),
            "what follows from it isn't told: {told}"
        );
    }
}

#[test]
fn a_missing_privilege_is_told_apart_from_a_user_who_is_no_member() {
    let json = "Content-Type: application/json\r\n";
    let refused = |code: &str| {
        let body = format!(r#"{{"error":{{"code":"{code}","message":"no"}}}}"#);
        examined("403 Forbidden", json, &body)
    };
    assert!(refused("0x80040220").contains("-> give the user a security role that grants the privilege"));
    assert!(refused("0x80072560").contains("-> the user isn't a member"));
}

#[test]
fn a_misspelt_table_is_told() {
    let live = Live::example();
    let place = Place::new();
    place.write(
        "dataverse.toml",
        format!(
            "[environments.dev]\nurl = \"{}\"\n[selection]\ntables = [\"contact\", \"acount\"]\n",
            live.url()
        ),
    );
    let told = place.run("doctor").ok().out;
    assert!(
        told.contains("there is no table `acount` (did you mean `account`?)"),
        "{told}"
    );
}

#[test]
fn why_nobody_can_be_reached_is_told() {
    let place = Place::new();
    place.write(
        "dataverse.toml",
        "[environments.dev]\nurl = \"http://127.0.0.1:1\"\n",
    );
    let ran = place.run("doctor");
    assert_eq!(ran.code, Some(1), "{ran:#?}");
    assert!(
        ran.out.contains("Connection refused"),
        "the cause of the cause: {}",
        ran.out
    );
}
