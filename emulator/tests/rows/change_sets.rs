//! Change sets: all or nothing, and references to what was written before.

use crate::support::rows::{Served, serve};
use serde_json::{Value, json};

/// Sends a change set, and gives the whole answer.
async fn send(served: &Served, requests: &[(&str, &str, Value)]) -> (u16, String) {
    let mut body = String::from("--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n");
    for (at, (method, url, json)) in requests.iter().enumerate() {
        let url = if url.starts_with('$') {
            (*url).to_owned()
        } else {
            format!("/api/data/v9.2/{url}")
        };
        body += &format!(
            "--c\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: {}\r\n\r\n{method} {url} HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{json}\r\n",
            at + 1
        );
    }
    body += "--c--\r\n\r\n--b--\r\n";
    let response = served
        .client
        .post(served.running.api() + "$batch")
        .header("content-type", "multipart/mixed; boundary=b")
        .body(body)
        .send()
        .await
        .unwrap();
    (response.status().as_u16(), response.text().await.unwrap())
}

#[tokio::test]
async fn references_stand_for_rows_in_every_place() {
    let served = serve(json!({})).await;
    let (status, text) = send(
        &served,
        &[
            (
                "POST",
                "rsk_ports",
                json!({"rsk_name": "Bergen", "rsk_unlocode": "NOBGO"}),
            ),
            (
                "POST",
                "rsk_vessels",
                json!({"rsk_imo": "9312345", "rsk_HomePortId@odata.bind": "$1"}),
            ),
            ("PATCH", "$2", json!({"rsk_name": "Aster"})),
            ("PUT", "$2/rsk_website", json!({"value": "https://rsk.example"})),
            ("POST", "rsk_categories", json!({"rsk_name": "Tankers"})),
            (
                "POST",
                "$2/rsk_vessel_rsk_category/$ref",
                json!({"@odata.id": "$5"}),
            ),
            ("DELETE", "$2/rsk_HomePortId/$ref", json!({})),
            ("PUT", "$2/rsk_HomePortId/$ref", json!({"@odata.id": "$1"})),
        ],
    )
    .await;
    assert_eq!(status, 200, "{text}");
    assert_eq!(text.matches("HTTP/1.1 204").count(), 8, "{text}");
    let row = served
        .get("rsk_vessels(rsk_imo='9312345')?$expand=rsk_HomePortId,rsk_vessel_rsk_category")
        .await;
    assert_eq!(
        (&row["rsk_name"], &row["rsk_HomePortId"]["rsk_name"]),
        (&json!("Aster"), &json!("Bergen"))
    );
    assert_eq!(row["rsk_vessel_rsk_category"][0]["rsk_name"], "Tankers");
}

#[tokio::test]
async fn a_failure_undoes_the_whole_set() {
    let served = serve(json!({})).await;
    let before = served.environment.state().unwrap();
    for last in [
        ("POST", "rsk_ports", json!({"rsk_name": "x"})),
        (
            "PATCH",
            "rsk_vessels(rsk_imo='1')",
            json!({"rsk_HomePortId@odata.bind": "$7"}),
        ),
        (
            "DELETE",
            "rsk_vessels(2b7d0000-0000-4000-8000-00000000dead)",
            json!({}),
        ),
        ("POST", "rsk_nothings", json!({})),
    ] {
        let first = ("POST", "rsk_vessels", json!({"rsk_name": "Aster"}));
        let (status, text) = send(&served, &[first, last]).await;
        assert!(matches!(status, 400 | 404), "{status} {text}");
        assert!(!text.contains("HTTP/1.1 204"), "{text}");
        assert_eq!(served.environment.state().unwrap(), before);
    }
    let (_, text) = send(
        &served,
        &[("POST", "rsk_vessels", json!({"rsk_HomePortId@odata.bind": "$9"}))],
    )
    .await;
    assert!(
        text.contains("Content-ID Reference: '$9' does not exist in the batch context."),
        "{text}"
    );
}

#[tokio::test]
async fn elastic_rows_stay_when_the_set_fails() {
    let served = serve(json!({})).await;
    let (status, _) = send(
        &served,
        &[
            ("POST", "rsk_readings", json!({"rsk_name": "a"})),
            ("POST", "rsk_vessels", json!({"rsk_name": "Aster"})),
            ("POST", "rsk_ports", json!({})),
        ],
    )
    .await;
    assert_eq!(status, 400);
    assert_eq!(
        served.get("rsk_readings").await["value"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        served.get("rsk_vessels").await["value"].as_array().unwrap().len(),
        0
    );
}
