//! Sending batches: options, and what is repeated.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod multipart;
mod wire;

use crm::account::Account;
use crm::contact::Contact;
use crm::prelude::*;
use dataverse_runtime::{Error, write};
use multipart::{MULTIPART, alone, body, failure, made, set};
use wire::{Server, guid, id};
use wiremock::ResponseTemplate;

#[derive(Debug, Row)]
#[row(table = Account)]
struct Company {
    name: Option<String>,
}

fn answered(status: u16, parts: &[String]) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw(body(parts, "\r\n"), MULTIPART)
}

/// A gateway that doesn't say whether the request went through.
fn lost() -> ResponseTemplate {
    ResponseTemplate::new(503).insert_header("retry-after", "0")
}

fn there_already() -> String {
    set(&[failure(
        None,
        412,
        "0x80040237",
        "A record with matching key values already exists.",
    )])
}

/// The lines of a request that begin so.
fn lines<'t>(request: &'t str, start: &str) -> Vec<&'t str> {
    request.lines().filter(|line| line.starts_with(start)).collect()
}

#[tokio::test]
async fn each_operation_carries_its_own_options() {
    let server = Server::answering(vec![answered(200, &[alone(204, "", ""), alone(204, "", "")])]).await;
    let client = server.client.with(|options| options.tag("whole"));
    let mut batch = client.batch();
    batch.add(
        server
            .client
            .delete(id::<Account>(1))
            .with(|options| options.without_flows()),
    );
    batch.add(write::delete(id::<Account>(2)));
    batch.send().await.unwrap();
    let asked = server.asked_once().await;
    assert!(
        asked.starts_with("POST $batch\ncontent-type: multipart/mixed"),
        "{asked}"
    );
    assert_eq!(
        lines(&asked, "DELETE"),
        [
            format!("DELETE /api/data/v9.2/accounts({}) HTTP/1.1", guid(1)),
            format!("DELETE /api/data/v9.2/accounts({})?tag=whole HTTP/1.1", guid(2)),
        ]
    );
    assert_eq!(lines(&asked, "mscrm.suppresscallback").len(), 1, "{asked}");
}

#[tokio::test]
async fn what_was_done_before_a_failure_is_told() {
    let parts = [alone(204, "", ""), failure(None, 404, "0x80040217", "gone")];
    let server = Server::answering(vec![answered(404, &parts)]).await;
    let mut batch = server.client.batch();
    let first = batch.add(server.client.delete(id::<Account>(1)));
    let second = batch.add(server.client.find::<Company>(id(2)));
    let third = batch.add(server.client.retrieve::<Company>(id(3)));
    let answers = batch.send().await.unwrap();
    answers.get(first).unwrap();
    assert!(answers.get(second).unwrap().is_none());
    assert!(matches!(answers.get(third), Err(Error::Batch(_))));
    assert_eq!(server.asked().await.len(), 1);
}

#[tokio::test]
async fn nothing_is_sent_for_nothing() {
    let server = Server::silent().await;
    let mut batch = server.client.batch();
    let _ = batch.change_set();
    assert!(batch.is_empty());
    batch.send().await.unwrap().all_done().unwrap();
    assert!(server.asked().await.is_empty());
}

