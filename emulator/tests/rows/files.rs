//! Files: three ways up, two ways down (Microsoft Learn, "Use file column data").

use crate::support::rows::{Served, noon, schema, serve};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use dataverse_codegen::schema::{Access, ColumnKind};
use dataverse_emulator::Environment;
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};

pub const CHUNK: usize = 4 << 20;

/// Sends bytes.
pub async fn send(
    served: &Served,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: Vec<u8>,
) -> Response {
    let mut request = served.client.request(method, served.running.api() + path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(body).send().await.unwrap()
}

async fn upload(served: &Served, path: &str, name: &str, body: &[u8]) {
    let reply = send(
        served,
        Method::PATCH,
        path,
        &[("x-ms-file-name", name)],
        body.to_vec(),
    )
    .await;
    assert_eq!(reply.status(), StatusCode::NO_CONTENT);
}

pub async fn content(served: &Served, path: &str) -> Vec<u8> {
    let reply = send(served, Method::GET, &format!("{path}/$value"), &[], Vec::new()).await;
    assert_eq!(reply.status(), StatusCode::OK, "{path}");
    reply.bytes().await.unwrap().to_vec()
}

pub fn told(reply: &Response, name: &str) -> String {
    let value = reply.headers().get(name);
    value.map_or_else(String::new, |value| value.to_str().unwrap().to_owned())
}

/// A content in which every place looks different.
pub fn bytes(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at.wrapping_mul(31) >> 3) as u8).collect()
}

