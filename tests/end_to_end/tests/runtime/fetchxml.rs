//! Queries in FetchXML that the compiler checked, carried out: links, lists of values, groups, pages.

use crm::prelude::*;
use crm::rsk_port::RskPort;
use crm::rsk_vessel::RskVessel;

use crate::support::Office;

#[derive(Debug, PartialEq, Row)]
#[row(table = RskVessel)]
struct Ship {
    rsk_name: Option<String>,
    rsk_crew: Option<i32>,
    #[row(link = "home")]
    home: Option<Port>,
}

#[derive(Debug, PartialEq, Row)]
#[row(table = RskPort)]
struct Port {
    rsk_name: Option<String>,
}

#[derive(Debug, Row)]
#[row(table = RskVessel)]
struct Name {
    rsk_name: Option<String>,
}

/// Two ports and five ships: 1 to 3 are at home in Bergen, 4 in Oslo, 5 nowhere. Odd ships have a crew.
async fn fleet() -> (Office, [Id<RskPort>; 2]) {
    let office = Office::open().await;
    let ports = [
        office.port("Bergen", "NOBGO").await,
        office.port("Oslo", "NOOSL").await,
    ];
    for number in 1..=5_u32 {
        let ship = office.ship(number, ports[usize::from(number > 3)]).await;
        if number % 2 == 1 {
            let crew = i32::try_from(number).unwrap() * 10;
            let update = office.client.update(ship, |v| v.rsk_crew.set(crew));
            update.await.unwrap();
        }
        if number == 5 {
            let update = office.client.update(ship, |v| v.rsk_homeportid.clear());
            update.await.unwrap();
        }
    }
    office.arrived();
    (office, ports)
}

#[tokio::test]
async fn linked_tables_are_read_and_what_is_empty_is_left_out() {
    let (office, _) = fleet().await;
    let query = fetch_xml!(
        <fetch>
          <entity name="rsk_vessel">
            <attribute name="rsk_name"/>
            <attribute name="rsk_crew"/>
            <order attribute="rsk_imo" descending="true"/>
            <filter><condition attribute="rsk_imo" operator="ge" value="0000003"/></filter>
            <link-entity name="rsk_port" from="rsk_portid" to="rsk_homeportid" alias="home" link-type="outer">
              <attribute name="rsk_name"/>
            </link-entity>
          </entity>
        </fetch>
    );
    let ships = office.client.fetch_xml::<Ship>(query).all().await.unwrap();
    let ship = |name: &str, crew, home: Option<&str>| Ship {
        rsk_name: Some(name.to_owned()),
        rsk_crew: crew,
        home: home.map(|name| Port {
            rsk_name: Some(name.to_owned()),
        }),
    };
    assert_eq!(
        ships,
        [
            ship("Ship 5", Some(50), None),
            ship("Ship 4", None, Some("Oslo")),
            ship("Ship 3", Some(30), Some("Bergen")),
        ]
    );
}

async fn names(office: &Office, query: FetchXml<RskVessel>) -> Vec<String> {
    let ships = office.client.fetch_xml::<Name>(query).all().await.unwrap();
    ships.into_iter().map(|ship| ship.rsk_name.unwrap()).collect()
}

#[tokio::test]
async fn values_of_the_program_are_compared_as_they_are() {
    let (office, ports) = fleet().await;
    let (home, least) = (ports[0], 20);
    let found = names(
        &office,
        fetch_xml!(
            <fetch>
              <entity name="rsk_vessel">
                <attribute name="rsk_name"/>
                <filter>
                  <condition attribute="rsk_homeportid" operator="eq" value="{home}"/>
                  <condition attribute="rsk_crew" operator="gt" value="{least}"/>
                </filter>
              </entity>
            </fetch>
        ),
    );
    assert_eq!(found.await, ["Ship 3"]);

    let wanted = vec!["Ship 2".to_owned(), "Ship \"4\" & <more>".to_owned(), "Ship 4".to_owned()];
    let found = names(
        &office,
        fetch_xml!(
            <fetch>
              <entity name="rsk_vessel">
                <attribute name="rsk_name"/>
                <order attribute="rsk_name"/>
                <filter>
                  <condition attribute="rsk_name" operator="in"><value>{..wanted}</value></condition>
                </filter>
              </entity>
            </fetch>
        ),
    );
    assert_eq!(found.await, ["Ship 2", "Ship 4"]);
}

#[derive(Debug, PartialEq, Row)]
#[row(table = RskVessel)]
struct Group {
    #[row(alias = "home")]
    home: Option<Id<RskPort>>,
    #[row(alias = "crew")]
    crew: Option<i64>,
    #[row(alias = "ships")]
    ships: i64,
}

#[tokio::test]
async fn groups_are_read_by_their_aliases() {
    let (office, [bergen, oslo]) = fleet().await;
    let query = fetch_xml!(
        <fetch aggregate="true">
          <entity name="rsk_vessel">
            <attribute name="rsk_homeportid" groupby="true" alias="home"/>
            <attribute name="rsk_crew" aggregate="sum" alias="crew"/>
            <attribute name="rsk_vesselid" aggregate="count" alias="ships"/>
            <order alias="ships" descending="true"/>
          </entity>
        </fetch>
    );
    let groups = office.client.fetch_xml::<Group>(query).all().await.unwrap();
    assert_eq!(groups.len(), 3, "{groups:?}");
    let group = |home| groups.iter().find(|group| group.home == home).unwrap();
    assert_eq!((group(Some(bergen)).crew, group(Some(bergen)).ships), (Some(40), 3));
    assert_eq!(group(Some(oslo)).ships, 1);
    assert_eq!((group(None).crew, group(None).ships), (Some(50), 1));
}

#[tokio::test]
async fn pages_follow_one_another_by_cookies_and_by_numbers() {
    let (office, _) = fleet().await;
    let plain = fetch_xml!(
        <fetch>
          <entity name="rsk_vessel">
            <attribute name="rsk_name"/>
            <order attribute="rsk_name"/>
          </entity>
        </fetch>
    );
    // An order by a linked table has no cookie.
    let linked = fetch_xml!(
        <fetch>
          <entity name="rsk_vessel">
            <attribute name="rsk_name"/>
            <link-entity name="rsk_port" from="rsk_portid" to="rsk_homeportid" alias="home" link-type="outer">
              <order attribute="rsk_name"/>
            </link-entity>
            <order attribute="rsk_name"/>
          </entity>
        </fetch>
    );
    for query in [plain, linked] {
        let query = office.client.fetch_xml::<Name>(query).page_size(2).with_total();
        let mut rows = query.stream();
        let mut found = Vec::new();
        while let Some(row) = rows.try_next().await.unwrap() {
            found.push(row.rsk_name.unwrap());
        }
        assert_eq!(rows.total(), Some(Count::Exactly(5)));
        found.sort_unstable();
        assert_eq!(found, ["Ship 1", "Ship 2", "Ship 3", "Ship 4", "Ship 5"]);
        assert_eq!(office.arrived().len(), 3);
    }
}
