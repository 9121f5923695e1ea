//! Counts, totals, records and views over HTTP.

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
use dataverse_runtime::{Error, InvalidRequest};
use wire::{Server, guid, id, json};
use wiremock::ResponseTemplate;

#[derive(Debug, PartialEq, Row)]
#[row(table = Account)]
struct Company {
    name: Option<String>,
}

fn number(text: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(format!("\u{feff}{text}"), "text/plain")
}

#[tokio::test]
async fn rows_are_counted_up_to_the_cap() {
    let server = Server::answering(vec![number("17"), number("5000"), number("many")]).await;
    let query = || {
        server
            .client
            .query::<Company>()
            .filter(|a| a.name.eq("a&b"))
            .top(3)
    };
    assert_eq!(query().count().await.unwrap(), Count::Exactly(17));
    assert_eq!(query().count().await.unwrap().to_string(), "at least 5,000");
    assert!(matches!(query().count().await, Err(Error::Decode(_))));
    assert_eq!(
        server.asked().await[0],
        "GET accounts/$count?$filter=name%20eq%20%27a%26b%27"
    );
}

#[tokio::test]
async fn a_total_is_known_with_the_first_page() {
    let page = |rest: &str| json(200, &format!(r#"{{{rest}"value":[{{"name":"x"}}]}}"#));
    let exceeded = r#""@odata.count":5000,"@Microsoft.Dynamics.CRM.totalrecordcount":5000,
        "@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded":true,"#;
    let exact = exceeded.replace("true", "false");
    let server = Server::answering(vec![page(exceeded), page(&exact), page("")]).await;
    for expected in [Some(Count::AtLeast(5_000)), Some(Count::Exactly(5_000)), None] {
        let mut rows = server.client.query::<Company>().with_total().stream();
        assert_eq!(rows.total(), None);
        rows.try_next().await.unwrap().unwrap();
        assert_eq!(rows.total(), expected);
    }
    assert_eq!(
        server.asked().await[0],
        "GET accounts?$select=name&$count=true\n\
         prefer: odata.include-annotations=\"Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded\""
    );
}

#[tokio::test]
async fn all_rows_of_a_table_are_counted_without_a_cap() {
    let body = r#"{"EntityRecordCountCollection":{"Count":1,"IsReadOnly":false,"Keys":["account"],"Values":[81234]}}"#;
    let server = Server::answering(vec![json(200, body), json(200, "{}")]).await;
    assert_eq!(server.client.total_rows(Account).await.unwrap(), 81_234);
    assert!(matches!(
        server.client.total_rows(Account).await,
        Err(Error::Decode(_))
    ));
    assert_eq!(
        server.asked().await[0],
        "GET RetrieveTotalRecordCount(EntityNames=@EntityNames)?@EntityNames=[%22account%22]"
            .replace('[', "%5B")
            .replace(']', "%5D")
    );
}

#[tokio::test]
async fn records_have_the_columns_that_were_selected() {
    let body = format!(
        r#"{{"value":[{{"@odata.etag":"W/\"7\"","name":null,"revenue":5.50,"_transactioncurrencyid_value":"{}",
            "industrycode@OData.Community.Display.V1.FormattedValue":"Accounting","industrycode":1}}]}}"#,
        guid(9)
    );
    let server = Server::answering(vec![json(200, &body)]).await;
    let query = server
        .client
        .records(Account)
        .select(|a| (a.name, a.revenue))
        .select(|a| vec![a.industrycode])
        .formatted()
        .filter(|a| a.revenue.gt(5));
    let record = query.first().await.unwrap().unwrap();
    let name: Option<String> = record.get(|a| a.name).unwrap();
    assert_eq!(name, None);
    let revenue: Option<CurrencyAmount> = record.get(|a| a.revenue).unwrap();
    let revenue = revenue.unwrap();
    assert_eq!(
        (revenue.to_string().as_str(), revenue.currency),
        ("5.50", Some(Uuid::from_u128(9)))
    );
    let industry: Option<Choice<IndustryCode>> = record.get(|a| a.industrycode).unwrap();
    assert_eq!(industry.map(Choice::value), Some(1));
    assert_eq!(
        record.formatted(|a| a.industrycode).unwrap().as_deref(),
        Some("Accounting")
    );
    assert_eq!(record.etag().as_deref(), Some("W/\"7\""));
    let error = record.get::<Option<String>, _, _, _>(|a| a.fax).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`fax` (table `account`) wasn't asked for: add the column to the query's `select`"
    );
    assert_eq!(
        server.asked_once().await,
        "GET accounts?$select=name,revenue,industrycode&$filter=revenue%20gt%205&$top=1\n\
         prefer: odata.include-annotations=\"OData.Community.Display.V1.FormattedValue\""
    );
}

