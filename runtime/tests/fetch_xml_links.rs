//! What queries in FetchXML give besides the row's own columns: linked tables, aliases, what people see.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod fetch_text;
mod wire;

use crm::account::{Account, IndustryCode};
use crm::contact::Contact;
use crm::prelude::*;
use crm::targets::Customer;
use dataverse_runtime::fetch_xml::FetchQuery;
use wire::{Server, guid, id, json};

#[derive(Debug, PartialEq, Row)]
#[row(table = Contact)]
struct Person {
    fullname: Option<String>,
    parentcustomerid: Option<Reference<Customer>>,
    #[row(formatted = parentcustomerid)]
    parent: Option<String>,
}

#[derive(Debug, PartialEq, Row)]
#[row(table = Account)]
struct Company {
    name: Option<String>,
    #[row(link = "person")]
    person: Option<Person>,
    #[row(alias = "code")]
    industry: Option<Choice<IndustryCode>>,
    #[row(alias = "code", formatted)]
    shown: Option<String>,
}

fn query() -> FetchXml<Account> {
    fetch_xml!(
        <fetch>
          <entity name="account">
            <attribute name="name"/>
            <attribute name="industrycode" alias="code"/>
            <link-entity name="contact" from="contactid" to="primarycontactid" alias="person" link-type="outer">
              <attribute name="fullname"/>
              <attribute name="parentcustomerid"/>
            </link-entity>
          </entity>
        </fetch>
    )
}

async fn rows(rows: &str) -> Result<Vec<Company>, Error> {
    let server = Server::answering(vec![json(200, &format!(r#"{{"value":[{rows}]}}"#))]).await;
    server.client.fetch_xml::<Company>(query()).all().await
}

#[tokio::test]
async fn linked_columns_are_read_in_both_spellings() {
    let rows = rows(&format!(
        r#"
        {{"name":"Aster","person.fullname":"Ann","person.parentcustomerid":"{0}",
          "person.parentcustomerid@Microsoft.Dynamics.CRM.lookuplogicalname":"account",
          "person.parentcustomerid@OData.Community.Display.V1.FormattedValue":"Aster Ltd",
          "person.fullname@OData.Community.Display.V1.AttributeName":"fullname",
          "code":1,"code@OData.Community.Display.V1.FormattedValue":"Accounting","other.name":"x"}},
        {{"name":"Bold","person_x002e_fullname":"Bea","person_x002e__parentcustomerid_value":"{0}"}},
        {{"name":"Cyan"}}"#,
        guid(7)
    ))
    .await
    .unwrap();
    let [aster, bold, cyan] = <[Company; 3]>::try_from(rows).unwrap();
    let person = aster.person.unwrap();
    assert_eq!(person.fullname.as_deref(), Some("Ann"));
    assert_eq!(person.parent.as_deref(), Some("Aster Ltd"));
    let parent = person.parentcustomerid.unwrap();
    assert_eq!(parent.id::<Account>(), Some(id(7)));
    assert_eq!(aster.industry, Some(Choice::new(1)));
    assert_eq!(aster.shown.as_deref(), Some("Accounting"));

    let person = bold.person.unwrap();
    assert_eq!(person.fullname.as_deref(), Some("Bea"));
    assert_eq!(person.parentcustomerid.unwrap().uuid(), Uuid::from_u128(7));
    assert_eq!(cyan.person, None);
    assert_eq!((cyan.industry, cyan.shown), (None, None));
}

#[tokio::test]
async fn a_wrong_value_of_a_linked_row_is_told_with_its_place() {
    let error = rows(r#"{"name":"Aster","person.fullname":5}"#).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "`value[0].person.fullname` (table `contact`) should be text, but is 5 (line 1, column 46)"
    );
}

#[test]
fn annotations_are_asked_for_as_the_rows_need_them() {
    let request = FetchQuery::<Company>::new(query()).request().unwrap();
    assert_eq!(
        request.headers()["prefer"],
        "odata.include-annotations=\"OData.Community.Display.V1.FormattedValue,Microsoft.Dynamics.CRM.lookuplogicalname,\
         Microsoft.Dynamics.CRM.fetchxmlpagingcookie,Microsoft.Dynamics.CRM.morerecords\""
    );
}

#[test]
fn links_and_aliases_that_the_text_lacks_are_told() {
    let lacks = |query: FetchXml<Account>| {
        FetchQuery::<Company>::new(query)
            .request()
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        lacks(fetch_xml!(<fetch><entity name="account"><attribute name="name"/></entity></fetch>)),
        "the FetchXML doesn't give what the rows read: add a link to `contact` with the alias `person`, of the type `inner` \
         or `outer`, an attribute with the alias `code` to its text"
    );
    assert_eq!(
        lacks(fetch_xml!(
            <fetch>
              <entity name="account">
                <all-attributes/>
                <attribute name="industrycode" alias="code"/>
                <link-entity name="contact" from="contactid" to="primarycontactid" alias="person">
                  <attribute name="fullname"/>
                </link-entity>
              </entity>
            </fetch>
        )),
        "the FetchXML doesn't give what the rows read: add `parentcustomerid` of `contact` to its text"
    );
    let exists = lacks(fetch_xml!(
        <fetch>
          <entity name="account">
            <all-attributes/>
            <attribute name="industrycode" alias="code"/>
            <link-entity name="contact" from="contactid" to="primarycontactid" alias="person" link-type="exists"/>
          </entity>
        </fetch>
    ));
    assert!(exists.contains("of the type `inner` or `outer`"), "{exists}");
}

#[derive(Debug, PartialEq, Row)]
#[row(table = Account)]
struct Group {
    #[row(alias = "industry")]
    industry: Option<Choice<IndustryCode>>,
    #[row(alias = "industry", formatted)]
    label: Option<String>,
    #[row(alias = "owner")]
    owner: Option<Reference<crm::targets::Owner>>,
    #[row(alias = "total")]
    total: Option<Decimal>,
    #[row(alias = "accounts")]
    accounts: i64,
}

#[tokio::test]
async fn aggregates_are_read_under_their_aliases() {
    let body = format!(
        r#"{{"value":[{{"industry":1,"industry@OData.Community.Display.V1.FormattedValue":"Accounting","owner":"{}",
        "owner@Microsoft.Dynamics.CRM.lookuplogicalname":"team","total":12.50,"accounts":3}},{{"accounts":1}}]}}"#,
        guid(5)
    );
    let server = Server::answering(vec![json(200, &body)]).await;
    let query = fetch_xml!(
        <fetch aggregate="true">
          <entity name="account">
            <attribute name="industrycode" groupby="true" alias="industry"/>
            <attribute name="ownerid" groupby="true" alias="owner"/>
            <attribute name="revenue" aggregate="sum" alias="total"/>
            <attribute name="accountid" aggregate="count" alias="accounts"/>
            <order alias="total" descending="true"/>
          </entity>
        </fetch>
    );
    let groups = server.client.fetch_xml::<Group>(query).all().await.unwrap();
    let [first, second] = <[Group; 2]>::try_from(groups).unwrap();
    assert_eq!(first.industry, Some(Choice::new(1)));
    assert_eq!(first.label.as_deref(), Some("Accounting"));
    assert_eq!(first.owner.unwrap().table(), Some("team"));
    assert_eq!((first.total, first.accounts), (Some(decimal!(12.50)), 3));
    assert_eq!(
        second,
        Group {
            industry: None,
            label: None,
            owner: None,
            total: None,
            accounts: 1
        }
    );
}

