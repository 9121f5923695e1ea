//! Protection limits, faults on request, the request log and the emulator's own addresses.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use dataverse_emulator::Clock;
use dataverse_emulator::limits::{Cut, Delay, Fails, Faults, Limits, Rule};
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::time::{Duration, Instant, SystemTime};
use support::{client, code, start};

fn one(rule: Rule) -> Faults {
    Faults {
        seed: 1,
        rules: vec![rule],
    }
}

#[tokio::test]
async fn requests_are_limited_in_a_window_that_the_clock_moves() {
    let clock = Clock::stopped_at(SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000));
    let limits = Limits {
        requests: 2,
        ..Limits::default()
    };
    let (running, notes) = start(|builder| builder.limits(limits).clock(clock.clone())).await;
    let send = || client().post(running.api() + "accounts").body("x").send();
    let first = send().await.unwrap();
    assert_eq!(
        first.headers()["x-ms-ratelimit-burst-remaining-xrm-requests"],
        "1"
    );
    send().await.unwrap();
    let refused = send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.headers()["retry-after"], "300");
    let body: Value = refused.json().await.unwrap();
    assert_eq!(code(&body), "0x80072322");
    assert_eq!(
        body["error"]["message"],
        "Number of requests exceeded the limit of 2 over time window of 300 seconds."
    );
    running.clock().advance(Duration::from_secs(301));
    assert_eq!(send().await.unwrap().status(), StatusCode::NO_CONTENT);
    assert_eq!(notes.written().len(), 3);
}

#[tokio::test]
async fn time_of_execution_is_limited() {
    let limits = Limits {
        execution: Duration::from_millis(200),
        ..Limits::default()
    };
    let clock = Clock::stopped_at(SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000));
    let (running, _) = start(|builder| builder.limits(limits).clock(clock)).await;
    let slow = client().get(running.api() + "slow").send().await.unwrap();
    assert_eq!(
        slow.headers()["x-ms-ratelimit-time-remaining-xrm-requests"],
        "0.00"
    );
    let refused = client().get(running.api() + "accounts").send().await.unwrap();
    let wait: u64 = refused.headers()["retry-after"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((295..=300).contains(&wait), "{wait}");
    assert_eq!(code(&refused.json().await.unwrap()), "0x80072321");
}

#[tokio::test]
async fn requests_at_once_are_limited() {
    let limits = Limits {
        concurrent: 2,
        ..Limits::default()
    };
    let (running, notes) = start(|builder| builder.limits(limits)).await;
    let send = |path| tokio::spawn(client().get(running.api() + path).send());
    let mut under_way = Vec::new();
    for _ in 0..2 {
        under_way.push(send("held"));
        notes.came.notified().await;
    }
    for _ in 0..4 {
        let refused = send("accounts").await.unwrap().unwrap();
        assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(refused.headers()["retry-after"], "1");
        assert_eq!(code(&refused.json().await.unwrap()), "0x80072326");
    }
    notes.release();
    for response in under_way {
        assert!(response.await.unwrap().unwrap().status().is_success());
    }
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
async fn refusals_come_every_n_in_the_form_that_was_asked_for() {
    let clock = Clock::stopped_at(SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_775));
    let (running, notes) = start(|builder| builder.clock(clock)).await;
    let send = || client().post(running.api() + "accounts").body("x").send();
    running.set_faults(one(Rule {
        every: 2,
        fails: Some(Fails {
            status: 503,
            retry_after: Some(2),
            date: true,
            ..Fails::default()
        }),
        ..Rule::default()
    }));
    assert_eq!(send().await.unwrap().status(), StatusCode::NO_CONTENT);
    let refused = send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(refused.headers()["retry-after"], "Sun, 06 Nov 1994 08:49:37 GMT");
    assert_eq!(send().await.unwrap().status(), StatusCode::NO_CONTENT);
    running.set_faults(one(Rule {
        fails: Some(Fails {
            status: 502,
            html: true,
            ..Fails::default()
        }),
        ..Rule::default()
    }));
    let page = send().await.unwrap();
    assert_eq!(page.status(), StatusCode::BAD_GATEWAY);
    assert!(page.text().await.unwrap().starts_with("<!DOCTYPE html>"));
    running.set_faults(one(Rule {
        fails: Some(Fails {
            status: 500,
            code: Some("0x80044150".to_owned()),
            message: Some("Generic SQL error.".to_owned()),
            ..Fails::default()
        }),
        ..Rule::default()
    }));
    assert_eq!(code(&send().await.unwrap().json().await.unwrap()), "0x80044150");
    assert_eq!(notes.written().len(), 2);
}

