//! Create, update, upsert and delete over HTTP: each request as it is sent, and its answer as it is read.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod wire;

use crm::account::{Account, StateCode, StatusCode};
use crm::contact::Contact;
use crm::prelude::*;
use crm::rsk_port::{RskPort, RskUnlocodeKey};
use crm::rsk_reading::{KeyfornosqlentitywithpkpartitionidKey, RskReading};
use dataverse_runtime::message::Repeat;
use dataverse_runtime::{Error, InvalidRequest, Upserted, incomplete, write};
use wire::{JSON, Server, created, guid, id, json};
use wiremock::ResponseTemplate;

#[derive(Debug, Row)]
#[row(table = Account)]
struct Company {
    accountid: Id<Account>,
    name: Option<String>,
    #[row(etag)]
    version: Option<String>,
}

#[derive(Debug, Row)]
#[row(table = Account)]
struct WithContact {
    name: Option<String>,
    #[row(expand)]
    primarycontactid: Option<Person>,
}

#[derive(Debug, Row)]
#[row(table = Contact)]
struct Person {
    lastname: Option<String>,
}

const COMPANY: &str = r#"{"@odata.context":"x","@odata.etag":"W/\"7\"","name":"Contoso","accountid":"00000000-0000-0000-0000-000000000001"}"#;

#[tokio::test]
async fn a_create_sends_its_own_id() {
    let server = Server::silent().await;
    let new = server.client.create(Account, |a| {
        (a.name.set("Contoso"), a.primarycontactid.bind(id::<Contact>(2)))
    });
    let request = new.request().unwrap();
    assert_eq!(request.may_repeat(), Repeat::CreatesOnce);
    assert_eq!(request.origin().to_string(), "create of `account`");
    let id = new.await.unwrap();
    assert_eq!(
        server.asked_once().await,
        format!(
            "POST accounts\n{JSON}\n{{\"accountid\":\"{id}\",\"name\":\"Contoso\",\
             \"primarycontactid@odata.bind\":\"/contacts({})\"}}",
            guid(2)
        )
    );
}

#[tokio::test]
async fn own_ids_differ_and_grow() {
    let new = || write::create(Account, |a| a.name.set("x")).request().unwrap();
    let ids: Vec<Uuid> = (0..200)
        .map(|_| {
            let body = new().content().unwrap().clone();
            let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
            body["accountid"].as_str().unwrap().parse().unwrap()
        })
        .collect();
    let mut distinct = ids.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), ids.len());
    assert!(ids.iter().all(|id| id.get_version_num() == 4));
    let ends: Vec<_> = ids.iter().map(|id| id.as_bytes()[10..].to_vec()).collect();
    assert!(ends.is_sorted(), "the end of an id is the time");
}

#[tokio::test]
async fn the_service_can_choose_the_id() {
    let server = Server::answering(vec![created("accounts", &guid(9))]).await;
    let new = server
        .client
        .create(Account, |a| a.name.set("Contoso"))
        .without_own_id();
    assert_eq!(new.request().unwrap().may_repeat(), Repeat::Never);
    assert_eq!(new.await.unwrap(), id(9));
    assert_eq!(
        server.asked_once().await,
        format!("POST accounts\n{JSON}\n{{\"name\":\"Contoso\"}}")
    );
}

#[tokio::test]
async fn an_id_that_is_nowhere_is_an_error() {
    let server = Server::silent().await;
    let new = server
        .client
        .create(Account, |a| a.name.set("Contoso"))
        .without_own_id();
    let error = new.await.unwrap_err().to_string();
    assert_eq!(
        error,
        "`OData-EntityId` should be the id of the new row, but isn't there"
    );
}

#[tokio::test]
async fn an_id_can_be_given_or_assigned() {
    for new in [
        write::create(Account, |a| a.name.set("C")).with_id(id(5)),
        write::create(Account, |a| (a.accountid.set(id(4)), a.name.set("C"))).with_id(id(5)),
        write::create(Account, |a| (a.accountid.set(id(5)), a.name.set("C"))),
    ] {
        let request = new.request().unwrap();
        assert_eq!(request.may_repeat(), Repeat::CreatesOnce);
        let body = String::from_utf8_lossy(request.content().unwrap()).into_owned();
        assert_eq!(body, format!("{{\"accountid\":\"{}\",\"name\":\"C\"}}", guid(5)));
    }
}

