//! Values of every kind of column: what is kept is what was written, and what isn't one is refused.

use crate::support::rows::{Served, serve};
use proptest::prelude::*;
use serde_json::{Value, json};

#[tokio::test]
async fn values_out_of_bounds_are_refused() {
    let served = serve(json!({})).await;
    let long = "x".repeat(161);
    let pairs = "\u{1f600}".repeat(81);
    for (body, code) in [
        (json!({"rsk_name": long}), "0x80044331"),
        (json!({"rsk_name": pairs}), "0x80044331"),
        (json!({"rsk_crew": -1}), "0x8004432f"),
        (json!({"rsk_crew": 5001}), "0x8004432f"),
        (json!({"rsk_draught": 50.01}), "0x80044330"),
        (json!({"rsk_latitude": 90.5}), "0x80044330"),
        (json!({"rsk_dayrate": -0.01}), "0x80044330"),
        (json!({"rsk_hulltype": 5}), "0x8004431a"),
        (json!({"rsk_flagstate": 5}), "0x8004431a"),
        (json!({"rsk_features": "814250000,5"}), "0x8004431a"),
        (json!({"rsk_features": "a"}), "0x8004431a"),
        (json!({"rsk_lastseen": "1752-12-31T23:59:59Z"}), "0x80040239"),
        (json!({"rsk_built": "1752-12-31"}), "0x80040239"),
    ] {
        let reply = served.post("rsk_vessels", &body).await;
        reply.is_refused(400, code);
    }
}

#[tokio::test]
async fn values_of_another_type_are_refused() {
    let served = serve(json!({})).await;
    for body in [
        json!({"rsk_name": 5}),
        json!({"rsk_crew": "5"}),
        json!({"rsk_crew": 5.5}),
        json!({"rsk_crew": 2_147_483_648_i64}),
        json!({"rsk_distance": 9_223_372_036_854_775_808_u64}),
        json!({"rsk_draught": "5"}),
        json!({"rsk_latitude": true}),
        json!({"rsk_dayrate": {}}),
        json!({"rsk_active": 1}),
        json!({"rsk_hulltype": "814250000"}),
        json!({"rsk_features": 814_250_000}),
        json!({"rsk_lastseen": "2024-03-05T08:30:00"}),
        json!({"rsk_lastseen": "yesterday"}),
        json!({"rsk_built": "2024-03-05T00:00:00Z"}),
        json!({"rsk_built": "2024-02-30"}),
        json!({"rsk_age": "old"}),
    ] {
        served
            .post("rsk_vessels", &body)
            .await
            .is_refused(400, "0x80048d19");
    }
    for (body, code) in [
        // XML can't hold these characters.
        (json!({"rsk_name": "a\u{0}b"}), "0x80040278"),
        (json!({"rsk_description": "\u{1f}"}), "0x80040278"),
        (json!({"rsk_photo": "AAAA"}), "0x80072553"),
        (json!({"rsk_photo": "!"}), "0x80048d19"),
        (json!({"rsk_certificate": "x"}), "0x80048d19"),
    ] {
        served.post("rsk_vessels", &body).await.is_refused(400, code);
    }
}

#[tokio::test]
async fn dates_have_three_behaviours() {
    let served = serve(json!({})).await;
    let body = json!({
        "rsk_lastseen": "2024-03-05T01:30:00.987+02:00",
        "rsk_cutoff": "2024-03-05T01:30:00+02:00",
        "rsk_built": "2024-03-05",
        "rsk_surveydue": "2024-03-05"
    });
    let row = served.get(&served.create("rsk_vessels", &body).await).await;
    assert_eq!(row["rsk_lastseen"], "2024-03-04T23:30:00Z");
    assert_eq!(row["rsk_cutoff"], "2024-03-05T01:30:00Z");
    assert_eq!(row["rsk_built"], "2024-03-05");
    assert_eq!(row["rsk_surveydue"], "2024-03-05T00:00:00Z");
}

#[tokio::test]
async fn texts_lose_their_trailing_spaces_and_choices_are_put_in_order() {
    let served = serve(json!({})).await;
    let body = json!({
        "rsk_name": " a b \t\n ", "rsk_description": "   ", "rsk_website": "",
        "rsk_features": " 814250003,814250001, 814250003", "rsk_condition": -1
    });
    let row = served.get(&served.create("rsk_vessels", &body).await).await;
    assert_eq!(
        (&row["rsk_name"], &row["rsk_description"]),
        (&json!(" a b"), &Value::Null)
    );
    assert_eq!(row["rsk_website"], Value::Null);
    assert_eq!(
        (&row["rsk_features"], &row["rsk_condition"]),
        (&json!("814250001,814250003"), &json!(-1))
    );
    let longest = "\u{1f600}".repeat(80);
    let row = served
        .get(&served.create("rsk_vessels", &json!({"rsk_name": longest})).await)
        .await;
    assert_eq!(row["rsk_name"], longest);
}