/// Of an inner link there is always a row.
#[derive(Debug, PartialEq, Row)]
#[row(table = Account)]
struct Inner {
    name: Option<String>,
    #[row(link = "person")]
    person: Named,
    #[row(link = "persona")]
    persona: Option<Named>,
}

#[derive(Debug, PartialEq, Row)]
#[row(table = Contact)]
struct Named {
    contactid: Option<Id<Contact>>,
    fullname: Option<String>,
}

#[tokio::test]
async fn rows_of_inner_links_need_no_option() {
    let body = r#"{"value":[{"name":"Aster"},{"person.fullname":"Ann","persona.fullname":"Bea","persona.contactid":null}]}"#;
    let server = Server::answering(vec![json(200, body)]).await;
    let query = fetch_xml!(
        <fetch>
          <entity name="account">
            <attribute name="name"/>
            <link-entity name="contact" from="contactid" to="primarycontactid" alias="person">
              <all-attributes/>
              <link-entity name="contact" from="parentcustomerid" to="contactid" alias="persona" link-type="outer">
                <all-attributes/>
              </link-entity>
            </link-entity>
          </entity>
        </fetch>
    );
    let rows = server.client.fetch_xml::<Inner>(query).all().await.unwrap();
    let named = |name: &str| Named {
        contactid: None,
        fullname: Some(name.to_owned()),
    };
    assert_eq!(
        rows,
        [
            Inner {
                name: Some("Aster".to_owned()),
                person: Named {
                    contactid: None,
                    fullname: None
                },
                persona: None,
            },
            Inner {
                name: None,
                person: named("Ann"),
                persona: Some(named("Bea"))
            },
        ]
    );
}

#[tokio::test]
async fn records_take_what_the_text_gives() {
    let server = Server::answering(vec![json(200, r#"{"value":[{"name":"Aster"},{}]}"#)]).await;
    let query = fetch_xml!(<fetch><entity name="account"><attribute name="name"/></entity></fetch>);
    let records = server
        .client
        .fetch_xml::<Record<Account>>(query)
        .all()
        .await
        .unwrap();
    let names: Vec<Option<String>> = records
        .iter()
        .map(|record| record.get(|a| a.name).unwrap())
        .collect();
    assert_eq!(names, [Some("Aster".to_owned()), None]);
}
