//! Reads whose URL is too long for a request of their own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod wire;

use crm::account::Account;
use crm::prelude::*;
use dataverse_runtime::client::Retries;
use dataverse_runtime::{Client, Code, Error, InvalidRequest};
use wire::{Server, id};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

#[derive(Debug, Row)]
#[row(table = Account)]
struct Company {
    name: Option<String>,
    #[row(formatted = ownerid)]
    owner: Option<String>,
}

/// A batch with this answer in it.
fn batch(status: u16, inner: &str) -> ResponseTemplate {
    let body = format!(
        "--batchresponse_1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n{inner}\r\n\
         --batchresponse_1--\r\n"
    );
    ResponseTemplate::new(status).set_body_raw(body, "multipart/mixed; boundary=batchresponse_1")
}

/// A condition whose text has more than so many characters.
fn long_query(client: &Client, length: usize) -> Query<Company, Client> {
    client
        .query::<Company>()
        .filter(|a| a.name.eq("x".repeat(length)))
}

#[tokio::test]
async fn a_long_read_goes_in_a_batch_and_comes_back_as_if_it_had_not() {
    let answer = batch(
        200,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json; odata.metadata=minimal\r\nOData-Version: 4.0\r\n\r\n\
         {\"value\":[{\"name\":\"Contoso\"}]}",
    );
    let server = Server::answering(vec![answer]).await;
    let client = server
        .client
        .with(|options| options.tag("night").detect_duplicates());
    let rows = long_query(&client, 33_000).page_size(10).all().await.unwrap();
    assert_eq!(rows[0].name.as_deref(), Some("Contoso"));
    assert_eq!(rows[0].owner, None);
    let asked = server.asked_once().await;
    let (head, body) = asked.split_once("--batch_of_one").unwrap();
    assert_eq!(
        head,
        "POST $batch\ncontent-type: multipart/mixed; boundary=\"batch_of_one\"\n"
    );
    let long = format!("name%20eq%20%27{}%27", "x".repeat(33_000));
    assert_eq!(
        body,
        format!(
            "\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n\
             GET /api/data/v9.2/accounts?$select=name,_ownerid_value&$filter={long}&tag=night HTTP/1.1\r\n\
             Accept: application/json\r\n\
             prefer: odata.maxpagesize=10\r\n\
             prefer: odata.include-annotations=\"OData.Community.Display.V1.FormattedValue\"\r\n\
             mscrm.suppressduplicatedetection: false\r\n\r\n\
             --batch_of_one--\r\n\r\n"
        )
    );
}

#[tokio::test]
async fn a_short_read_goes_by_itself() {
    let server = Server::answering(vec![wire::json(200, r#"{"value":[]}"#)]).await;
    long_query(&server.client, 31_000).all().await.unwrap();
    assert!(server.asked_once().await.starts_with("GET accounts?"));
}

#[tokio::test]
async fn a_refusal_inside_is_a_refusal() {
    let refusal = "HTTP/1.1 404 Not Found\r\nREQ_ID: inner\r\nContent-Type: application/json\r\n\r\n\
        {\"error\":{\"code\":\"0x80040217\",\"message\":\"gone\"}}";
    let outer = batch(404, refusal).insert_header("x-ms-service-request-id", "outer");
    let server = Server::answering(vec![outer]).await;
    let Error::Service(error) = long_query(&server.client, 40_000).all().await.unwrap_err() else {
        panic!("not the service's");
    };
    assert_eq!(error.code(), Some(Code::OBJECT_DOES_NOT_EXIST));
    assert_eq!(error.status(), 404);
    assert_eq!(error.origin().operation, "query");
    assert_eq!(error.request_ids().collect::<Vec<_>>(), ["outer", "inner"]);
}

#[tokio::test]
async fn throttling_inside_and_outside_is_waited_out() {
    let server = MockServer::start().await;
    let inside = batch(
        200,
        "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 0\r\n\r\n{\"error\":{\"code\":\"0x80072322\",\"message\":\"\"}}",
    );
    let outside = ResponseTemplate::new(429).insert_header("retry-after", "0");
    let done = batch(200, "HTTP/1.1 200 OK\r\n\r\n{\"value\":[]}");
    for (answer, times) in [
        (inside, 1),
        (outside, 1),
        (ResponseTemplate::new(503), 1),
        (done, 9),
    ] {
        Mock::given(any())
            .respond_with(answer)
            .up_to_n_times(times)
            .mount(&server)
            .await;
    }
    let client = Client::builder(&server.uri())
        .retries(Retries {
            attempts: 4,
            ..Retries::default()
        })
        .build()
        .unwrap();
    assert!(long_query(&client, 40_000).all().await.unwrap().is_empty());
    assert_eq!(server.received_requests().await.unwrap().len(), 4);
}

#[tokio::test]
async fn what_no_batch_takes_is_not_sent() {
    let server = Server::silent().await;
    let error = long_query(&server.client, 66_000).all().await.unwrap_err();
    assert!(
        matches!(&error, Error::Invalid(InvalidRequest::UrlTooLong { length }) if *length > 65_536),
        "{error}"
    );
    // A write's URL isn't long: what is in it is an id or a key.
    server.client.delete(id::<Account>(1)).await.unwrap();
    assert_eq!(server.asked().await.len(), 1);
}

#[tokio::test]
async fn a_batch_without_an_answer_is_an_error() {
    for inner in ["", "HTTP/1.1", "HTTP/1.1 huh\r\n\r\n"] {
        let server = Server::answering(vec![batch(200, inner)]).await;
        let error = long_query(&server.client, 40_000).all().await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{inner}: {error}");
    }
}
