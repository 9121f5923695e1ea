//! Queries in FetchXML over HTTP: the exact requests, and the rows of their pages.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod wire;

use crm::account::{Account, IndustryCode};
use crm::prelude::*;
use dataverse_runtime::fetch_xml::FetchQuery;
use wire::{Server, guid, id, json};

#[derive(Debug, PartialEq, Row)]
#[row(table = Account)]
struct Company {
    accountid: Id<Account>,
    name: Option<String>,
    revenue: Option<Money>,
}

/// What the request's text is, from its path.
fn sent(path: &str) -> String {
    let encoded = path.split_once("fetchXml=").unwrap().1;
    let encoded = encoded.split('\n').next().unwrap();
    let mut bytes = encoded.bytes();
    let mut text = Vec::new();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let digits = [bytes.next().unwrap(), bytes.next().unwrap()];
            text.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
        } else {
            text.push(byte);
        }
    }
    String::from_utf8(text).unwrap()
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
    let _ = FetchQuery::<Company>::new(query).request().unwrap_err();
}
