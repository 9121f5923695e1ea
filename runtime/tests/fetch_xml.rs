//! Queries in FetchXML over HTTP: the exact requests, and the rows of their pages.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod fetch_text;
mod wire;

use crm::account::{Account, IndustryCode};
use crm::prelude::*;
use dataverse_runtime::fetch_xml::FetchQuery;
use fetch_text::{decoded, sent};
use proptest::prelude::*;
use wire::{Server, guid, id, json};

#[derive(Debug, PartialEq, Row)]
#[row(table = Account)]
struct Company {
    accountid: Id<Account>,
    name: Option<String>,
    revenue: Option<Money>,
}

#[tokio::test]
async fn a_text_is_sent_and_what_is_empty_is_left_out_of_its_rows() {
    let server = Server::answering(vec![json(
        200,
        &format!(
            r#"{{"value":[{{"@odata.etag":"W/\"1\"","accountid":"{}","name":"Aster"}},{{"accountid":"{}","revenue":5}}]}}"#,
            guid(1),
            guid(2)
        ),
    )])
    .await;
    let industry = IndustryCode::Accounting;
    let query = fetch_xml!(
        r#"
        <fetch>
          <!-- all of one industry -->
          <entity name="account">
            <attribute name="name"/>
            <attribute name="revenue"/>
            <filter><condition attribute="industrycode" operator="eq" value="{industry}"/></filter>
          </entity>
        </fetch>"#
    );
    let rows = server.client.fetch_xml::<Company>(query).all().await.unwrap();
    assert_eq!(
        rows,
        [
            Company {
                accountid: id(1),
                name: Some("Aster".to_owned()),
                revenue: None
            },
            Company {
                accountid: id(2),
                name: None,
                revenue: Some(money!(5))
            },
        ]
    );
    let asked = server.asked_once().await;
    assert!(asked.starts_with("GET accounts?fetchXml=%3Cfetch%3E"), "{asked}");
    assert_eq!(
        sent(&asked),
        "<fetch><entity name=\"account\"><attribute name=\"name\"/><attribute name=\"revenue\"/><filter>\
         <condition attribute=\"industrycode\" operator=\"eq\" value=\"1\"/></filter></entity></fetch>"
    );
    let prefer = "prefer: odata.include-annotations=\"Microsoft.Dynamics.CRM.fetchxmlpagingcookie,\
                  Microsoft.Dynamics.CRM.morerecords\"";
    assert!(asked.ends_with(prefer), "{asked}");
}

#[test]
fn values_are_written_as_fetch_xml_has_them() {
    let (name, flag, amount) = ("R&D <\"x\">", true, money!(1.50));
    let (day, contact) = (civil::date(2024, 3, 5), id::<crm::contact::Contact>(7));
    let (since, days, top) = (Timestamp::UNIX_EPOCH, 30, 5);
    let industries = [IndustryCode::Accounting, IndustryCode::Consulting];
    let query = fetch_xml!(
        <fetch top="{top}">
          <entity name="account">
            <attribute name="name"/>
            <filter>
              <condition attribute="name" operator="like" value="{name}%"/>
              <condition attribute="creditonhold" operator="eq" value="{flag}"/>
              <condition attribute="revenue" operator="between"><value>{amount}</value><value>2</value></condition>
              <condition attribute="primarycontactid" operator="eq" value="{contact}"/>
              <condition attribute="createdon" operator="on" value="{day}"/>
              <condition attribute="createdon" operator="ge" value="{since}"/>
              <condition attribute="createdon" operator="last-x-days" value="{days}"/>
              <condition attribute="industrycode" operator="in"><value>{..industries}</value></condition>
              <condition attribute="description" operator="eq" value="{{braces}}"/>
            </filter>
          </entity>
        </fetch>
    );
    assert_eq!(
        query.to_string(),
        "<fetch top=\"5\"><entity name=\"account\"><attribute name=\"name\"/><filter>\
         <condition attribute=\"name\" operator=\"like\" value=\"R&amp;D &lt;&quot;x&quot;&gt;%\"/>\
         <condition attribute=\"creditonhold\" operator=\"eq\" value=\"1\"/>\
         <condition attribute=\"revenue\" operator=\"between\"><value>1.50</value><value>2</value></condition>\
         <condition attribute=\"primarycontactid\" operator=\"eq\" value=\"00000000-0000-0000-0000-000000000007\"/>\
         <condition attribute=\"createdon\" operator=\"on\" value=\"2024-03-05\"/>\
         <condition attribute=\"createdon\" operator=\"ge\" value=\"1970-01-01T00:00:00Z\"/>\
         <condition attribute=\"createdon\" operator=\"last-x-days\" value=\"30\"/>\
         <condition attribute=\"industrycode\" operator=\"in\"><value>1</value><value>7</value></condition>\
         <condition attribute=\"description\" operator=\"eq\" value=\"{braces}\"/>\
         </filter></entity></fetch>"
    );
}