/// A text without trailing spaces, and without the characters that XML can't hold.
fn text() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        1 => Just(None),
        9 => proptest::collection::vec(any::<char>(), 0..40).prop_map(|chars| {
            let of_xml = |c: &char| !matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}');
            let text: String = chars.into_iter().filter(of_xml).collect();
            let text = text.trim_end();
            (!text.is_empty()).then(|| text.to_owned())
        }),
    ]
}

fn options() -> impl Strategy<Value = String> {
    proptest::sample::subsequence((814_250_000..=814_250_005).collect::<Vec<i32>>(), 1..=6)
        .prop_map(|values| values.iter().map(i32::to_string).collect::<Vec<_>>().join(","))
}

/// The text of a body and what is read back of it: numbers by their text.
fn check(
    served: &Served,
    runtime: &tokio::runtime::Runtime,
    members: &[(&str, String)],
) -> Result<(), TestCaseError> {
    let body: Vec<String> = members
        .iter()
        .map(|(name, value)| format!("\"{name}\":{value}"))
        .collect();
    let body = format!("{{{}}}", body.join(","));
    let text = runtime.block_on(async {
        let url = served.running.api() + "rsk_vessels";
        let created = served.client.post(&url).body(body.clone()).send().await.unwrap();
        let status = created.status();
        let location = created
            .headers()
            .get("location")
            .map(|url| url.to_str().unwrap().to_owned());
        assert!(status.is_success(), "{body}: {}", created.text().await.unwrap());
        served
            .client
            .get(location.unwrap())
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap()
    });
    let read: std::collections::HashMap<String, Box<serde_json::value::RawValue>> =
        serde_json::from_str(&text).unwrap();
    for (name, value) in members {
        let found = read[*name].get();
        let same = match (number(found), number(value)) {
            (Some(one), Some(other)) => one == other,
            _ => {
                serde_json::from_str::<Value>(found).unwrap() == serde_json::from_str::<Value>(value).unwrap()
            }
        };
        prop_assert!(same, "{name}: {value} became {found}");
    }
    Ok(())
}

/// A decimal without the zeros that say nothing.
fn number(text: &str) -> Option<String> {
    let shaped = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.'));
    shaped.then(|| match text.split_once('.') {
        Some((whole, part)) => format!("{whole}.{}", part.trim_end_matches('0'))
            .trim_end_matches('.')
            .to_owned(),
        None => text.to_owned(),
    })
}

#[test]
fn any_value_of_any_kind_is_read_as_it_was_written() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let served = runtime.block_on(serve(json!({})));
    let strategy = (
        (text(), text(), any::<bool>(), 0..=5000_i32, any::<i64>()),
        (
            0..=5000_i64,
            0..=1_000_000_000_i64,
            0..=10_000_000_000_000_i64,
            -90.0..=90.0_f64,
        ),
        (
            0..=3_i32,
            options(),
            -6_800_000_000_i64..=250_000_000_000,
            -79_000..=2_900_000_i64,
        ),
    );
    let config = ProptestConfig {
        cases: 64,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let hundredths = |value: i64| format!("{}.{:02}", value / 100, value % 100);
    runner
        .run(
            &strategy,
            |(
                (name, memo, flag, crew, distance),
                (draught, rate, insured, latitude),
                (hull, features, seen, built),
            )| {
                let second = jiff::Timestamp::from_second(seen).unwrap().to_string();
                let day = (jiff::civil::date(1970, 1, 1) + jiff::Span::new().days(built)).to_string();
                check(
                    &served,
                    &runtime,
                    &[
                        ("rsk_name", serde_json::to_string(&name).unwrap()),
                        ("rsk_description", serde_json::to_string(&memo).unwrap()),
                        ("rsk_active", flag.to_string()),
                        ("rsk_crew", crew.to_string()),
                        ("rsk_distance", distance.to_string()),
                        ("rsk_draught", hundredths(draught)),
                        ("rsk_dayrate", hundredths(rate)),
                        ("rsk_insuredvalue", hundredths(insured)),
                        ("rsk_latitude", serde_json::to_string(&latitude).unwrap()),
                        ("rsk_hulltype", (814_250_000 + hull).to_string()),
                        ("rsk_features", format!("\"{features}\"")),
                        ("rsk_lastseen", format!("\"{second}\"")),
                        ("rsk_cutoff", format!("\"{second}\"")),
                        ("rsk_built", format!("\"{day}\"")),
                    ],
                )
            },
        )
        .unwrap();
}
