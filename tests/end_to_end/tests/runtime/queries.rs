//! Conditions beyond one column, orders through lookups, related rows.

use crm::account::Account;
use crm::dataverse_runtime::ChoiceSet as _;
use crm::prelude::*;
use crm::rsk_port::RskPort;
use crm::rsk_vessel::{RskFeatures, RskVessel};

use crate::support::Office;

#[derive(Debug, Row)]
#[row(table = RskVessel)]
struct Ship {
    rsk_name: Option<String>,
}

#[derive(Debug, Row)]
#[row(table = RskPort)]
struct Port {
    rsk_name: String,
}

/// Three ports and six ships: 1 to 3 are at home in Bergen, 4 and 5 in Oslo, 6 nowhere; nobody in Hamburg.
async fn fleet() -> (Office, [Id<RskPort>; 3], Vec<Id<RskVessel>>) {
    let office = Office::open().await;
    let ports = [
        office.port("Bergen", "NOBGO").await,
        office.port("Oslo", "NOOSL").await,
        office.port("Hamburg", "DEHAM").await,
    ];
    let mut ships = Vec::new();
    for number in 1..=6_u32 {
        let home = if number <= 3 { ports[0] } else { ports[1] };
        let ship = office.ship(number, home).await;
        let crew = i32::try_from(number).unwrap() * 10;
        office
            .client
            .update(ship, |v| v.rsk_crew.set(crew))
            .await
            .unwrap();
        ships.push(ship);
    }
    office
        .client
        .update(ships[5], |v| v.rsk_homeportid.clear())
        .await
        .unwrap();
    office.arrived();
    (office, ports, ships)
}

async fn ships(office: &Office, condition: Filter<RskVessel>) -> Vec<String> {
    let query = office
        .client
        .query::<Ship>()
        .filter(|_| condition)
        .order_by(|v| v.rsk_imo.asc());
    let rows = query.all().await.unwrap();
    rows.into_iter().map(|ship| ship.rsk_name.unwrap()).collect()
}

async fn ports(office: &Office, condition: Filter<RskPort>) -> Vec<String> {
    let query = office
        .client
        .query::<Port>()
        .filter(|_| condition)
        .order_by(|p| p.rsk_name.asc());
    query
        .all()
        .await
        .unwrap()
        .into_iter()
        .map(|port| port.rsk_name)
        .collect()
}

#[tokio::test]
async fn conditions_lead_through_lookups() {
    let (office, ports, _) = fleet().await;
    let at_home = filter(RskVessel, |v| v.rsk_homeportid.to(|p| p.rsk_name.eq("oslo")));
    assert_eq!(ships(&office, at_home).await, ["Ship 4", "Ship 5"]);
    let by_id = filter(RskVessel, |v| v.rsk_homeportid.eq(ports[0]) & v.rsk_crew.gt(10));
    assert_eq!(ships(&office, by_id).await, ["Ship 2", "Ship 3"]);
    let nowhere = filter(RskVessel, |v| v.rsk_homeportid.is_null());
    assert_eq!(ships(&office, nowhere).await, ["Ship 6"]);
}

#[tokio::test]
async fn conditions_on_related_rows() {
    let (office, ..) = fleet().await;
    let any = filter(RskPort, |p| p.rsk_port_vessel.any(|v| v.rsk_crew.ge(50)));
    assert_eq!(ports(&office, any).await, ["Oslo"]);
    let all = filter(RskPort, |p| p.rsk_port_vessel.all(|v| v.rsk_crew.le(30)));
    assert_eq!(
        ports(&office, all).await,
        ["Bergen", "Hamburg"],
        "no ships: all of them"
    );
    let some = filter(RskPort, |p| p.rsk_port_vessel.exists());
    assert_eq!(ports(&office, some).await, ["Bergen", "Oslo"]);
    let none = filter(RskPort, |p| !p.rsk_port_vessel.exists());
    assert_eq!(ports(&office, none).await, ["Hamburg"]);
}

#[tokio::test]
async fn orders_lead_through_lookups() {
    let (office, ..) = fleet().await;
    let query = office.client.query::<Ship>().order_by(|v| {
        (
            v.rsk_homeportid.to_order(|p| p.rsk_name.desc()),
            v.rsk_crew.desc(),
        )
    });
    let names: Vec<_> = query
        .all()
        .await
        .unwrap()
        .into_iter()
        .map(|ship| ship.rsk_name.unwrap())
        .collect();
    assert_eq!(
        names,
        ["Ship 5", "Ship 4", "Ship 3", "Ship 2", "Ship 1", "Ship 6"]
    );
}

