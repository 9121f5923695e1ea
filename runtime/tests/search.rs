//! Search over HTTP: JSON in texts, both ways.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod wire;

use crm::account::{Account, IndustryCode};
use crm::prelude::*;
use crm::rsk_vessel::RskVessel;
use dataverse_runtime::{Error, InvalidRequest};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::Instant;
use wire::{Server, guid, id};
use wiremock::ResponseTemplate;

/// An answer that holds this JSON as text.
fn answering(inner: &Value) -> ResponseTemplate {
    let body = json!({"@odata.context": "x", "response": inner.to_string()});
    wire::json(200, &body.to_string())
}

/// The body of a request, with what stands in texts taken out.
fn body(asked: &str) -> Value {
    let mut body: Value = serde_json::from_str(asked.lines().last().unwrap()).unwrap();
    for name in ["entities", "facets", "orderby", "options"] {
        if let Some(Value::String(text)) = body.get(name) {
            body[name] = serde_json::from_str(text).unwrap();
        }
    }
    body
}

#[tokio::test]
async fn rows_of_several_tables_are_found() {
    let inner = json!({
        "Error": null,
        "Value": [
            {"Id": guid(7), "EntityName": "rsk_vessel", "ObjectTypeCode": 10234, "Score": 4.25,
             "Attributes": {"rsk_name": "Aster", "rsk_crew": 12, "rsk_homeportid": guid(9)},
             "Highlights": {"rsk_name": ["{crmhit}Aster{/crmhit}"]}},
            // In another case, and with less.
            {"id": guid(8), "entityname": "account", "attributes": {"industrycode": 1}},
        ],
        "Facets": {"rsk_flagstate": [{"Type": "Value", "Value": "814250000", "Count": 3}]},
        "QueryContext": {"OriginalQuery": "aster"},
        "Count": 2
    });
    let server = Server::answering(vec![answering(&inner)]).await;
    let found = server
        .client
        .search("aster \"bergen\"")
        .table(RskVessel, |vessels| {
            vessels
                .select(|v| (v.rsk_name, v.rsk_crew))
                .select(|v| v.rsk_homeportid)
                .look_in(|v| v.rsk_name)
                .filter(|v| v.rsk_crew.gt(10) & v.rsk_name.ne("O'Brien"))
                .facet(|v| v.rsk_flagstate, 10)
                .order_by(|v| v.rsk_name.asc())
        })
        .table(Account, |accounts| accounts)
        .top(500)
        .skip(2)
        .with_count()
        .all_words()
        .lucene()
        .await
        .unwrap();
    let asked = server.asked_once().await;
    assert!(asked.starts_with("POST searchquery\n"), "{asked}");
    assert_eq!(
        body(&asked),
        json!({
            "search": "aster \"bergen\"",
            "entities": [
                {"Name": "rsk_vessel", "SelectColumns": ["rsk_name", "rsk_crew", "rsk_homeportid"],
                 "SearchColumns": ["rsk_name"], "Filter": "rsk_crew gt 10 and rsk_name ne 'O''Brien'"},
                {"Name": "account"},
            ],
            "facets": ["rsk_flagstate,count:10"],
            "orderby": ["rsk_name asc"],
            "options": {"searchmode": "all", "querytype": "lucene"},
            "count": true, "top": 100, "skip": 2,
        })
    );

    assert_eq!(found.count, Some(2));
    let [vessel, account] = &found.hits[..] else {
        panic!("{found:?}");
    };
    assert_eq!(vessel.score, 4.25);
    assert_eq!(vessel.highlights["rsk_name"], ["{crmhit}Aster{/crmhit}"]);
    assert!(vessel.of::<Account>().is_none());
    let aster = vessel.of::<RskVessel>().unwrap();
    assert_eq!(aster.id(), id(7));
    assert_eq!(
        aster
            .get::<Option<String>, _, _, _>(|v| v.rsk_name)
            .unwrap()
            .unwrap(),
        "Aster"
    );
    assert_eq!(
        aster.get::<Option<i32>, _, _, _>(|v| v.rsk_crew).unwrap(),
        Some(12)
    );
    assert_eq!(
        aster.get::<Option<Id<_>>, _, _, _>(|v| v.rsk_homeportid).unwrap(),
        Some(id(9))
    );
    assert_eq!(aster.get::<Option<String>, _, _, _>(|v| v.rsk_imo).unwrap(), None);
    let account = account.of::<Account>().unwrap();
    let industry: Option<Choice<IndustryCode>> = account.get(|a| a.industrycode).unwrap();
    assert_eq!(industry, Some(IndustryCode::Accounting.into()));
    let flags = &found.facets["rsk_flagstate"];
    assert_eq!((flags[0].value.as_str(), flags[0].count), ("\"814250000\"", 3));
}

