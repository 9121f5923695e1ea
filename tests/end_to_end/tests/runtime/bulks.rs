//! Bulks against a service that limits, fails and cuts connections: every row once, and every failure told.

use std::collections::BTreeMap;
use std::time::Duration;

use crm::dataverse_runtime::bulk::BulkReport;
use crm::prelude::*;
use crm::rsk_port::{RskPort, RskUnlocodeKey};
use crm::rsk_reading::{KeyfornosqlentitywithpkpartitionidKey, RskReading};
use dataverse_emulator::limits::{Cut, Fails, Faults, Limits, Rule};

use crate::support::Office;

#[derive(Debug, Row)]
#[row(table = RskPort)]
struct Port {
    rsk_portid: Id<RskPort>,
    rsk_name: Option<String>,
    rsk_unlocode: Option<String>,
}

#[derive(Create)]
#[create(table = RskPort)]
struct NewPort {
    rsk_name: String,
    rsk_unlocode: String,
}

fn new_ports(numbers: std::ops::Range<usize>) -> impl Iterator<Item = NewPort> + Send {
    numbers.map(|number| NewPort {
        rsk_name: format!("Port {number}"),
        rsk_unlocode: format!("{number:05}"),
    })
}

/// The ports that are there: their ids by their codes, each of which is there once.
async fn ports(office: &Office) -> BTreeMap<String, Id<RskPort>> {
    office.emulator.set_faults(Faults::default());
    office.emulator.set_limits(Limits::none());
    let rows = office.client.query::<Port>().all().await.unwrap();
    let count = rows.len();
    let ports: BTreeMap<String, Id<RskPort>> = rows
        .into_iter()
        .map(|port| (port.rsk_unlocode.unwrap_or_default(), port.rsk_portid))
        .collect();
    assert_eq!(ports.len(), count, "a port is there twice");
    ports
}

async fn assert_all_there(office: &Office, report: BulkReport<Id<RskPort>>, count: usize) {
    let ids = report.complete().unwrap();
    let ports = ports(office).await;
    assert_eq!(ports.len(), count);
    for (at, id) in ids.into_iter().enumerate() {
        assert_eq!(ports[&format!("{at:05}")], id, "row {at}");
    }
}

fn every(number: u32, rule: Rule) -> Faults {
    Faults {
        rules: vec![Rule {
            every: number,
            ..rule
        }],
        ..Faults::default()
    }
}

#[tokio::test]
async fn every_row_is_there_once_whatever_is_lost_on_the_way() {
    let busy = Fails {
        status: 503,
        retry_after: Some(0),
        ..Fails::default()
    };
    let rules = [
        Rule {
            cut: Some(Cut::Before),
            ..Rule::default()
        },
        Rule {
            cut: Some(Cut::After),
            ..Rule::default()
        },
        Rule {
            fails: Some(busy),
            ..Rule::default()
        },
    ];
    for rule in rules {
        let office = Office::open().await;
        office.emulator.set_faults(every(3, rule));
        let report = office
            .client
            .bulk_create(new_ports(0..300))
            .rows_per_request(20)
            .await;
        assert_all_there(&office, report, 300).await;
    }
}

#[tokio::test]
async fn limits_are_waited_out() {
    let office = Office::open().await;
    office.emulator.set_limits(Limits {
        requests: 8,
        window: Duration::from_secs(1),
        concurrent: 4,
        ..Limits::none()
    });
    let report = office
        .client
        .bulk_create(new_ports(0..200))
        .rows_per_request(10)
        .await;
    assert_all_there(&office, report, 200).await;
}

