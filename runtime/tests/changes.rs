//! Changes of a table over HTTP.

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
use dataverse_runtime::query::Changes;
use dataverse_runtime::{Error, InvalidRequest};
use wire::{Server, guid, id, json};

#[derive(Debug, PartialEq, Row)]
#[row(table = Account)]
struct Company {
    accountid: Id<Account>,
    name: Option<String>,
}

fn row(number: u128, name: &str) -> String {
    format!(
        r#"{{"@odata.etag":"W/\"{number}\"","accountid":"{}","name":"{name}"}}"#,
        guid(number)
    )
}

fn gone(number: u128) -> String {
    format!(
        r#"{{"@odata.context":"https://rsk.crm4.dynamics.com/api/data/v9.2/$metadata#accounts/$deletedEntity","id":"{}","reason":"deleted"}}"#,
        guid(number)
    )
}

fn named(number: u128, name: &str) -> Change<Company> {
    Change::NewOrUpdated(Company {
        accountid: id(number),
        name: Some(name.to_owned()),
    })
}

/// Pages with these items, each leading to the next, and the last to later changes.
async fn tracked(pages: &[&[String]]) -> Server {
    let count = pages.len();
    Server::paging(count, |url, at| {
        let (kind, token) = if at + 1 < count {
            ("nextLink", format!("$skiptoken={at}"))
        } else {
            ("deltaLink", "$deltatoken=919042%2108%2f22%2f2017".to_owned())
        };
        let link = format!("{url}/api/data/v9.2/accounts?$select=accountid,name&{token}");
        json(
            200,
            &format!(
                r#"{{"@odata.{kind}":"{link}","value":[{}]}}"#,
                pages[at].join(",")
            ),
        )
    })
    .await
}

#[tokio::test]
async fn the_first_time_all_rows_are_new_and_later_only_what_has_changed() {
    let first = [row(1, "Birk"), row(2, "Fjord")];
    let server = tracked(&[&first, &[row(3, "Skarv")]]).await;
    let (changes, position) = server
        .client
        .changes::<Company>()
        .page_size(2)
        .stream()
        .all()
        .await
        .unwrap();
    assert_eq!(changes, [named(1, "Birk"), named(2, "Fjord"), named(3, "Skarv")]);
    let asked = server.asked().await;
    // Preferences are no part of an address: every page says that changes are tracked.
    let preference = "\nprefer: odata.track-changes\nprefer: odata.maxpagesize=2";
    assert_eq!(
        asked,
        [
            format!("GET accounts?$select=accountid,name{preference}"),
            format!("GET accounts?$select=accountid,name&$skiptoken=0{preference}"),
        ]
    );

    let stored = position.to_string();
    let later = tracked(&[&[row(2, "Fjord AS"), gone(1), gone(7)]]).await;
    let position: Position = stored.replace(&server.url(), &later.url()).parse().unwrap();
    let mut changes = later.client.changes::<Company>().since(position).stream();
    assert_eq!(changes.try_next().await.unwrap(), Some(named(2, "Fjord AS")));
    for number in [1, 7] {
        let change = changes.try_next().await.unwrap();
        assert_eq!(change, Some(Change::RemovedOrDeleted(id(number))));
    }
    assert_eq!(changes.try_next().await.unwrap(), None);
    assert!(changes.position().to_string().contains("$deltatoken="));
    assert_eq!(
        later.asked_once().await,
        "GET accounts?$select=accountid,name&$deltatoken=919042%2108%2f22%2f2017"
    );
}

#[tokio::test]
async fn a_position_inside_of_a_page_repeats_the_page_and_loses_nothing() {
    let pages: [&[String]; 2] = [&[row(1, "a"), row(2, "b")], &[row(3, "c"), row(4, "d")]];
    for (read, expected) in [
        (0, "0 "),
        (1, "0 "),
        (2, "0 "),
        (3, "0 h"),
        (4, "0 h"),
        (5, "0 h"),
    ] {
        let server = tracked(&pages).await;
        let mut changes = server.client.changes::<Company>().stream();
        for _ in 0..read {
            changes.try_next().await.unwrap();
        }
        let position = changes.position().to_string();
        assert!(position.starts_with(expected), "{read}: {position}");
        assert_eq!(
            position.contains("$skiptoken=0"),
            (3..=4).contains(&read),
            "{read}"
        );
        assert_eq!(position.contains("$deltatoken="), read == 5, "{read}");
    }
}