#[tokio::test]
async fn a_file_goes_up_in_one_request_and_comes_down_whole_or_in_part() {
    let served = serve(json!({})).await;
    let vessel = served.create("rsk_vessels", &json!({"rsk_name": "Aster"})).await;
    let file = format!("{vessel}/rsk_certificate");
    let empty = send(&served, Method::GET, &format!("{file}/$value"), &[], Vec::new()).await;
    assert_eq!(empty.status(), StatusCode::NO_CONTENT);
    let nameless = served.send(Method::PATCH, &file, &[], None).await;
    nameless.is_refused(400, "0x80048d19");
    let before = served.get(&vessel).await;
    upload(&served, &file, "class.pdf", b"0123456789").await;
    let row = served
        .get(&format!("{vessel}?$select=rsk_certificate,versionnumber"))
        .await;
    assert!(row["rsk_certificate"].is_string() && row["versionnumber"] != before["versionnumber"]);
    // Without $value the content is the property's value, in JSON.
    let shown = send(
        &served,
        Method::GET,
        &format!("{file}?size=full"),
        &[("Range", "bytes=8-20")],
        Vec::new(),
    )
    .await;
    assert_eq!(shown.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(
        [
            told(&shown, "x-ms-file-size"),
            told(&shown, "content-disposition")
        ],
        ["10", "attachment; filename=\"class.pdf\""]
    );
    assert_eq!(
        shown.json::<Value>().await.unwrap()["value"],
        STANDARD.encode("89")
    );

    let whole = send(&served, Method::GET, &format!("{file}/$value"), &[], Vec::new()).await;
    assert_eq!(
        [
            "x-ms-file-name",
            "x-ms-file-size",
            "mimetype",
            "content-type",
            "x-ms-chunk-size"
        ]
        .map(|name| told(&whole, name)),
        ["class.pdf", "10", "application/pdf", "application/pdf", ""]
    );
    assert_eq!(whole.bytes().await.unwrap(), &b"0123456789"[..]);
    let range = [("Range", "bytes=2-4")];
    let part = send(
        &served,
        Method::GET,
        &format!("{file}/$value"),
        &range,
        Vec::new(),
    )
    .await;
    assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(
        ["content-range", "x-ms-file-size", "x-ms-chunk-size"].map(|name| told(&part, name)),
        ["bytes 2-4/10", "10", "4194304"]
    );
    assert_eq!(part.bytes().await.unwrap(), &b"234"[..]);
    let behind = [("Range", "bytes=10-")];
    let behind = send(
        &served,
        Method::GET,
        &format!("{file}/$value"),
        &behind,
        Vec::new(),
    )
    .await;
    assert_eq!(behind.status(), StatusCode::RANGE_NOT_SATISFIABLE);

    // The name in the query takes what no header can hold; the header wins.
    let named = format!("{file}?x-ms-file-name=%C3%A6%C3%B8.txt");
    let reply = send(&served, Method::PATCH, &named, &[], b"text".to_vec()).await;
    assert_eq!(reply.status(), StatusCode::NO_CONTENT);
    let whole = send(&served, Method::GET, &format!("{file}/$value"), &[], Vec::new()).await;
    assert_eq!(
        (told(&whole, "x-ms-file-name"), told(&whole, "mimetype")),
        ("%C3%A6%C3%B8.txt".to_owned(), "text/plain".to_owned())
    );
    upload(&served, &named, "header.txt", b"text").await;
    let whole = send(&served, Method::HEAD, &format!("{file}/$value"), &[], Vec::new()).await;
    assert_eq!(told(&whole, "x-ms-file-name"), "header.txt");

    served.delete(&file).await.is_done();
    assert_eq!(served.get(&vessel).await["rsk_certificate"], Value::Null);
    let gone = send(&served, Method::GET, &format!("{file}/$value"), &[], Vec::new()).await;
    assert_eq!(gone.status(), StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn what_a_column_does_not_take_is_refused() {
    let mut schema = schema();
    let vessel = schema.tables.get_mut("rsk_vessel").unwrap();
    let column = vessel
        .columns
        .iter_mut()
        .find(|column| column.name == "rsk_certificate")
        .unwrap();
    column.kind = ColumnKind::File { max_size_kb: Some(1) };
    // The environment's metadata has a column for the name of each file, which is read only.
    let mut name = vessel.column("rsk_website").unwrap().clone();
    name.name = "rsk_certificate_name".to_owned();
    name.access = Some(Access {
        read: true,
        create: false,
        update: false,
    });
    vessel.columns.push(name);
    vessel.sort();
    let served = serve(json!({})).await;
    served.environment.replace(schema).unwrap();
    let vessel = served
        .create("rsk_vessels", &json!({"rsk_certificate": null}))
        .await;
    let file = format!("{vessel}/rsk_certificate");
    let too_long = send(
        &served,
        Method::PATCH,
        &file,
        &[("x-ms-file-name", "a")],
        vec![0; 1_025],
    )
    .await;
    assert_eq!(too_long.status(), StatusCode::BAD_REQUEST);
    assert!(too_long.text().await.unwrap().contains("0x80044a02"));
    upload(&served, &file, "a.txt", &[0; 1_024]).await;
    let row = served.get(&vessel).await;
    assert_eq!(row["rsk_certificate_name"], "a.txt");
    // Files aren't written by bodies, nor emptied by them.
    let file_id = json!({"rsk_certificate": row["rsk_certificate"]});
    served
        .patch(&vessel, &file_id)
        .await
        .is_refused(400, "0x80048d19");
    served
        .put(&file, &json!({"value": null}))
        .await
        .is_refused(400, "0x80060888");
    served
        .patch(&vessel, &json!({"rsk_certificate": null}))
        .await
        .is_done();
    assert_eq!(
        served.get(&vessel).await["rsk_certificate"],
        row["rsk_certificate"]
    );
    let stale = [("If-Match", "W/\"1\""), ("x-ms-file-name", "b.txt")];
    let stale = send(&served, Method::PATCH, &file, &stale, vec![1]).await;
    assert_eq!(stale.status(), StatusCode::PRECONDITION_FAILED);
    served.delete(&file).await.is_done();
    assert_eq!(served.get(&vessel).await["rsk_certificate_name"], Value::Null);
    let nowhere = "rsk_vessels(6f1c0000-0000-4000-8000-000000000001)/rsk_certificate";
    let nowhere = send(
        &served,
        Method::PATCH,
        nowhere,
        &[("x-ms-file-name", "a")],
        vec![1],
    )
    .await;
    assert_eq!(nowhere.status(), StatusCode::NOT_FOUND);
    served
        .delete("rsk_vessels(6f1c0000-0000-4000-8000-000000000001)/rsk_certificate")
        .await
        .is_refused(404, "0x80040217");
}

#[tokio::test]
async fn contents_go_with_their_rows_and_columns_and_come_back_with_the_state() {
    let served = serve(json!({})).await;
    let vessel = served.create("rsk_vessels", &json!({})).await;
    let file = format!("{vessel}/rsk_certificate");
    upload(&served, &file, "a.bin", &[0, 255, 7]).await;
    let state = served.environment.state().unwrap();
    served.delete(&vessel).await.is_done();
    assert!(!served.environment.state().unwrap().to_json().contains("a.bin"));
    served.environment.restore(&state).unwrap();
    assert_eq!(content(&served, &file).await, [0, 255, 7]);
    let mut without = schema();
    let table = without.tables.get_mut("rsk_vessel").unwrap();
    table.columns.retain(|column| column.name != "rsk_certificate");
    served.environment.replace(without).unwrap();
    served.environment.replace(schema()).unwrap();
    let gone = send(&served, Method::GET, &format!("{file}/$value"), &[], Vec::new()).await;
    assert_eq!(gone.status(), StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn contents_are_in_the_file_of_the_database() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rows.db");
    let open = || {
        let environment = Environment::builder(schema())
            .clock(noon())
            .file(&file)
            .open()
            .unwrap();
        std::sync::Arc::new(environment)
    };
    let path = {
        let served = Served::of(open()).await;
        let vessel = served.create("rsk_vessels", &json!({})).await;
        upload(
            &served,
            &format!("{vessel}/rsk_certificate"),
            "a.bin",
            &bytes(CHUNK + 1),
        )
        .await;
        served.running.stop().await;
        format!("{vessel}/rsk_certificate")
    };
    let served = Served::of(open()).await;
    assert!(content(&served, &path).await == bytes(CHUNK + 1));
}