#[test]
fn texts_that_come_at_run_time_are_read_first() {
    let refused = |text: &str| FetchXml::<Account>::from_text(text).unwrap_err().to_string();
    assert_eq!(
        refused("<fetch>\n<entity name='account'>\n</fetch>"),
        "line 3 of the FetchXML: `</fetch>` stands where `</entity>` is expected"
    );
    assert_eq!(
        refused("<fetch><entity name='contact'/></fetch>"),
        "line 1 of the FetchXML: the rows are `account`, and the text asks for `contact`"
    );
    assert_eq!(
        refused("<fetch top='1' page='2'><entity name='account'/></fetch>"),
        "line 1 of the FetchXML: `top` and `page` exclude each other: a text with `top` has no pages"
    );
    let text = r#"
        <fetch version="1.0" output-format="xml-platform" mapping="logical" savedqueryid="x">
          <entity name="account">
            <attribute name="name" />
            <filter><condition attribute="a" operator="brand-new" value="{0}" uiname="A &amp; B" /></filter>
          </entity>
        </fetch>"#;
    assert_eq!(
        FetchXml::<Account>::from_text(text).unwrap().to_string(),
        "<fetch version=\"1.0\" output-format=\"xml-platform\" mapping=\"logical\" savedqueryid=\"x\">\
         <entity name=\"account\"><attribute name=\"name\"/><filter><condition attribute=\"a\" operator=\"brand-new\" \
         value=\"{0}\" uiname=\"A &amp; B\"/></filter></entity></fetch>"
    );
}

#[tokio::test]
async fn what_the_rows_read_and_the_text_does_not_give_is_told_before_anything_is_sent() {
    let server = Server::silent().await;
    let query = fetch_xml!(
        <fetch distinct="true"><entity name="account"><attribute name="revenue" alias="r"/></entity></fetch>
    );
    let error = server.client.fetch_xml::<Company>(query).all().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the FetchXML doesn't give what the rows read: add `accountid` of `account`, `name` of `account`, `revenue` of \
         `account` to its text"
    );
    assert_eq!(server.asked().await, Vec::<String>::new());

    let all = fetch_xml!(<fetch distinct="true"><entity name="account"><all-attributes/></entity></fetch>);
    assert!(FetchQuery::<Company>::new(all).request().is_ok());
    let top = fetch_xml!(<fetch top="3"><entity name="account"><all-attributes/></entity></fetch>);
    let error = FetchQuery::<Company>::new(top)
        .page_size(5)
        .request()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 1 of the FetchXML: `top` and `count` exclude each other: a text with `top` has no pages"
    );
    let none: [IndustryCode; 0] = [];
    let none = fetch_xml!(
        <fetch><entity name="account"><all-attributes/><filter>
          <condition attribute="industrycode" operator="in"><value>{..none}</value></condition>
        </filter></entity></fetch>
    );
    let error = FetchQuery::<Company>::new(none).request().unwrap_err();
    assert!(
        error
            .to_string()
            .contains("the operator `in` takes at least one `<value>`, and here is none"),
        "{error}"
    );
}

#[tokio::test]
async fn refusals_say_what_the_service_says() {
    let body = r#"{"error":{"code":"0x8004430d","message":"Number of link entities exceeded the limit."}}"#;
    let server = Server::answering(vec![json(400, body)]).await;
    let query = fetch_xml!(<fetch><entity name="account"><all-attributes/></entity></fetch>);
    let error = server.client.fetch_xml::<Company>(query).all().await.unwrap_err();
    let Error::Service(error) = error else {
        panic!("{error:?}");
    };
    assert!(error.to_string().contains("fetch of `account`"), "{error}");
    assert!(
        error
            .to_string()
            .contains("Number of link entities exceeded the limit."),
        "{error}"
    );
}

#[tokio::test]
async fn a_text_that_is_too_long_for_a_url_goes_in_a_batch() {
    let body = "--b\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n\
                {\"value\":[]}\r\n--b--\r\n";
    let answer = wiremock::ResponseTemplate::new(200).set_body_raw(body, "multipart/mixed; boundary=b");
    let server = Server::answering(vec![answer]).await;
    let names = vec!["x".repeat(400); 100];
    let query = fetch_xml!(
        <fetch><entity name="account"><all-attributes/><filter>
          <condition attribute="name" operator="in"><value>{..names}</value></condition>
        </filter></entity></fetch>
    );
    let rows = server.client.fetch_xml::<Company>(query).all().await.unwrap();
    assert_eq!(rows, []);
    let asked = server.asked_once().await;
    assert!(asked.starts_with("POST $batch"), "{}", &asked[..200]);
    assert!(sent(&asked.replace(" HTTP/1.1", "\n")).contains(&names[0]));
}

proptest! {
    #[test]
    fn no_value_changes_the_query(name in any::<String>(), other in ".*[<>&\"'{}\\]\\[%].*") {
        let query = fetch_xml!(
            <fetch><entity name="account"><attribute name="name"/><filter>
              <condition attribute="name" operator="eq" value="{name}"/>
              <condition attribute="name" operator="in"><value>{other}</value><value>2</value></condition>
            </filter></entity></fetch>
        );
        let text = query.to_string();
        // Where no text is special, the same elements are there.
        let tags = |text: &str| text.matches(['<', '>', '"']).count();
        let plain = fetch_xml!(
            <fetch><entity name="account"><attribute name="name"/><filter>
              <condition attribute="name" operator="eq" value=""/>
              <condition attribute="name" operator="in"><value>1</value><value>2</value></condition>
            </filter></entity></fetch>
        );
        prop_assert_eq!(tags(&text), tags(&plain.to_string()));
        // And the text is read as the same again.
        let again = FetchXml::<Account>::from_text(&text).unwrap();
        prop_assert_eq!(&again.to_string(), &text);
        let request = FetchQuery::<Named>::new(query).request().unwrap();
        prop_assert!(request.path().is_ascii());
        prop_assert_eq!(decoded(request.path().split_once("fetchXml=").unwrap().1), text);
    }
}

#[derive(Debug, Row)]
#[row(table = Account)]
#[allow(dead_code)]
struct Named {
    name: Option<String>,
}
