//! Groups and aggregates: what is asked, and what comes back.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod wire;

use crm::account::{Account, IndustryCode};
use crm::contact::Contact;
use crm::incident::Incident;
use crm::prelude::*;
use dataverse_runtime::aggregate::aggregate;
use dataverse_runtime::{Error, InvalidRequest, decimal};
use wire::{Server, guid, id, json};

/// What stands behind `$apply=`, decoded.
fn apply(path: &str) -> String {
    let url = reqwest::Url::parse("https://rsk.crm4.dynamics.com/")
        .unwrap()
        .join(path)
        .unwrap();
    let pairs: Vec<_> = url.query_pairs().into_owned().collect();
    assert_eq!(pairs.len(), 1, "{path}");
    assert_eq!(pairs[0].0, "$apply");
    pairs[0].1.clone()
}

#[tokio::test]
async fn groups_come_back_with_their_types() {
    let body = r#"{"value":[
        {"industrycode":1,"value_2":400000.000000000,"value_3":40.5,"value_4":"2024-03-05T08:30:00Z","value_5":8},
        {"value_2":null,"value_3":null,"value_5":2}]}"#;
    let server = Server::answering(vec![json(200, body)]).await;
    let groups = server
        .client
        .aggregate(Account, |a| {
            (
                a.industrycode,
                a.revenue.sum(),
                a.numberofemployees.average(),
                a.createdon.max(),
                count_rows(),
            )
        })
        .filter(|a| a.name.eq("a'b"))
        .filter(|a| a.revenue.is_not_null())
        .await
        .unwrap();
    let (industry, revenue, employees, last, rows) = groups[0];
    assert_eq!(industry, Some(Choice::from(IndustryCode::Accounting)));
    assert_eq!(revenue, Some(money!(400_000)));
    assert_eq!(employees, Some(decimal!(40.5)));
    assert_eq!(last, Some("2024-03-05T08:30:00Z".parse().unwrap()));
    assert_eq!(rows, 8);
    assert_eq!(groups[1], (None, None, None, None, 2));
    let asked = server.asked_once().await;
    assert_eq!(
        apply(asked.strip_prefix("GET ").unwrap()),
        "filter(name eq 'a''b' and revenue ne null)/groupby((industrycode),aggregate(revenue with sum as value_2,\
         numberofemployees with average as value_3,createdon with max as value_4,$count as value_5))"
    );
}

#[tokio::test]
async fn without_groups_all_rows_are_one() {
    let server = Server::answering(vec![json(200, r#"{"value":[{"value_1":3,"value_2":1.5}]}"#)]).await;
    let all = server
        .client
        .aggregate(Account, |a| (a.industrycode.count_distinct(), a.revenue.min()))
        .await
        .unwrap();
    assert_eq!(all, [(3, Some(money!(1.5)))]);
    let asked = server.asked_once().await;
    assert_eq!(
        apply(asked.strip_prefix("GET ").unwrap()),
        "aggregate(industrycode with countdistinct as value_1,revenue with min as value_2)"
    );
}

#[tokio::test]
async fn distinct_values_are_groups_alone() {
    let body = r#"{"value":[{"address1_city":"Bergen","contact_fullname":"Ada"},{"primarycontactid_fullname":"Bo"}]}"#;
    let server = Server::answering(vec![json(200, body)]).await;
    let places = server
        .client
        .distinct(Account, |a| {
            (a.address1_city, a.primarycontactid.to_value(|c| c.fullname))
        })
        .await
        .unwrap();
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(places, [(text("Bergen"), text("Ada")), (None, text("Bo"))]);
    let asked = server.asked_once().await;
    assert_eq!(
        apply(asked.strip_prefix("GET ").unwrap()),
        "groupby((address1_city,primarycontactid/fullname))"
    );
}

#[tokio::test]
async fn lookups_are_groups_too() {
    let body = format!(
        r#"{{"value":[{{"_customerid_value@Microsoft.Dynamics.CRM.lookuplogicalname":"contact","_customerid_value":"{}",
            "_primarycontactid_value":"{}"}}]}}"#,
        guid(4),
        guid(5)
    );
    let server = Server::answering(vec![json(200, &body)]).await;
    let customers = server.client.distinct(Incident, |i| i.customerid).await.unwrap();
    assert_eq!(customers[0].as_ref().unwrap().id::<Contact>(), Some(id(4)));
    assert_eq!(
        server.asked_once().await,
        "GET incidents?$apply=groupby%28%28_customerid_value%29%29\n\
         prefer: odata.include-annotations=\"Microsoft.Dynamics.CRM.lookuplogicalname\""
    );
    // Of a lookup with one target the table is known.
    let people = server
        .client
        .distinct(Account, |a| a.primarycontactid)
        .await
        .unwrap();
    assert_eq!(people[0].as_ref().unwrap().id::<Contact>(), Some(id(5)));
}

#[test]
fn paths_go_as_far_as_lookups_lead() {
    let deep = aggregate(Incident, |i| {
        (
            i.customerid
                .to_value_of(Account, |a| a.primarycontactid.to_value(|c| c.fullname)),
            i.customerid.to_value_of(Account, |a| a.revenue.sum()),
        )
    });
    assert_eq!(
        apply(deep.request().unwrap().path()),
        "groupby((customerid_account/primarycontactid/fullname),\
         aggregate(customerid_account/revenue with sum as value_2))"
    );
}

#[tokio::test]
async fn what_could_not_be_told_apart_is_not_sent() {
    let two = aggregate(Account, |a| {
        (
            a.createdby.to_value(|u| u.fullname),
            a.modifiedby.to_value(|u| u.fullname),
        )
    });
    let key = "systemuser_fullname".to_owned();
    assert_eq!(
        two.request().unwrap_err(),
        InvalidRequest::AmbiguousGroups { key }
    );
    let server = Server::silent().await;
    let refused = server
        .client
        .aggregate(Account, |_| count_rows())
        .filter(|a| !a.ownerid.is_user());
    assert!(matches!(refused.await, Err(Error::Invalid(_))));
    assert!(server.asked().await.is_empty());
}

#[tokio::test]
async fn damaged_groups_are_errors_that_say_where() {
    let server = Server::answering(vec![
        json(200, r#"{"value":[{"value_1":"x"}]}"#),
        json(200, r#"{"value":[{}]}"#),
        json(200, r#"{"value":7}"#),
        json(
            400,
            r#"{"error":{"code":"0x8004E023","message":"AggregateQueryRecordLimit exceeded."}}"#,
        ),
    ])
    .await;
    let mut texts = Vec::new();
    for _ in 0..4 {
        let error = server
            .client
            .aggregate(Account, |_| count_rows())
            .await
            .unwrap_err();
        texts.push(error.to_string());
    }
    assert_eq!(
        texts[0],
        "`value[0].value_1` should be a whole number of 64 bits, but is \"x\""
    );
    assert_eq!(
        texts[1],
        "`value[0].value_1` should be a whole number of 64 bits, but isn't there"
    );
    assert_eq!(texts[2], "`value` should be an array, but is 7");
    assert!(texts[3].contains("Narrow the filter"), "{}", texts[3]);
}
