//! FetchXML and views over HTTP. What documents mean is tested beside the queries.

use crate::support::rows::{Served, noon, schema, serve};
use dataverse_codegen::schema::{Access, Column, ColumnKind, Schema, Table};
use dataverse_emulator::{Emulator, Environment};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::sync::Arc;

const VIEW: &str = "5a000000-0000-4000-8000-000000000001";

fn ports() -> Value {
    json!({"rsk_ports": [
        {"rsk_name": "Bergen", "rsk_unlocode": "NOBGO", "rsk_country": "NO"},
        {"rsk_name": "Kiel", "rsk_unlocode": "DEKEL"},
        {"rsk_name": "Narvik", "rsk_unlocode": "NONVK", "rsk_country": "NO"},
    ]})
}

const BY_NAME: &str = "<fetch><entity name='rsk_port'><attribute name='rsk_name'/><order attribute='rsk_name' descending='true'/></entity></fetch>";

fn encoded(xml: &str) -> String {
    xml.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn names(page: &Value) -> Vec<&str> {
    let rows = page["value"].as_array().unwrap();
    rows.iter().map(|row| row["rsk_name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn documents_are_answered_alone_and_in_batches() {
    let served = serve(ports()).await;
    let path = format!("rsk_ports?fetchXml={}", encoded(BY_NAME));
    assert_eq!(names(&served.get(&path).await), ["Narvik", "Kiel", "Bergen"]);
    let body =
        format!("--b\r\nContent-Type: application/http\r\n\r\nGET {path} HTTP/1.1\r\n\r\n\r\n--b--\r\n");
    let response = served
        .client
        .post(served.running.api() + "$batch")
        .header("content-type", "multipart/mixed; boundary=b")
        .body(body)
        .send()
        .await
        .unwrap();
    let text = response.text().await.unwrap();
    let order = ["HTTP/1.1 200", "Narvik", "Kiel", "Bergen"].map(|part| text.find(part).unwrap());
    assert!(order.is_sorted(), "{text}");
    for (xml, code) in [
        ("<fetch>", "0x80040201"),
        ("<fetch><entity name='rsk_nothing'/></fetch>", "0x80041102"),
        ("<fetch><entity name='rsk_vessel'/></fetch>", "0x80060888"),
    ] {
        let path = format!("rsk_ports?fetchXml={}", encoded(xml));
        served
            .send(Method::GET, &path, &[], None)
            .await
            .is_refused(400, code);
    }
}

fn column(name: &str, kind: ColumnKind) -> Column {
    Column {
        name: name.to_owned(),
        schema_name: None,
        label: Default::default(),
        description: Default::default(),
        kind,
        access: Some(Access::ALL),
        required: None,
        source: Default::default(),
        auto_number: None,
        secured: false,
        logical: false,
        custom: false,
    }
}

/// The example with the tables of views.
fn with_views() -> Schema {
    let mut schema = schema();
    let memo = schema.tables["rsk_vessel"].column("rsk_remarks").unwrap().clone();
    for name in ["savedquery", "userquery"] {
        let mut table = Table {
            name: name.to_owned(),
            entity_set: Some(name.replace("query", "queries")),
            primary_id: format!("{name}id"),
            columns: vec![
                column(&format!("{name}id"), ColumnKind::UniqueId),
                Column {
                    name: "fetchxml".to_owned(),
                    ..memo.clone()
                },
                Column {
                    name: "returnedtypecode".to_owned(),
                    ..memo.clone()
                },
            ],
            ..Table::default()
        };
        table.sort();
        schema.tables.insert(name.to_owned(), table);
        schema.references.remove(name);
    }
    schema
}

async fn served_with_views(xml: &str) -> Served {
    let environment = Environment::builder(with_views()).clock(noon()).open().unwrap();
    let mut rows = ports();
    rows["savedqueries"] = json!([{"savedqueryid": VIEW, "fetchxml": xml, "returnedtypecode": "rsk_port"}]);
    rows["userqueries"] = json!([{"userqueryid": VIEW, "fetchxml": xml, "returnedtypecode": "rsk_port"}]);
    environment.seed(&rows.to_string()).unwrap();
    let environment = Arc::new(environment);
    let running = Emulator::builder(environment.clone()).start().await.unwrap();
    Served {
        running,
        environment,
        client: crate::support::client(),
    }
}

#[tokio::test]
async fn views_are_documents_in_rows() {
    let served = served_with_views(BY_NAME).await;
    for option in ["savedQuery", "userQuery"] {
        let path = format!("rsk_ports?{option}={VIEW}");
        assert_eq!(names(&served.get(&path).await), ["Narvik", "Kiel", "Bergen"]);
        let other = format!("rsk_vessels?{option}={VIEW}");
        served
            .send(Method::GET, &other, &[], None)
            .await
            .is_refused(400, "0x80060888");
        let missing = format!("rsk_ports?{option}=5a000000-0000-4000-8000-00000000dead");
        served
            .send(Method::GET, &missing, &[], None)
            .await
            .is_refused(404, "0x80040217");
        let unreadable = format!("rsk_ports?{option}=Active");
        served
            .send(Method::GET, &unreadable, &[], None)
            .await
            .is_refused(400, "0x80060888");
    }
    let counted = served
        .get(&format!("rsk_ports?savedQuery={VIEW}&$count=true"))
        .await;
    assert_eq!(counted["@odata.count"], 3);
}

#[tokio::test]
async fn pages_of_views_have_addresses() {
    const LINKED: &str = "<fetch><entity name='rsk_port'><attribute name='rsk_name'/>\
        <link-entity name='systemuser' from='systemuserid' to='createdby' link-type='outer' alias='u'><order attribute='fullname'/></link-entity>\
        <order attribute='rsk_name' descending='true'/></entity></fetch>";
    for xml in [BY_NAME, LINKED] {
        let served = served_with_views(xml).await;
        let mut found = Vec::new();
        let mut path = format!("rsk_ports?savedQuery={VIEW}");
        loop {
            let prefer = [("prefer", "odata.maxpagesize=1")];
            let reply = served.send(Method::GET, &path, &prefer, None).await;
            assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
            assert_eq!(reply.headers["preference-applied"], "odata.maxpagesize=1");
            let page = reply.json();
            assert_eq!(page["value"].as_array().unwrap().len(), 1);
            found.extend(names(&page).into_iter().map(str::to_owned));
            match page["@odata.nextLink"].as_str() {
                Some(next) => path = next.strip_prefix(&served.running.api()).unwrap().to_owned(),
                None => break,
            }
        }
        assert_eq!(found, ["Narvik", "Kiel", "Bergen"], "{xml}");
    }
}

#[tokio::test]
async fn views_without_their_table_are_unsupported() {
    let served = serve(json!({})).await;
    let path = format!("rsk_ports?savedQuery={VIEW}");
    let reply = served.send(Method::GET, &path, &[], None).await;
    reply.is_refused(501, "0x80048d0b");
    assert!(reply.text.contains("savedQuery"), "{}", reply.text);
}