#[tokio::test]
async fn what_somebody_types_is_suggested_and_completed() {
    let suggestions = json!({"Error": null, "Value": [{"Text": "{crmhit}Ast{/crmhit}er", "Document": {"rsk_name": "Aster"}}]});
    let answers = vec![
        answering(&suggestions),
        answering(&json!({"Error": null, "Value": "aster"})),
        answering(&json!({"Error": null, "Value": ""})),
    ];
    let server = Server::answering(answers).await;
    let suggested = server.client.suggest("ast").fuzzy().top(3).await.unwrap();
    assert_eq!(suggested[0].text, "{crmhit}Ast{/crmhit}er");
    assert_eq!(suggested[0].document["rsk_name"].as_str(), "\"Aster\"");
    let complete = || {
        let complete = server.client.autocomplete("ast");
        complete.table(RskVessel, |vessels| vessels.look_in(|v| v.rsk_name))
    };
    assert_eq!(complete().await.unwrap().as_deref(), Some("aster"));
    assert_eq!(complete().await.unwrap(), None);
    let asked = server.asked().await;
    assert_eq!(body(&asked[0]), json!({"search": "ast", "fuzzy": true, "top": 3}));
    assert!(asked[1].starts_with("POST searchautocomplete\n"));
}

#[tokio::test]
async fn what_went_wrong_stands_in_the_answer_or_is_one() {
    let error = json!({"Error": {"code": "0x80048d0b", "message": "Search is not enabled."}, "Value": null});
    let off = r#"{"error":{"code":"0x80048d0b","message":"Search is not enabled."}}"#;
    let server = Server::answering(vec![answering(&error), wire::json(400, off)]).await;
    for _ in 0..2 {
        match server.client.search("x").await.unwrap_err() {
            Error::Service(refused) => {
                assert_eq!(refused.code(), Some(Code::FEATURE_NOT_ENABLED));
                assert!(
                    refused.to_string().contains("Search is not enabled."),
                    "{refused}"
                );
            }
            other => panic!("{other}"),
        }
    }
    let broken = [
        "{}",
        r#"{"response":7}"#,
        r#"{"response":"{"}"#,
        r#"{"response":"{\"Value\":7}"}"#,
        r#"{"response":"{\"Value\":[{\"Id\":\"seven\",\"EntityName\":\"account\"}]}"}"#,
        "<html>",
    ];
    for answer in broken {
        let server = Server::answering(vec![wire::json(200, answer)]).await;
        let error = server.client.search("x").await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{answer}: {error}");
    }
}

#[tokio::test]
async fn what_would_be_refused_is_not_sent() {
    let server = Server::silent().await;
    for (text, length) in [(String::new(), 0), ("ü".repeat(101), 101)] {
        let error = server.client.search(text).await.unwrap_err();
        assert!(
            matches!(error, Error::Invalid(InvalidRequest::SearchText { length: told }) if told == length)
        );
    }
    let conditions: [fn(&crm::account::Columns) -> Filter<Account>; 4] = [
        |a| a.primarycontactid.to(|c| c.lastname.eq("x")),
        |a| a.primarycontactid.eq(id(1)),
        |a| a.name.contains("x"),
        |a| a.name.eq("x") & !a.createdon.within(Period::Today),
    ];
    for condition in conditions {
        let search = server
            .client
            .search("x")
            .table(Account, |accounts| accounts.filter(condition));
        let error = search.await.unwrap_err();
        assert!(
            matches!(
                error,
                Error::Invalid(InvalidRequest::SearchFilter { table: "account" })
            ),
            "{error}"
        );
    }
    assert!(server.asked().await.is_empty());
}

#[tokio::test]
async fn a_user_searches_once_a_second() {
    let server = Server::answering(vec![answering(&json!({"Value": []}))]).await;
    let begun = Instant::now();
    let (one, other) = (server.client.clone(), server.client.clone());
    let (first, second) = tokio::join!(
        async move { one.search("a").await.map(|_| begun.elapsed()) },
        async move { other.search("b").await.map(|_| begun.elapsed()) }
    );
    let (first, second) = (first.unwrap(), second.unwrap());
    assert!(
        first.max(second) >= Duration::from_secs(1),
        "{first:?} {second:?}"
    );
    assert!(server.client.search("a").await.unwrap().hits.is_empty());
    assert!(begun.elapsed() >= Duration::from_secs(2));
}