#[tokio::test]
async fn a_batch_of_reads_is_repeated() {
    let page = alone(200, "", r#"{"value":[{"name":"Contoso"}]}"#);
    let server = Server::answering(vec![lost(), answered(200, &[page])]).await;
    let mut batch = server.client.batch();
    let rows = batch.add(server.client.query::<Company>());
    let answers = batch.send().await.unwrap();
    assert_eq!(
        answers.get(rows).unwrap().rows[0].name.as_deref(),
        Some("Contoso")
    );
    assert_eq!(server.asked().await.len(), 2);
}

#[tokio::test]
async fn other_writes_are_never_repeated() {
    let server = Server::answering(vec![lost()]).await;
    let mut batch = server.client.batch();
    batch.add(server.client.update(id::<Account>(1), |a| a.fax.clear()));
    batch.add(server.client.delete(id::<Account>(1)));
    let error = batch.send().await.unwrap_err();
    assert!(error.to_string().contains("may have been carried out"), "{error}");
    assert_eq!(server.asked().await.len(), 1);
}

#[tokio::test]
async fn an_error_of_the_database_may_come_after_parts_of_a_batch_are_done() {
    let refusal = wire::json(400, r#"{"error":{"code":"0x80044150","message":"Sql error"}}"#);
    let server = Server::answering(vec![refusal]).await;
    let mut batch = server.client.batch();
    batch.add(server.client.delete(id::<Account>(1)));
    batch.send().await.unwrap_err();
    assert_eq!(server.asked().await.len(), 1);
}

#[tokio::test]
async fn throttling_is_waited_out() {
    let throttled = ResponseTemplate::new(429).insert_header("retry-after", "0");
    let server = Server::answering(vec![throttled, answered(200, &[alone(204, "", "")])]).await;
    let mut batch = server.client.batch();
    let done = batch.add(server.client.delete(id::<Account>(1)));
    batch.send().await.unwrap().get(done).unwrap();
    assert_eq!(server.asked().await.len(), 2);
}

/// The first attempt got through to the end of the first change set, and its answer was lost.
#[tokio::test]
async fn creates_that_were_done_before_are_not_failures() {
    let server = Server::answering(vec![
        lost(),
        answered(412, &[there_already()]),
        answered(
            200,
            &[
                set(&[made(None, 204, "contacts", &guid(3), "")]),
                alone(200, "", r#"{"value":[]}"#),
            ],
        ),
    ])
    .await;
    let mut batch = server.client.batch();
    let mut changes = batch.change_set();
    let account = changes.add(write::create(Account, |a| a.name.set("Contoso")).with_id(id(1)));
    let ray = changes.add(write::create(Contact, |c| c.lastname.set("Ray")).with_id(id(2)));
    let neil = batch
        .change_set()
        .add(write::create(Contact, |c| c.lastname.set("Neil")).with_id(id(3)));
    let rows = batch.add(server.client.query::<Company>());
    let answers = batch.send().await.unwrap();
    assert_eq!(answers.get(account).unwrap(), id(1));
    assert_eq!(answers.get(ray).unwrap(), id(2));
    assert_eq!(answers.get(neil).unwrap(), id(3));
    assert!(answers.get(rows).unwrap().rows.is_empty());
    let asked = server.asked().await;
    assert_eq!(asked.len(), 3);
    assert_eq!(asked[0], asked[1]);
    // What is settled isn't sent again.
    assert_eq!(lines(&asked[2], "POST /api").len(), 1, "{}", asked[2]);
    assert_eq!(lines(&asked[2], "GET /api").len(), 1, "{}", asked[2]);
}

#[tokio::test]
async fn nothing_is_sent_behind_the_last_operation_that_was_done_before() {
    let server = Server::answering(vec![lost(), answered(412, &[there_already()])]).await;
    let mut batch = server.client.batch();
    let account = batch
        .change_set()
        .add(write::create(Account, |a| a.name.set("Contoso")).with_id(id(1)));
    let _ = batch.change_set();
    let answers = batch.send().await.unwrap();
    assert_eq!(answers.get(account).unwrap(), id(1));
    assert_eq!(server.asked().await.len(), 2);
}

#[tokio::test]
async fn a_row_that_was_there_at_the_first_attempt_is_a_failure() {
    let server = Server::answering(vec![answered(412, &[there_already()])]).await;
    let mut batch = server.client.batch();
    let account = batch.change_set().create(Account, |a| a.name.set("Contoso"));
    let answers = batch.send().await.unwrap();
    assert!(matches!(answers.get(account), Err(Error::Service(_))));
    assert_eq!(server.asked().await.len(), 1);
}