#[tokio::test]
async fn related_rows_come_along() {
    #[derive(Debug, Row)]
    #[row(table = RskPort)]
    struct Fleet {
        rsk_name: String,
        #[row(expand)]
        rsk_port_vessel: Vec<Ship>,
        #[row(expand)]
        rsk_agentid: Option<Agent>,
    }
    #[derive(Debug, Row)]
    #[row(table = Account)]
    struct Agent {
        name: Option<String>,
    }
    let (office, [bergen, ..], _) = fleet().await;
    let agent = office
        .client
        .create(Account, |a| a.name.set("Berg & Co"))
        .await
        .unwrap();
    office
        .client
        .update(bergen, |p| p.rsk_agentid.bind(agent))
        .await
        .unwrap();
    let fleets = office
        .client
        .query::<Fleet>()
        .order_by(|p| p.rsk_name.asc())
        .all()
        .await
        .unwrap();
    let seen: Vec<_> = fleets
        .iter()
        .map(|port| {
            let agent = port.rsk_agentid.as_ref().and_then(|agent| agent.name.as_deref());
            (&*port.rsk_name, port.rsk_port_vessel.len(), agent)
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("Bergen", 3, Some("Berg & Co")),
            ("Hamburg", 0, None),
            ("Oslo", 2, None)
        ]
    );
}

#[tokio::test]
async fn formatted_values_come_when_asked_for() {
    #[derive(Debug, Row)]
    #[row(table = RskVessel)]
    struct Shown {
        #[row(formatted = rsk_flagstate)]
        flag: Option<String>,
        #[row(formatted = rsk_homeportid)]
        port: Option<String>,
        #[row(formatted = rsk_active)]
        service: Option<String>,
    }
    let (office, _, ids) = fleet().await;
    let shown: Shown = office.client.retrieve(ids[0]).await.unwrap();
    assert_eq!(shown.flag.as_deref(), Some("Norway"));
    assert_eq!(shown.port.as_deref(), Some("Bergen"));
    assert_eq!(shown.service.as_deref(), Some("In service"));
}

#[tokio::test]
async fn several_choices_are_searched() {
    let (office, _, ids) = fleet().await;
    let all: Vec<Choice<RskFeatures>> = RskFeatures::OPTIONS
        .iter()
        .map(|option| Choice::new(option.0))
        .collect();
    let set = |ship: Id<RskVessel>, options: Vec<Choice<RskFeatures>>| {
        office.client.update(ship, move |v| {
            v.rsk_features.set(options.into_iter().collect::<Choices<_>>())
        })
    };
    set(ids[0], vec![all[0]]).await.unwrap();
    set(ids[1], vec![all[0], all[1]]).await.unwrap();
    set(ids[2], vec![all[1]]).await.unwrap();
    for ship in &ids[3..] {
        office
            .client
            .update(*ship, |v| v.rsk_features.clear())
            .await
            .unwrap();
    }
    let either = filter(RskVessel, |v| v.rsk_features.contains_any([all[0]]));
    assert_eq!(ships(&office, either).await, ["Ship 1", "Ship 2"]);
    let neither = filter(RskVessel, |v| {
        v.rsk_features.contains_none([all[0]]) & v.rsk_features.is_not_null()
    });
    assert_eq!(ships(&office, neither).await, ["Ship 3"]);
}

#[tokio::test]
async fn no_text_changes_a_query() {
    let (office, ..) = fleet().await;
    for text in [
        "' or 1 eq 1 or name eq '",
        "%",
        "_hip 1",
        "[S]hip 1",
        "') or (rsk_crew gt 0",
        "x'; drop table rsk_vessel--",
    ] {
        let equal = filter(RskVessel, |v| v.rsk_name.eq(text.to_owned()));
        assert!(ships(&office, equal).await.is_empty(), "{text}");
        let within = filter(RskVessel, |v| v.rsk_name.contains(text));
        assert!(ships(&office, within).await.is_empty(), "{text}");
    }
    let ship = filter(RskVessel, |v| v.rsk_name.contains("SHIP"));
    assert_eq!(ships(&office, ship).await.len(), 6);
}
