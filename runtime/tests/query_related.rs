//! What a query says about related rows, and what the service would refuse of it.

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
use crm::task::Task;
use dataverse_runtime::{Error, InvalidRequest};
use wire::{Server, guid, id, json};

#[derive(Debug, Row)]
#[row(table = Account)]
struct Company {
    name: Option<String>,
    #[row(expand)]
    contact_customer_accounts: Vec<Person>,
}

#[derive(Debug, Row)]
#[row(table = Contact)]
struct Person {
    fullname: Option<String>,
}

/// Related rows of related rows.
#[derive(Debug, Row)]
#[row(table = Account)]
#[allow(dead_code, reason = "what is asked counts")]
struct Deep {
    #[row(expand)]
    contact_customer_accounts: Vec<Worker>,
}

#[derive(Debug, Row)]
#[row(table = Contact)]
#[allow(dead_code, reason = "what is asked counts")]
struct Worker {
    #[row(expand, column = Contact_Tasks)]
    tasks: Vec<Work>,
}

#[derive(Debug, Row)]
#[row(table = Task)]
#[allow(dead_code, reason = "what is asked counts")]
struct Work {
    subject: Option<String>,
}

#[tokio::test]
async fn related_rows_are_chosen_and_ordered() {
    let body = r#"{"value":[{"name":"Contoso","contact_customer_accounts":[{"fullname":"Ada"}],
        "contact_customer_accounts@odata.nextLink":"https://rsk.crm4.dynamics.com/next"}]}"#;
    let server = Server::answering(vec![json(200, body)]).await;
    let query = server.client.query::<Company>().expand(
        |a| a.contact_customer_accounts,
        |people| {
            people
                .filter(|c| c.fullname.eq("a'b;)"))
                .filter(|c| c.emailaddress1.is_not_null())
                .order_by(|c| (c.fullname.asc(), c.createdon.desc()))
                .top(3)
        },
    );
    let rows = query.all().await.unwrap();
    assert_eq!(
        rows[0].contact_customer_accounts[0].fullname.as_deref(),
        Some("Ada")
    );
    assert_eq!(
        server.asked_once().await,
        "GET accounts?$select=name&$expand=contact_customer_accounts($select=fullname\
         ;$filter=fullname%20eq%20%27a%27%27b%3B%29%27%20and%20emailaddress1%20ne%20null\
         ;$orderby=fullname%20asc,createdon%20desc;$top=3)"
    );
}

#[tokio::test]
async fn one_row_has_related_rows_too() {
    let server = Server::answering(vec![json(
        200,
        r#"{"name":"Contoso","contact_customer_accounts":[]}"#,
    )])
    .await;
    let row = server
        .client
        .retrieve::<Company>(id(1))
        .expand(|a| a.contact_customer_accounts, |people| people.top(1))
        .await
        .unwrap();
    assert_eq!(row.name.as_deref(), Some("Contoso"));
    let asked = server.asked_once().await;
    assert!(
        asked.ends_with("$expand=contact_customer_accounts($select=fullname;$top=1)"),
        "{asked}"
    );
}

#[test]
fn conditions_go_as_deep_as_the_rows() {
    let query = Query::<Deep>::new().expand(
        |a| a.contact_customer_accounts,
        |people| people.expand(|c| c.Contact_Tasks, |tasks| tasks.filter(|t| t.subject.eq("x"))),
    );
    query.verify().unwrap();
    assert!(
        query.to_string().ends_with(
            "$expand=contact_customer_accounts($select=contactid\
             ;$expand=Contact_Tasks($select=subject;$filter=subject%20eq%20'x'))"
        ),
        "{query}"
    );
}

#[test]
fn what_the_service_refuses_of_related_rows_is_not_sent() {
    let ordered = Query::<Deep>::new().expand(|a| a.contact_customer_accounts, |people| people.top(1));
    let navigation = "contact_customer_accounts";
    assert_eq!(
        ordered.verify(),
        Err(InvalidRequest::OrderedNestedExpand { navigation })
    );
    let paged = Query::<Deep>::new().page_size(50);
    assert_eq!(
        paged.verify(),
        Err(InvalidRequest::PageSizeCutsRelated { navigation })
    );
    let other = Query::<Company>::new().expand(
        |a| a.primarycontactid,
        |person| person.filter(|c| c.emailaddress1.is_null()),
    );
    let navigation = "primarycontactid";
    assert_eq!(other.verify(), Err(InvalidRequest::NotExpanded { navigation }));
    let negated = Query::<Company>::new().expand(
        |a| a.contact_customer_accounts,
        |people| people.filter(|c| !c.createdon.within(Period::Today)),
    );
    assert!(matches!(
        negated.verify(),
        Err(InvalidRequest::NegatedFunction { .. })
    ));
    Query::<Company>::new().page_size(50).verify().unwrap();
}

#[tokio::test]
async fn related_rows_are_not_cut_silently() {
    let people = |count: usize| {
        let people = vec![r#"{"fullname":"Ada"}"#; count].join(",");
        json(
            200,
            &format!(r#"{{"value":[{{"name":"x","contact_customer_accounts":[{people}]}}]}}"#),
        )
    };
    let server = Server::answering(vec![people(4_999), people(5_000)]).await;
    let rows = server.client.query::<Company>().all().await.unwrap();
    assert_eq!(rows[0].contact_customer_accounts.len(), 4_999);
    let error = server.client.query::<Company>().all().await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error}");
    let text = error.to_string();
    assert!(
        text.starts_with(
            "`value[0].contact_customer_accounts` (table `contact`) should be fewer than 5,000 related rows"
        ),
        "{text}"
    );
}

#[tokio::test]
async fn related_rows_are_queried_by_themselves() {
    let page = json(200, r#"{"value":[{"fullname":"Ada"}]}"#);
    let count = wiremock::ResponseTemplate::new(200).set_body_raw("\u{feff}12", "text/plain");
    let server = Server::answering(vec![page, count]).await;
    let people = || {
        let people = server.client.query::<Person>();
        let people = people.related_to(id::<Account>(1), |a| a.contact_customer_accounts);
        people.filter(|c| c.fullname.is_not_null())
    };
    assert_eq!(people().all().await.unwrap()[0].fullname.as_deref(), Some("Ada"));
    assert_eq!(people().count().await.unwrap(), Count::Exactly(12));
    let place = format!("GET accounts({})/contact_customer_accounts", guid(1));
    assert_eq!(
        server.asked().await,
        [
            format!("{place}?$select=fullname&$filter=fullname%20ne%20null"),
            format!("{place}/$count?$filter=fullname%20ne%20null"),
        ]
    );
}
