//! Queries over HTTP: the exact requests, and the rows of their pages.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod wire;

use crm::account::Account;
use crm::contact::Contact;
use crm::prelude::*;
use dataverse_runtime::Error;
use dataverse_runtime::query::Position;
use wire::{Server, guid, id, json};

#[derive(Debug, PartialEq, Row)]
#[row(table = Account)]
struct Company {
    accountid: Id<Account>,
    name: Option<String>,
}

#[derive(Debug, Row)]
#[row(table = Account)]
struct Known {
    #[row(formatted = ownerid)]
    owner: Option<String>,
    #[row(expand)]
    primarycontactid: Option<Person>,
}

#[derive(Debug, Row)]
#[row(table = Contact)]
struct Person {
    fullname: Option<String>,
}

/// A page of companies with these numbers, and the address of the next one relative to the server.
fn page(server: &str, numbers: std::ops::Range<u128>, next: Option<&str>) -> String {
    let rows: Vec<String> = numbers
        .map(|n| format!(r#"{{"accountid":"{}","name":"No. {n}"}}"#, guid(n)))
        .collect();
    let next = next.map_or_else(String::new, |next| {
        format!(r#","@odata.nextLink":"{server}/api/data/v9.2/accounts?$skiptoken={next}""#)
    });
    format!(r#"{{"value":[{}]{next}}}"#, rows.join(","))
}

/// A server that gives these pages one after the other.
async fn paged(pages: &[(std::ops::Range<u128>, Option<&str>)]) -> Server {
    Server::paging(pages.len(), |server, at| {
        let (numbers, next) = pages[at].clone();
        json(200, &page(server, numbers, next))
    })
    .await
}

fn numbers(rows: &[Company]) -> Vec<u128> {
    rows.iter().map(|row| row.accountid.uuid().as_u128()).collect()
}

#[tokio::test]
async fn pages_are_neither_cut_nor_doubled_at_5_000() {
    let server = paged(&[
        (0..5_000, Some("2")),
        (5_000..10_000, Some("3")),
        (10_000..10_001, None),
    ])
    .await;
    let rows = server.client.query::<Company>().all().await.unwrap();
    assert_eq!(numbers(&rows), (0..10_001).collect::<Vec<_>>());
    assert_eq!(
        server.asked().await,
        [
            "GET accounts?$select=accountid,name",
            "GET accounts?$skiptoken=2",
            "GET accounts?$skiptoken=3",
        ]
    );
}

#[tokio::test]
async fn an_exact_page_without_an_address_is_the_last_and_an_empty_one_with_an_address_is_not() {
    let server = paged(&[(0..2, Some("2")), (0..0, Some("3")), (2..4, None)]).await;
    let rows = server.client.query::<Company>().page_size(2).all().await.unwrap();
    assert_eq!(numbers(&rows), [0, 1, 2, 3]);
    for asked in server.asked().await {
        assert!(asked.contains("prefer: odata.maxpagesize=2"), "{asked}");
    }
}

#[tokio::test]
async fn no_page_is_fetched_that_nobody_reads() {
    let server = paged(&[(0..2, Some("2")), (2..4, None)]).await;
    let mut rows = server.client.query::<Company>().stream();
    for n in 0..2 {
        assert_eq!(rows.try_next().await.unwrap().unwrap().accountid, id(n));
    }
    drop(rows);
    assert_eq!(server.asked().await.len(), 1);
}

#[tokio::test]
async fn the_top_is_counted_here_where_the_service_would_ignore_it() {
    let server = paged(&[(0..2, Some("2")), (2..4, Some("3"))]).await;
    let query = server.client.query::<Company>().page_size(2).top(3);
    assert!(!query.to_string().contains("$top"), "{query}");
    assert_eq!(numbers(&query.all().await.unwrap()), [0, 1, 2]);
    assert_eq!(server.asked().await.len(), 2);
    let plain = server.client.query::<Company>().top(0);
    assert_eq!(plain.all().await.unwrap(), []);
}

#[tokio::test]
async fn a_page_that_leads_to_itself_ends_the_query() {
    let server = paged(&[(0..1, Some("2")), (1..2, Some("2"))]).await;
    let mut rows = server.client.query::<Company>().stream();
    for _ in 0..2 {
        rows.try_next().await.unwrap().unwrap();
    }
    let error = rows.try_next().await.unwrap_err();
    assert!(matches!(error, Error::SamePage { .. }), "{error}");
    assert!(rows.try_next().await.unwrap().is_none());
}

#[tokio::test]
async fn a_page_that_ends_in_the_middle_is_an_error() {
    let server = Server::answering(vec![json(200, r#"{"value":[{"accountid":""#)]).await;
    let error = server.client.query::<Company>().all().await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error}");
}

#[tokio::test]
async fn an_answer_that_is_no_rows_is_an_error() {
    let page = wiremock::ResponseTemplate::new(200).set_body_raw("<html>Sign in</html>", "text/html");
    for answer in [page, json(200, ""), json(200, "[]"), json(200, r#"{"rows":[]}"#)] {
        let server = Server::answering(vec![answer]).await;
        let error = server.client.query::<Company>().all().await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{error}");
        let error = server.client.retrieve::<Company>(id(1)).await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{error}");
    }
}

#[tokio::test]
async fn a_query_goes_on_from_a_stored_position() {
    let all = [(0..3, Some("2")), (3..6, None)];
    for stop in 0..=6 {
        let server = paged(&all).await;
        let mut rows = server.client.query::<Company>().stream();
        let mut seen = Vec::new();
        for _ in 0..stop {
            seen.push(rows.try_next().await.unwrap().unwrap());
        }
        let stored = rows.position().to_string();
        let second = stored.contains("skiptoken");
        let server = paged(if second { &all[1..] } else { &all }).await;
        // Another server has another address.
        let stored = stored.split_once("http").map_or(stored.clone(), |(given, _)| {
            format!("{given}{}/api/data/v9.2/accounts?$skiptoken=2", server.url())
        });
        let position: Position = stored.parse().unwrap();
        let mut rest = server.client.query::<Company>().resume(position);
        while let Some(row) = rest.try_next().await.unwrap() {
            seen.push(row);
        }
        assert_eq!(numbers(&seen), [0, 1, 2, 3, 4, 5], "stopped after {stop}");
    }
}

#[tokio::test]
async fn a_row_is_retrieved_with_what_it_reads_and_no_more() {
    let body = format!(
        r#"{{"_ownerid_value@OData.Community.Display.V1.FormattedValue":"Ingrid Haugen","_ownerid_value":"{}",
            "primarycontactid":{{"fullname":"Ada"}}}}"#,
        guid(9)
    );
    let server = Server::answering(vec![json(200, &body)]).await;
    let row: Known = server.client.retrieve(id::<Account>(1)).await.unwrap();
    assert_eq!(row.owner.as_deref(), Some("Ingrid Haugen"));
    assert_eq!(row.primarycontactid.unwrap().fullname.as_deref(), Some("Ada"));
    assert_eq!(
        server.asked_once().await,
        format!(
            "GET accounts({})?$select=_ownerid_value&$expand=primarycontactid($select=fullname)\n\
             prefer: odata.include-annotations=\"OData.Community.Display.V1.FormattedValue\"",
            guid(1)
        )
    );
}

#[tokio::test]
async fn a_row_that_is_not_there_is_none_or_an_error() {
    let body = r#"{"error":{"code":"0x80040217","message":"account With Id = 1 Does Not Exist"}}"#;
    let server = Server::answering(vec![json(404, body)]).await;
    assert_eq!(
        server.client.find::<Company>(id::<Account>(1)).await.unwrap(),
        None
    );
    let error = server
        .client
        .retrieve::<Company>(id::<Account>(1))
        .await
        .unwrap_err();
    assert!(
        matches!(&error, Error::Service(error) if error.is_not_found()),
        "{error}"
    );
    // A table that isn't there is not a row that isn't there.
    let body =
        r#"{"error":{"code":"0x8006088a","message":"Resource not found for the segment 'accounts'."}}"#;
    let server = Server::answering(vec![json(404, body)]).await;
    server.client.find::<Company>(id::<Account>(1)).await.unwrap_err();
}
