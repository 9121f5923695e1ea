//! The pages of queries in FetchXML: cookies, plain numbers, totals, positions.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod fetch_text;
mod wire;

use crm::account::Account;
use crm::prelude::*;
use dataverse_runtime::Error;
use fetch_text::sent;
use wire::{Server, guid, json};

#[derive(Debug, PartialEq, Row)]
#[row(table = Account)]
struct Company {
    accountid: Id<Account>,
}

/// How the service writes the cookie of a page: percent-encoded twice, inside of XML, inside of JSON.
fn cookie(page: usize) -> String {
    let inner = format!(
        "%253ccookie%2520page%253d%2522{page}%2522%253e%253caccountid%2520last%253d%2522%257bA%2526amp%253bB%257d%2522%2520%252f%253e%253c%252fcookie%253e"
    );
    format!(
        r#"<cookie pagenumber=\"{}\" pagingcookie=\"{inner}\" istracking=\"False\" />"#,
        page + 1
    )
}

const DECODED: &str = r#"<cookie page="1"><accountid last="{A&amp;B}" /></cookie>"#;

fn page(number: u128, more: bool, cookie: Option<String>) -> wiremock::ResponseTemplate {
    let cookie = cookie.map_or_else(String::new, |cookie| {
        format!(r#""@Microsoft.Dynamics.CRM.fetchxmlpagingcookie":"{cookie}","#)
    });
    json(
        200,
        &format!(
            r#"{{"@Microsoft.Dynamics.CRM.totalrecordcount":-1,{cookie}"@Microsoft.Dynamics.CRM.morerecords":{more},"value":[{{"accountid":"{}"}}]}}"#,
            guid(number)
        ),
    )
}

fn numbers(rows: &[Company]) -> Vec<u128> {
    rows.iter().map(|row| row.accountid.uuid().as_u128()).collect()
}

fn query() -> FetchXml<Account> {
    fetch_xml!(<fetch><entity name="account"><attribute name="accountid"/></entity></fetch>)
}

const ENTITY: &str = r#"<entity name="account"><attribute name="accountid"/></entity></fetch>"#;

/// The texts that were sent, without the entity.
async fn texts(server: &Server) -> Vec<String> {
    let texts = server.asked().await;
    let texts = texts.iter().map(|asked| sent(asked));
    texts
        .map(|text| text.strip_suffix(ENTITY).unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn cookies_lead_from_page_to_page() {
    let server = Server::answering(vec![
        page(1, true, Some(cookie(1))),
        page(2, true, Some(cookie(1))),
        page(3, false, None),
    ])
    .await;
    let rows = server
        .client
        .fetch_xml::<Company>(query())
        .page_size(1)
        .all()
        .await
        .unwrap();
    assert_eq!(numbers(&rows), [1, 2, 3]);
    let escaped = DECODED
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;");
    assert_eq!(
        texts(&server).await,
        [
            r#"<fetch count="1">"#.to_owned(),
            format!(r#"<fetch count="1" page="2" paging-cookie="{escaped}">"#),
            format!(r#"<fetch count="1" page="3" paging-cookie="{escaped}">"#),
        ]
    );
}

#[tokio::test]
async fn without_a_cookie_the_numbers_of_pages_lead_on() {
    let server = Server::answering(vec![
        page(1, true, Some(cookie(1))),
        page(2, true, Some(String::new())),
        page(3, true, None),
        page(4, false, None),
    ])
    .await;
    let text = r#"<fetch page="7"><entity name="account"><attribute name="accountid"/></entity></fetch>"#;
    let query = FetchXml::<Account>::from_text(text).unwrap();
    let rows = server.client.fetch_xml::<Company>(query).all().await.unwrap();
    assert_eq!(numbers(&rows), [1, 2, 3, 4]);
    let texts = texts(&server).await;
    assert_eq!(texts[0], r#"<fetch page="7">"#);
    assert!(
        texts[1].starts_with(r#"<fetch page="8" paging-cookie="&lt;cookie"#),
        "{}",
        texts[1]
    );
    assert_eq!(texts[2..], [r#"<fetch page="9">"#, r#"<fetch page="10">"#]);
}

#[tokio::test]
async fn a_text_with_top_has_one_page_and_asks_for_no_annotations() {
    let server = Server::answering(vec![page(1, true, Some(cookie(1)))]).await;
    let query =
        fetch_xml!(<fetch top="1"><entity name="account"><attribute name="accountid"/></entity></fetch>);
    let rows = server.client.fetch_xml::<Company>(query).all().await.unwrap();
    assert_eq!(numbers(&rows), [1]);
    let asked = server.asked_once().await;
    assert!(!asked.contains("prefer"), "{asked}");
}

#[tokio::test]
async fn the_first_row_needs_one_page() {
    let server = Server::answering(vec![page(1, true, None)]).await;
    let row = server.client.fetch_xml::<Company>(query()).first().await.unwrap();
    assert_eq!(numbers(&[row.unwrap()]), [1]);
    assert_eq!(server.asked().await.len(), 1);
}

#[tokio::test]
async fn totals_are_counted_where_they_are_asked_for() {
    let body = format!(
        r#"{{"@Microsoft.Dynamics.CRM.totalrecordcount":5000,"@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded":true,"@Microsoft.Dynamics.CRM.morerecords":false,"value":[{{"accountid":"{}"}}]}}"#,
        guid(1)
    );
    let server = Server::answering(vec![json(200, &body)]).await;
    let mut rows = server.client.fetch_xml::<Company>(query()).with_total().stream();
    rows.try_next().await.unwrap();
    assert_eq!(rows.total(), Some(Count::AtLeast(5_000)));
    let asked = server.asked_once().await;
    assert!(sent(&asked).starts_with(r#"<fetch returntotalrecordcount="true">"#));
    assert!(
        asked.contains("Microsoft.Dynamics.CRM.totalrecordcount,"),
        "{asked}"
    );

    let server = Server::answering(vec![page(1, false, None)]).await;
    let mut rows = server.client.fetch_xml::<Company>(query()).stream();
    rows.try_next().await.unwrap();
    assert_eq!(rows.total(), None);
}

#[tokio::test]
async fn a_stored_position_goes_on_where_it_was() {
    let answers = || {
        vec![
            page(1, true, Some(cookie(1))),
            page(2, true, None),
            page(3, false, None),
        ]
    };
    let server = Server::answering(answers()).await;
    let mut rows = server.client.fetch_xml::<Company>(query()).stream();
    rows.try_next().await.unwrap();
    rows.try_next().await.unwrap();
    let stored = rows.position().to_string();
    drop(rows);

    let server = Server::answering(answers().split_off(1)).await;
    let position: Position = stored.parse().unwrap();
    let mut rows = server.client.fetch_xml::<Company>(query()).resume(position);
    let mut rest = Vec::new();
    while let Some(row) = rows.try_next().await.unwrap() {
        rest.push(row);
    }
    assert_eq!(numbers(&rest), [3]);
    let texts = texts(&server).await;
    assert!(
        texts[0].starts_with(r#"<fetch page="2" paging-cookie="&lt;cookie"#),
        "{}",
        texts[0]
    );
    assert_eq!(texts[1], r#"<fetch page="3">"#);

    let strange = "0 accounts?$skiptoken=2".parse().unwrap();
    let mut rows = server.client.fetch_xml::<Company>(query()).resume(strange);
    assert!(matches!(rows.try_next().await, Err(Error::Invalid(_))));
}

#[tokio::test]
async fn a_broken_cookie_is_told_after_no_row_is_lost() {
    let server = Server::answering(vec![page(1, true, Some("broken".to_owned()))]).await;
    let error = server
        .client
        .fetch_xml::<Company>(query())
        .all()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Decode(_)));
    assert!(error.to_string().contains("should be a paging cookie"), "{error}");
}