#[tokio::test]
async fn what_the_service_says_of_a_position_or_a_table_is_an_error_with_advice() {
    let body = |code: &str| format!(r#"{{"error":{{"code":"{code}","message":"No."}}}}"#);
    for (code, expected, advice) in [
        ("0x80044352", Code::EXPIRED_VERSION_STAMP, "from the beginning"),
        ("0x80072491", Code::CHANGE_TRACKING_NOT_ENABLED, "Track changes"),
    ] {
        let server = Server::answering(vec![json(400, &body(code))]).await;
        let mut changes = server.client.changes::<Company>().stream();
        match changes.try_next().await.unwrap_err() {
            Error::Service(refused) => {
                assert_eq!(refused.code(), Some(expected));
                assert!(refused.to_string().contains(advice), "{refused}");
            }
            other => panic!("{other}"),
        }
        assert_eq!(changes.try_next().await.unwrap(), None);
    }
}

#[tokio::test]
async fn an_answer_that_tracks_nothing_is_an_error_and_no_empty_position() {
    let server = Server::answering(vec![json(200, &format!(r#"{{"value":[{}]}}"#, row(1, "a")))]).await;
    let error = server
        .client
        .changes::<Company>()
        .stream()
        .all()
        .await
        .unwrap_err();
    assert!(error.to_string().contains("@odata.deltaLink"), "{error}");
}

#[tokio::test]
async fn broken_changes_are_told_with_their_place() {
    let context = r#""@odata.context":"x/$deletedEntity""#;
    for (item, expected) in [
        (format!("{{{context}}}"), "value[0].id"),
        (format!(r#"{{{context},"id":"seven"}}"#), "value[0].id"),
        (format!(r#"{{{context},"id":7}}"#), "value[0].id"),
        (r#"{"name":7}"#.to_owned(), "value[0].name"),
        (r#"{"@odata.etag":"x"}"#.to_owned(), "value[0].accountid"),
        ("{}".to_owned(), "value[0].accountid"),
        ("7".to_owned(), "value[0]"),
    ] {
        let body = format!(r#"{{"@odata.deltaLink":"x","value":[{item}]}}"#);
        let error = Change::<Company>::page(&body).unwrap_err().to_string();
        assert!(error.contains(expected), "{item}: {error}");
    }
}

#[test]
fn rows_are_told_from_deleted_ones_by_their_context_alone() {
    let body = format!(
        r#"{{"value":[{{"name":"reason","accountid":"{}"}},{{"@odata.context":"x/$entity","accountid":"{}","name":"x/$deletedEntity"}},{{"@odata.context":"x/$deletedEntity","reason":"changed","id":"{}"}}]}}"#,
        guid(1),
        guid(2),
        guid(3)
    );
    let page = Change::<Company>::page(body).unwrap();
    let expected = [
        named(1, "reason"),
        named(2, "x/$deletedEntity"),
        Change::RemovedOrDeleted(id(3)),
    ];
    assert_eq!(page.rows, expected);
}

#[tokio::test]
async fn columns_may_be_chosen_when_the_program_runs() {
    let server = tracked(&[&[row(1, "Birk"), gone(2)]]).await;
    let changes = server
        .client
        .changed_records(Account)
        .select(|a| a.name)
        .formatted();
    let (changes, _) = changes.stream().all().await.unwrap();
    match &changes[..] {
        [Change::NewOrUpdated(record), Change::RemovedOrDeleted(gone)] => {
            assert_eq!(
                record
                    .get::<Option<String>, _, _, _>(|a| a.name)
                    .unwrap()
                    .unwrap(),
                "Birk"
            );
            assert_eq!(record.etag().unwrap(), "W/\"1\"");
            assert_eq!(*gone, id(2));
        }
        other => panic!("{other:?}"),
    }
    let formatted = "odata.include-annotations=\"OData.Community.Display.V1.FormattedValue\"";
    assert_eq!(
        server.asked_once().await,
        format!("GET accounts?$select=name\nprefer: odata.track-changes\nprefer: {formatted}")
    );
}

#[tokio::test]
async fn related_rows_are_refused_before_anything_is_sent() {
    #[derive(Debug, PartialEq, Row)]
    #[row(table = Account)]
    struct WithPeople {
        #[row(expand)]
        primarycontactid: Option<Person>,
    }

    #[derive(Debug, PartialEq, Row)]
    #[row(table = Contact)]
    struct Person {
        fullname: Option<String>,
    }

    let refused = InvalidRequest::ChangesExpand {
        navigation: "primarycontactid",
    };
    assert_eq!(Changes::<WithPeople>::new().request().unwrap_err(), refused);
    let server = Server::silent().await;
    let error = server
        .client
        .changes::<WithPeople>()
        .stream()
        .try_next()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Invalid(invalid) if invalid == refused));
    assert!(server.asked().await.is_empty());
}
