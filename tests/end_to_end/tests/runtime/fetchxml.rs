//! Queries in FetchXML: links, values, aliases, pages.

use crm::account::{Account, IndustryCode};
use crm::contact::Contact;
use crm::prelude::*;
use crm::rsk_port::RskPort;
use crm::rsk_vessel::RskVessel;

use crate::support::Office;

#[derive(Debug, PartialEq, Row)]
#[row(table = Account)]
struct Company {
    name: Option<String>,
    revenue: Option<Money>,
    industrycode: Option<Choice<IndustryCode>>,
    #[row(formatted = industrycode)]
    industry: Option<String>,
    #[row(link = "person")]
    person: Option<Person>,
}

#[derive(Debug, PartialEq, Row)]
#[row(table = Contact)]
struct Person {
    contactid: Id<Contact>,
    lastname: Option<String>,
    parentcustomerid: Option<Reference<crm::targets::Customer>>,
}

#[derive(Debug, PartialEq, Row)]
#[row(table = Account)]
struct Name {
    name: Option<String>,
}

/// Companies: two accountants, the first with a person, and a consultant with a name full of marks.
async fn companies(client: &Client) -> (Vec<Id<Account>>, Id<Contact>) {
    let mut ids = Vec::new();
    for (name, revenue, industry) in [
        ("Fjordline", 300, IndustryCode::Accounting),
        ("O'Neil & <Sons>", 200, IndustryCode::Accounting),
        (r#"50%_[x] "{y}""#, 100, IndustryCode::Consulting),
    ] {
        let company = client.create(Account, |a| {
            (
                a.name.set(name),
                a.revenue.set(revenue),
                a.industrycode.set(industry),
            )
        });
        ids.push(company.await.unwrap());
    }
    let person = client.create(Contact, |c| {
        (c.lastname.set("Berg"), c.parentcustomerid.bind(ids[0]))
    });
    let person = person.await.unwrap();
    let primary = client.update(ids[0], |a| a.primarycontactid.bind(person));
    primary.await.unwrap();
    (ids, person)
}

async fn named(client: &Client, query: FetchXml<Account>) -> Vec<String> {
    let rows = client.fetch_xml::<Name>(query).all().await.unwrap();
    rows.into_iter().map(|row| row.name.unwrap()).collect()
}

#[tokio::test]
async fn linked_rows_are_read_or_missing() {
    let office = Office::open().await;
    let (ids, person) = companies(&office.client).await;
    let least = money!(200);
    let query = fetch_xml!(
        <fetch>
          <entity name="account">
            <attribute name="name"/>
            <attribute name="revenue"/>
            <attribute name="industrycode"/>
            <filter><condition attribute="revenue" operator="ge" value="{least}"/></filter>
            <order attribute="name"/>
            <link-entity name="contact" from="contactid" to="primarycontactid" alias="person" link-type="outer">
              <attribute name="contactid"/>
              <attribute name="lastname"/>
              <attribute name="parentcustomerid"/>
            </link-entity>
          </entity>
        </fetch>
    );
    let rows = office.client.fetch_xml::<Company>(query).all().await.unwrap();
    let [fjordline, sons] = <[Company; 2]>::try_from(rows).unwrap();
    assert_eq!(fjordline.revenue, Some(money!(300)));
    assert_eq!(
        fjordline.industrycode,
        Some(Choice::from(IndustryCode::Accounting))
    );
    assert_eq!(fjordline.industry.as_deref(), Some("Accounting"));
    let found = fjordline.person.unwrap();
    assert_eq!(
        (found.contactid, found.lastname.as_deref()),
        (person, Some("Berg"))
    );
    assert_eq!(found.parentcustomerid.unwrap().id::<Account>(), Some(ids[0]));
    assert_eq!(
        (sons.name.as_deref(), sons.person),
        (Some("O'Neil & <Sons>"), None)
    );
}

#[tokio::test]
async fn no_value_changes_the_query() {
    let office = Office::open().await;
    let (ids, _) = companies(&office.client).await;
    let client = &office.client;
    for (at, id) in ids.iter().enumerate() {
        let company: Name = client.retrieve(*id).await.unwrap();
        let name = company.name.unwrap();
        let query = fetch_xml!(
            <fetch><entity name="account">
              <attribute name="name"/>
              <filter><condition attribute="name" operator="eq" value="{name}"/></filter>
            </entity></fetch>
        );
        assert_eq!(named(client, query).await, [name], "the company {at}");
    }
    let hostile = r#"x"/><condition attribute="name" operator="not-null"/><!--"#;
    let query = fetch_xml!(
        <fetch><entity name="account">
          <attribute name="name"/>
          <filter type="or"><condition attribute="name" operator="begins-with" value="{hostile}"/></filter>
        </entity></fetch>
    );
    assert_eq!(named(client, query).await, Vec::<String>::new());

    let some = vec![ids[2], ids[0]];
    let query = fetch_xml!(
        <fetch><entity name="account">
          <attribute name="name"/>
          <filter><condition attribute="accountid" operator="in"><value>{..some}</value></condition></filter>
          <order attribute="revenue"/>
        </entity></fetch>
    );
    assert_eq!(named(client, query).await, [r#"50%_[x] "{y}""#, "Fjordline"]);
}

#[derive(Debug, PartialEq, Row)]
#[row(table = Account)]
struct Industry {
    #[row(alias = "industry")]
    code: Option<Choice<IndustryCode>>,
    #[row(alias = "industry", formatted)]
    shown: Option<String>,
    #[row(alias = "total")]
    total: Option<Money>,
    #[row(alias = "companies")]
    companies: i64,
}

#[tokio::test]
async fn groups_and_sums_have_aliases() {
    let office = Office::open().await;
    companies(&office.client).await;
    let query = fetch_xml!(
        <fetch aggregate="true">
          <entity name="account">
            <attribute name="industrycode" groupby="true" alias="industry"/>
            <attribute name="revenue" aggregate="sum" alias="total"/>
            <attribute name="accountid" aggregate="count" alias="companies"/>
            <order alias="total" descending="true"/>
          </entity>
        </fetch>
    );
    let rows = office.client.fetch_xml::<Industry>(query).all().await.unwrap();
    let told: Vec<_> = rows
        .iter()
        .map(|row| (row.shown.as_deref().unwrap(), row.total.unwrap(), row.companies))
        .collect();
    assert_eq!(
        told,
        [("Accounting", money!(500), 2), ("Consulting", money!(100), 1)]
    );
    assert_eq!(rows[0].code, Some(Choice::from(IndustryCode::Accounting)));
}

#[derive(Debug, Row)]
#[row(table = RskVessel)]
struct Ship {
    rsk_imo: Option<String>,
    #[row(link = "home")]
    home: Home,
}

#[derive(Debug, Row)]
#[row(table = RskPort)]
struct Home {
    rsk_name: Option<String>,
}

#[tokio::test]
async fn pages_follow_the_cookie_and_numbers_where_there_is_none() {
    let office = Office::open().await;
    let bergen = office.port("Bergen", "NOBGO").await;
    let oslo = office.port("Oslo", "NOOSL").await;
    for number in 1..=7 {
        office
            .ship(number, if number % 2 == 0 { bergen } else { oslo })
            .await;
    }
    office.arrived();
    let by_own_column: FetchXml<RskVessel> = fetch_xml!(
        <fetch>
          <entity name="rsk_vessel">
            <attribute name="rsk_imo"/>
            <order attribute="rsk_imo" descending="true"/>
            <link-entity name="rsk_port" from="rsk_portid" to="rsk_homeportid" alias="home">
              <attribute name="rsk_name"/>
            </link-entity>
          </entity>
        </fetch>
    );
    let by_linked_column: FetchXml<RskVessel> = fetch_xml!(
        <fetch>
          <entity name="rsk_vessel">
            <attribute name="rsk_imo"/>
            <order entityname="home" attribute="rsk_name"/>
            <order attribute="rsk_imo" descending="true"/>
            <link-entity name="rsk_port" from="rsk_portid" to="rsk_homeportid" alias="home">
              <attribute name="rsk_name"/>
            </link-entity>
          </entity>
        </fetch>
    );
    for (query, expected) in [
        (by_own_column, [7, 6, 5, 4, 3, 2, 1]),
        (by_linked_column, [6, 4, 2, 7, 5, 3, 1]),
    ] {
        let rows = office.client.fetch_xml::<Ship>(query).page_size(2);
        let rows = rows.all().await.unwrap();
        let numbers: Vec<u32> = rows
            .iter()
            .map(|ship| ship.rsk_imo.as_deref().unwrap().parse().unwrap())
            .collect();
        assert_eq!(numbers, expected);
        for (ship, number) in rows.iter().zip(&numbers) {
            let home = if number % 2 == 0 { "Bergen" } else { "Oslo" };
            assert_eq!(ship.home.rsk_name.as_deref(), Some(home));
        }
        assert_eq!(office.arrived().len(), 4, "two, two, two and one");
    }
}

#[tokio::test]
async fn long_texts_go_in_a_batch() {
    let office = Office::open().await;
    let (ids, _) = companies(&office.client).await;
    let many: Vec<Id<Account>> = (0..1_000)
        .map(|number| Id::new(Uuid::from_u128(number)))
        .chain(ids)
        .collect();
    office.arrived();
    let query = fetch_xml!(
        <fetch><entity name="account">
          <attribute name="name"/>
          <filter><condition attribute="accountid" operator="in"><value>{..many}</value></condition></filter>
          <order attribute="name"/>
        </entity></fetch>
    );
    assert_eq!(named(&office.client, query).await.len(), 3);
    let arrived = office.arrived();
    assert_eq!((arrived[0].as_str(), arrived.len()), ("POST $batch", 2));
}

#[tokio::test]
async fn texts_from_elsewhere_are_refused_by_the_service() {
    let office = Office::open().await;
    let text =
        r#"<fetch><entity name="account"><attribute name="name"/><attribute name="nmae"/></entity></fetch>"#;
    let query = FetchXml::<Account>::from_text(text).unwrap();
    let error = office.client.fetch_xml::<Name>(query).all().await.unwrap_err();
    let Error::Service(refused) = error else {
        panic!("another error: {error}");
    };
    assert!(refused.to_string().contains("nmae"), "{refused}");
}