#[tokio::test]
async fn one_record_is_read_by_its_id() {
    let customer = format!(
        r#"{{"_customerid_value@Microsoft.Dynamics.CRM.lookuplogicalname":"contact","_customerid_value":"{}"}}"#,
        guid(4)
    );
    let server = Server::answering(vec![json(200, &customer), json(404, "{}")]).await;
    let record = server
        .client
        .retrieve::<Record<Incident>>(id(1))
        .select(|i| i.customerid)
        .await
        .unwrap();
    let customer: Reference<_> = record.get(|i| i.customerid).unwrap();
    assert_eq!(customer.id::<Contact>(), Some(id(4)));
    let none = server.client.find::<Record<Incident>>(id(1)).await.unwrap();
    assert!(none.is_none());
    assert_eq!(
        server.asked().await,
        [
            format!(
                "GET incidents({})?$select=_customerid_value\n\
                 prefer: odata.include-annotations=\"Microsoft.Dynamics.CRM.lookuplogicalname\"",
                guid(1)
            ),
            format!("GET incidents({})?$select=incidentid", guid(1)),
        ]
    );
}

#[tokio::test]
async fn a_view_gives_its_rows() {
    let server = Server::paging(3, |server, at| match at {
        0 => json(
            200,
            &format!(
                r#"{{"value":[{{"name":"x"}}],"@odata.nextLink":"{server}/api/data/v9.2/accounts?savedQuery=1&$skiptoken=2"}}"#
            ),
        ),
        1 => json(200, r#"{"value":[{}]}"#),
        _ => json(200, r#"{"value":[{"name":"y"}]}"#),
    })
    .await;
    let view = ViewId::System(Uuid::from_u128(3));
    let records: Vec<Record<Account>> = server.client.view(view).page_size(1).all().await.unwrap();
    // A view leaves out what is empty.
    let names: Vec<Option<String>> = records
        .iter()
        .map(|record| record.get(|a| a.name).unwrap())
        .collect();
    assert_eq!(names, [Some("x".to_owned()), None]);
    let personal = server
        .client
        .view::<Company>(ViewId::Personal(Uuid::from_u128(4)));
    assert_eq!(personal.all().await.unwrap()[0].name.as_deref(), Some("y"));
    assert_eq!(
        server.asked().await,
        [
            format!("GET accounts?savedQuery={}\nprefer: odata.maxpagesize=1", guid(3)),
            "GET accounts?savedQuery=1&$skiptoken=2\nprefer: odata.maxpagesize=1".to_owned(),
            format!("GET accounts?userQuery={}", guid(4)),
        ]
    );
}

#[tokio::test]
async fn a_view_has_no_related_rows() {
    #[derive(Debug, Row)]
    #[row(table = Contact)]
    #[allow(dead_code)]
    struct Person {
        #[row(expand, column = parentcustomerid)]
        employer: Option<Company>,
    }
    let server = Server::silent().await;
    let view = server.client.view::<Person>(ViewId::System(Uuid::from_u128(3)));
    let navigation = "parentcustomerid_account";
    assert_eq!(
        view.request().unwrap_err(),
        InvalidRequest::ViewExpands { navigation }
    );
    assert!(matches!(view.all().await, Err(Error::Invalid(_))));
    assert!(server.asked().await.is_empty());
}