#[tokio::test]
async fn a_create_gives_the_row() {
    let server = Server::answering(vec![json(201, COMPANY)]).await;
    let company = server
        .client
        .create(Account, |a| incomplete(a.fax.set("1")))
        .with_id(id(1))
        .returning::<Company>()
        .await
        .unwrap();
    assert_eq!(company.name.as_deref(), Some("Contoso"));
    assert_eq!(company.version.as_deref(), Some("W/\"7\""));
    assert_eq!(
        server.asked_once().await,
        format!(
            "POST accounts?$select=accountid,name\nprefer: return=representation\n{JSON}\n{{\"accountid\":\"{}\",\"fax\":\"1\"}}",
            guid(1)
        )
    );
}

#[tokio::test]
async fn a_create_that_was_repeated_still_gives_the_row() {
    // After a fault the answer that says "already there" stands for success, and holds no row.
    let server = Server::answering(vec![ResponseTemplate::new(204), json(200, COMPANY)]).await;
    let new = server.client.create(Account, |a| a.name.set("Contoso"));
    let company = new.with_id(id(1)).returning::<Company>().await.unwrap();
    assert_eq!(company.accountid, id(1));
    assert_eq!(
        server.asked().await[1],
        format!("GET accounts({})?$select=accountid,name", guid(1))
    );
}

#[tokio::test]
async fn an_update_never_creates() {
    let server = Server::silent().await;
    let change = server
        .client
        .update(id::<Account>(1), |a| (a.revenue.set(money!(5)), a.fax.clear()));
    assert_eq!(change.request().unwrap().may_repeat(), Repeat::Safe);
    change.await.unwrap();
    assert_eq!(
        server.asked_once().await,
        format!(
            "PATCH accounts({})\nif-match: *\n{JSON}\n{{\"revenue\":5,\"fax\":null}}",
            guid(1)
        )
    );
}

#[tokio::test]
async fn an_update_can_depend_on_the_version() {
    let server = Server::silent().await;
    let change = server.client.update(id::<Account>(1), |a| a.fax.set("1"));
    let change = change.if_match("W/\"7\"");
    assert_eq!(change.request().unwrap().may_repeat(), Repeat::Never);
    change.await.unwrap();
    server
        .client
        .delete(id::<Account>(1))
        .if_match("W/\"8\"")
        .await
        .unwrap();
    assert_eq!(
        server.asked().await,
        [
            format!(
                "PATCH accounts({})\nif-match: W/\"7\"\n{JSON}\n{{\"fax\":\"1\"}}",
                guid(1)
            ),
            format!("DELETE accounts({})\nif-match: W/\"8\"", guid(1)),
        ]
    );
    let broken = write::delete(id::<Account>(1)).if_match("7\r\nx: y");
    assert_eq!(
        broken.request().unwrap_err(),
        InvalidRequest::BadVersion {
            etag: "7\r\nx: y".to_owned()
        }
    );
}

#[tokio::test]
async fn an_update_gives_the_row() {
    let server = Server::answering(vec![json(200, COMPANY)]).await;
    let change = server.client.update(id::<Account>(1), |a| a.fax.set("1"));
    let company = change.returning::<Company>().await.unwrap();
    assert_eq!(company.accountid, id(1));
    assert_eq!(
        server.asked_once().await,
        format!(
            "PATCH accounts({})?$select=accountid,name\nif-match: *\nprefer: return=representation\n{JSON}\n{{\"fax\":\"1\"}}",
            guid(1)
        )
    );
}

