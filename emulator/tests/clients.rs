//! What the clients of other people ask for beside rows and queries (`cargo xtask interop` runs the clients themselves).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use dataverse_emulator::identity::Directory;
use dataverse_emulator::{Fault, Reply};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use support::rows::serve;

const APPLICATION: &str = "5d1c0d9a-7d4c-4b3f-9a1e-000000000003";

#[tokio::test]
async fn who_acts_for_another_user_is_noted() {
    let served = serve(json!({})).await;
    let port = json!({"rsk_name": "Bergen", "rsk_unlocode": "NOBGO"});
    let on_behalf = [("MSCRMCallerID", APPLICATION)];
    let created = served
        .send(Method::POST, "rsk_ports", &on_behalf, Some(&port))
        .await;
    let path = served.path_of(&created);
    let noted = |row: &Value| {
        [
            "_createdby_value",
            "_createdonbehalfby_value",
            "_modifiedby_value",
            "_modifiedonbehalfby_value",
        ]
        .map(|column| row[column].as_str().map(str::to_owned))
    };
    let [application, administrator] = [APPLICATION, Directory::ADMINISTRATOR].map(|id| Some(id.to_owned()));
    let pairs = [&application, &administrator, &application, &administrator].map(Clone::clone);
    assert_eq!(noted(&served.get(&path).await), pairs);
    // The next write is the caller's own.
    served.patch(&path, &json!({"rsk_berths": 3})).await.is_done();
    let own = [
        application.clone(),
        administrator.clone(),
        administrator.clone(),
        None,
    ];
    assert_eq!(noted(&served.get(&path).await), own);
    // In a batch each part says for whom it is.
    let part = |header: &str, name: &str| {
        format!(
            "--b\r\nContent-Type: application/http\r\n\r\nPOST /api/data/v9.2/rsk_categories HTTP/1.1\r\n{header}Prefer: return=representation\r\n\r\n{{\"rsk_name\":\"{name}\"}}\r\n"
        )
    };
    let body = [
        part(&format!("MSCRMCallerID: {APPLICATION}\r\n"), "a"),
        part("", "b"),
        "--b--\r\n".to_owned(),
    ]
    .concat();
    let batch = served.client.post(served.running.api() + "$batch").body(body);
    let batch = batch.header("Content-Type", "multipart/mixed; boundary=b");
    assert_eq!(batch.send().await.unwrap().status(), StatusCode::OK);
    let rows = served.get("rsk_categories?$orderby=rsk_name").await;
    let delegates = [0, 1].map(|at| {
        rows["value"][at]["_createdonbehalfby_value"]
            .as_str()
            .map(str::to_owned)
    });
    assert_eq!(delegates, [administrator, None]);
}

#[tokio::test]
async fn what_is_not_done_is_refused_by_name() {
    let served = serve(json!({})).await;
    served.environment.on("rsk_Echo", |_, _| {
        Err::<Reply, _>(Fault::bad_payload("in the foreground"))
    });
    let later = [("Prefer", "respond-async")];
    let empty = json!({});
    for (method, path, headers, feature) in [
        (
            Method::POST,
            "CreateEntities".to_owned(),
            &[][..],
            "changing the schema by the Web API (CreateEntities)",
        ),
        (
            Method::POST,
            "PublishXml".to_owned(),
            &[],
            "changing the schema by the Web API (PublishXml)",
        ),
        (
            Method::POST,
            "rsk_Echo".to_owned(),
            &later,
            "background operations: the preference 'respond-async'",
        ),
        (
            Method::GET,
            "rsk_vessels?sql=select%20rsk_name%20from%20rsk_vessel".to_owned(),
            &[],
            "the query option 'sql'",
        ),
    ] {
        let body = (method != Method::GET).then_some(&empty);
        let reply = served.send(method, &path, headers, body).await;
        assert_eq!(
            reply.status,
            StatusCode::NOT_IMPLEMENTED,
            "{path}: {}",
            reply.text
        );
        let message = format!("This emulator does not support {feature}.");
        assert_eq!(reply.json()["error"]["message"], message.as_str(), "{path}");
    }
    served
        .post("rsk_Echo", &empty)
        .await
        .is_refused(400, "0x80048d19");
    assert_eq!(
        served.post("CreateEntity", &empty).await.status,
        StatusCode::NOT_FOUND
    );
}