#[tokio::test]
async fn connections_are_cut_before_and_after_the_work() {
    let (running, notes) = start(|builder| builder).await;
    let send = || client().post(running.api() + "accounts").body("x").send();
    for (cut, written) in [(Cut::Before, 0), (Cut::After, 1)] {
        running.set_faults(one(Rule {
            cut: Some(cut),
            times: Some(1),
            ..Rule::default()
        }));
        assert!(send().await.is_err(), "{cut:?}");
        assert_eq!(notes.written().len(), written, "{cut:?}");
        assert_eq!(running.requests().last().unwrap().status, 0);
    }
    assert_eq!(send().await.unwrap().status(), StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn bodies_are_truncated_and_answers_late() {
    let (running, _) = start(|builder| builder).await;
    running.set_faults(Faults {
        seed: 1,
        rules: vec![
            Rule {
                path: Some("large".to_owned()),
                truncate: Some(10),
                ..Rule::default()
            },
            Rule {
                path: Some("contacts".to_owned()),
                delay: Some(Delay {
                    from: 300,
                    to: Some(400),
                }),
                ..Rule::default()
            },
        ],
    });
    let plain = reqwest::Client::builder().no_proxy().no_gzip().build().unwrap();
    let response = plain.get(running.api() + "large").send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert!(response.content_length().unwrap() > 100_000);
    assert!(response.bytes().await.is_err());
    let started = Instant::now();
    client().get(running.api() + "contacts").send().await.unwrap();
    assert!(started.elapsed() >= Duration::from_millis(300));
}

#[tokio::test]
async fn other_processes_control_it_over_http() {
    let (running, _) = start(|builder| builder).await;
    let control = |path: &str| format!("{}/emulator/{path}", running.url());
    let faults = json!({"seed": 7, "rules": [{"method": "GET", "every": 1, "times": 1, "fails": {"status": 429, "retry_after": 3}}]});
    let set: Value = client()
        .post(control("faults"))
        .json(&faults)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(set["applied"], json!([0]));
    let refused = client().get(running.api() + "accounts").send().await.unwrap();
    assert_eq!(
        (refused.status().as_u16(), &refused.headers()["retry-after"]),
        (429, &"3".parse().unwrap())
    );
    let got: Value = client()
        .get(control("faults"))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(
        (&got["applied"], &got["rules"][0]["every"]),
        (&json!([1]), &json!(1))
    );
    let ended: Value = client()
        .delete(control("faults"))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(ended["rules"], json!([]));
    let wrong = client()
        .post(control("faults"))
        .json(&json!({"rulez": []}))
        .send()
        .await
        .unwrap();
    assert_eq!(wrong.status(), StatusCode::BAD_REQUEST);
    let before = running.clock().seconds();
    client()
        .post(control("clock"))
        .json(&json!({"advance": 600}))
        .send()
        .await
        .unwrap();
    assert!(running.clock().seconds() >= before + 600);
    let seeded: Value = client()
        .post(control("seed"))
        .body("12345")
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(seeded["seeded"], 5);
    assert_eq!(
        client().get(control("nothing")).send().await.unwrap().status(),
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        client().put(control("clock")).send().await.unwrap().status(),
        StatusCode::METHOD_NOT_ALLOWED
    );
}

#[tokio::test]
async fn the_log_says_what_arrived_and_keeps_no_token() {
    let (running, _) = start(|builder| builder.remember(2, 4)).await;
    for (path, body) in [
        ("accounts", "first"),
        ("contacts?tag=import", "second"),
        ("leads", ""),
    ] {
        let request = client()
            .post(running.api() + path)
            .bearer_auth("secret")
            .body(body);
        request
            .header("MSCRM.BypassBusinessLogicExecution", "CustomSync")
            .send()
            .await
            .unwrap();
    }
    let records = running.requests();
    let paths: Vec<&str> = records.iter().map(|record| record.path.as_str()).collect();
    assert_eq!(paths, ["contacts?tag=import", "leads"]);
    assert_eq!(
        (records[0].body.as_str(), records[0].body_size, records[0].status),
        ("seco", 6, 204)
    );
    assert_eq!(
        records[0].header("mscrm.bypassbusinesslogicexecution"),
        Some("CustomSync")
    );
    let url = format!("{}/emulator/requests", running.url());
    let listed = client().get(&url).send().await.unwrap().text().await.unwrap();
    assert!(listed.contains("contacts?tag=import") && !listed.contains("secret"));
    client().delete(&url).send().await.unwrap();
    assert!(running.requests().is_empty());
}