#[tokio::test]
async fn rows_that_are_there_already_are_told_and_all_others_written() {
    let office = Office::open().await;
    for number in [7, 8, 40] {
        office.port("There", &format!("{number:05}")).await;
    }
    let report = office
        .client
        .bulk_create(new_ports(0..60))
        .rows_per_request(25)
        .await;
    let failed: Vec<usize> = report
        .failures
        .iter()
        .flat_map(|failure| failure.rows.clone())
        .collect();
    assert_eq!(failed, [7, 8, 40]);
    for failure in &report.failures {
        match &failure.error {
            Error::Service(refused) => assert!(refused.is_duplicate(), "{refused}"),
            other => panic!("{other}"),
        }
    }
    assert_eq!(report.written(), 57);
    assert_eq!(ports(&office).await.len(), 60);
}

#[tokio::test]
async fn rows_are_changed_and_created_by_their_key() {
    let office = Office::open().await;
    let old = office.port("Old", "00001").await;
    let codes: Vec<String> = (0..50).map(|number| format!("{number:05}")).collect();
    let upserts = codes.iter().map(|code| {
        let key = RskUnlocodeKey { rsk_unlocode: code };
        (
            key,
            update_body(RskPort, |p| p.rsk_name.set(format!("New {code}"))),
        )
    });
    office
        .client
        .bulk_upsert(upserts)
        .rows_per_request(7)
        .await
        .complete()
        .unwrap();
    let there = ports(&office).await;
    assert_eq!(there.len(), 50);
    assert_eq!(there["00001"], old);

    let updates = there
        .values()
        .map(|id| (*id, update_body(RskPort, |p| p.rsk_name.set("Same"))));
    office
        .client
        .bulk_update(updates)
        .rows_per_request(16)
        .await
        .complete()
        .unwrap();
    let rows = office.client.query::<Port>().all().await.unwrap();
    assert!(rows.iter().all(|port| port.rsk_name.as_deref() == Some("Same")));

    let missing = Id::<RskPort>::new(Uuid::from_u128(9));
    let ids = there.values().copied().take(5).chain([missing]);
    let updates = ids.map(|id| (id, update_body(RskPort, |p| p.rsk_name.set("Other"))));
    let report = office.client.bulk_update(updates).await;
    assert_eq!(report.failures.len(), 1);
    assert_eq!(report.failures[0].rows, 5..6);
}

#[tokio::test]
async fn rows_of_an_elastic_table_come_and_go_each_by_itself() {
    let office = Office::open().await;
    let reading = |number: u128, partition: &'static str| {
        create_body(RskReading, |r| {
            incomplete((
                r.rsk_readingid.set(Id::new(Uuid::from_u128(number))),
                r.partitionid.set(partition),
                r.rsk_name.set(format!("Reading {number}")),
            ))
        })
    };
    let first = office
        .client
        .bulk_create((0..150).map(|number| reading(number + 1, "a")))
        .await;
    assert_eq!(first.complete().unwrap().len(), 150);
    // Every tenth is there.
    let more = (0..150).map(|number| {
        reading(
            if number % 10 == 0 {
                number + 1
            } else {
                number + 1_000
            },
            "a",
        )
    });
    let report = office.client.bulk_create(more).await;
    let failed: Vec<usize> = report
        .failures
        .iter()
        .flat_map(|failure| failure.rows.clone())
        .collect();
    assert_eq!(failed, (0..150).step_by(10).collect::<Vec<_>>());
    assert_eq!(office.client.records(RskReading).all().await.unwrap().len(), 285);

    let keys = (0..150).map(|number| KeyfornosqlentitywithpkpartitionidKey {
        rsk_readingid: Id::new(Uuid::from_u128(number + 1)),
        partitionid: "a",
    });
    office.client.bulk_delete(keys).await.complete().unwrap();
    assert_eq!(office.client.records(RskReading).all().await.unwrap().len(), 135);
}

#[tokio::test]
async fn messages_are_parts_of_a_batch() {
    let office = Office::open().await;
    let mut batch = office.client.batch();
    let created = batch.add(office.client.create_multiple(new_ports(0..3)));
    let answers = batch.send().await.unwrap();
    assert_eq!(answers.get(created).unwrap().len(), 3);
    assert_eq!(ports(&office).await.len(), 3);
}