#[tokio::test]
async fn related_rows_of_an_update_are_read_afterwards() {
    let full = r#"{"name":"Contoso","primarycontactid":{"lastname":"Neil"}}"#;
    let server = Server::answering(vec![json(200, r#"{"name":"Contoso"}"#), json(200, full)]).await;
    let change = server.client.update(id::<Account>(1), |a| a.fax.set("1"));
    let row = change.returning::<WithContact>().await.unwrap();
    assert_eq!(row.name.as_deref(), Some("Contoso"));
    assert_eq!(row.primarycontactid.unwrap().lastname.as_deref(), Some("Neil"));
    assert_eq!(
        server.asked().await[1],
        format!(
            "GET accounts({})?$select=name&$expand=primarycontactid($select=lastname)",
            guid(1)
        )
    );
}

#[tokio::test]
async fn an_upsert_says_whether_it_created() {
    let body = format!("{{\"rsk_portid\":\"{}\"}}", guid(3));
    let server = Server::answering(vec![json(201, &body), json(200, &body)]).await;
    let key = || RskUnlocodeKey {
        rsk_unlocode: "NO/O'B",
    };
    let upsert = || server.client.upsert(key(), |p| p.rsk_name.set("Bergen"));
    assert_eq!(upsert().request().unwrap().may_repeat(), Repeat::Safe);
    let expected = |created| Upserted {
        created,
        row: id::<RskPort>(3),
    };
    assert_eq!(upsert().await.unwrap(), expected(true));
    assert_eq!(upsert().await.unwrap(), expected(false));
    assert_eq!(
        server.asked().await[0],
        format!(
            "PATCH rsk_ports(rsk_unlocode='NO%2FO''B')?$select=rsk_portid\nprefer: return=representation\n{JSON}\n\
             {{\"rsk_name\":\"Bergen\"}}"
        )
    );
}

#[tokio::test]
async fn an_upsert_can_create_or_update_only() {
    let company = json(201, COMPANY);
    let server = Server::answering(vec![company]).await;
    let upsert = || server.client.upsert(id::<Account>(1), |a| a.name.set("Contoso"));
    let create = upsert().create_only();
    assert_eq!(create.request().unwrap().may_repeat(), Repeat::CreatesOnce);
    let row = create.returning::<Company>().await.unwrap();
    assert!(row.created && row.row.accountid == id(1));
    upsert().update_only().await.unwrap();
    let path = format!("PATCH accounts({})", guid(1));
    let rest = format!("prefer: return=representation\n{JSON}\n{{\"name\":\"Contoso\"}}");
    assert_eq!(
        server.asked().await,
        [
            format!("{path}?$select=accountid,name\nif-none-match: *\n{rest}"),
            format!("{path}?$select=accountid\nif-match: *\n{rest}"),
        ]
    );
}

#[tokio::test]
async fn rows_of_elastic_tables_are_found_by_their_partition() {
    let server = Server::silent().await;
    let key = KeyfornosqlentitywithpkpartitionidKey {
        rsk_readingid: id(1),
        partitionid: "dev-7",
    };
    server.client.delete(key).await.unwrap();
    assert_eq!(
        server.asked_once().await,
        format!(
            "DELETE rsk_readings(rsk_readingid={},partitionid='dev-7')",
            guid(1)
        )
    );
    let answer = created(
        "rsk_readings",
        &format!("rsk_readingid={},partitionid='dev-7'", guid(4)),
    );
    let server = Server::answering(vec![answer]).await;
    let new = server
        .client
        .create(RskReading, |r| incomplete(r.partitionid.set("dev-7")));
    assert_eq!(new.await.unwrap(), id(4));
}

#[tokio::test]
async fn a_state_changes_with_its_status() {
    let server = Server::silent().await;
    let change = server.client.update(id::<Account>(1), |a| {
        a.statuscode.with_state(StatusCode::Inactive, a.statecode)
    });
    change.await.unwrap();
    assert_eq!(
        server.asked_once().await,
        format!(
            "PATCH accounts({})\nif-match: *\n{JSON}\n{{\"statuscode\":2,\"statecode\":1}}",
            guid(1)
        )
    );
    let unknown = write::update(id::<Account>(1), |a| {
        a.statuscode.with_state(Choice::new(99), a.statecode)
    });
    assert_eq!(
        unknown.request().unwrap_err(),
        InvalidRequest::UnknownStatus {
            table: "account",
            status: 99
        }
    );
    let alone = write::update(id::<Account>(1), |a| a.statecode.set(StateCode::Active));
    assert!(alone.request().is_ok());
}

#[test]
fn a_state_and_a_status_have_to_fit() {
    let both = |state, status| {
        write::update(id::<Account>(1), |a| {
            (a.statecode.set::<_, StateCode>(state), a.statuscode.set(status))
        })
        .request()
        .map(drop)
    };
    assert_eq!(
        both(StateCode::Inactive, Choice::from(StatusCode::Inactive)),
        Ok(())
    );
    // What the program doesn't know, the service judges.
    assert_eq!(both(StateCode::Inactive, Choice::new(814_250_000)), Ok(()));
    let mismatch = both(StateCode::Active, Choice::from(StatusCode::Inactive)).unwrap_err();
    let expected = InvalidRequest::StateMismatch {
        table: "account",
        status: 2,
        state: 1,
        set: "0".to_owned(),
    };
    assert_eq!(mismatch, expected);
    assert_eq!(
        mismatch.to_string(),
        "status 2 of table `account` belongs to state 1, and the state is set to 0: set the two with `statuscode.with_state(..)`"
    );
}

#[tokio::test]
async fn one_write_has_options_of_its_own() {
    let server = Server::silent().await;
    let fax = |client: &Client| client.update(id::<Account>(1), |a| a.fax.clear());
    fax(&server.client)
        .with(|options| options.tag("a b"))
        .await
        .unwrap();
    fax(&server.client).await.unwrap();
    let asked = server.asked().await;
    assert!(
        asked[0].starts_with(&format!("PATCH accounts({})?tag=a%20b\n", guid(1))),
        "{}",
        asked[0]
    );
    assert!(
        asked[1].starts_with(&format!("PATCH accounts({})\n", guid(1))),
        "{}",
        asked[1]
    );
}

#[tokio::test]
async fn a_write_to_an_elastic_table_says_under_which_token_it_is_seen() {
    let answer = created("rsk_readings", &guid(1)).insert_header("x-ms-session-token", "207:8#1=-1");
    let server = Server::answering(vec![answer]).await;
    let new = server
        .client
        .create(RskReading, |r| incomplete(r.partitionid.set("dev-7")));
    let answered = new.answered().await.unwrap();
    assert_eq!(answered.value, id(1));
    assert_eq!(answered.session.as_deref(), Some("207:8#1=-1"));
    assert_eq!(answered.etag, None);
}

#[tokio::test]
async fn what_the_service_refuses_is_an_error() {
    let body = r#"{"error":{"code":"0x80040217","message":"account With Id = 1 Does Not Exist"}}"#;
    let server = Server::answering(vec![json(404, body)]).await;
    let error = server
        .client
        .update(id::<Account>(1), |a| a.fax.set("1"))
        .await
        .unwrap_err();
    let Error::Service(refused) = error else {
        panic!("{error}");
    };
    assert_eq!(refused.status(), 404);
    let text = refused.to_string();
    assert!(
        text.contains("update of `account`") && text.contains("Does Not Exist"),
        "{text}"
    );
}

#[tokio::test]
async fn a_text_that_is_too_long_is_not_sent() {
    let server = Server::silent().await;
    let error = server
        .client
        .create(Account, |a| a.name.set("🙂".repeat(81)))
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "`name` (table `account`) takes at most 160 characters, and the text has 162: shorten it"
    );
    assert!(matches!(error, Error::Invalid(InvalidRequest::TooLong { .. })));
    assert!(server.asked().await.is_empty());
    assert!(
        write::create(Account, |a| a.name.set("🙂".repeat(80)))
            .request()
            .is_ok()
    );
}

#[tokio::test]
async fn an_answer_that_is_no_row_is_an_error() {
    for body in ["<html>busy</html>", "{}", r#"{"accountid":5}"#] {
        let server = Server::answering(vec![json(200, body)]).await;
        let update = server.client.update(id::<Account>(1), |a| a.fax.set("1"));
        let error = update.returning::<Company>().await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{body}: {error}");
        let upsert = server.client.upsert(id::<Account>(1), |a| a.fax.set("1"));
        let error = upsert.await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{body}: {error}");
    }
}
