//! A service that limits, fails and cuts connections: nothing is lost, and nothing is done twice.

use crm::prelude::*;
use crm::rsk_port::RskPort;
use dataverse_emulator::limits::{Cut, Fails, Faults, Limits, Rule};

use crate::support::Office;

#[derive(Debug, Row)]
#[row(table = RskPort)]
struct Port {
    rsk_name: String,
}

async fn create_ten(office: &Office) {
    for number in 0..10 {
        let port = office.client.create(RskPort, |p| {
            (
                p.rsk_name.set(format!("Port {number}")),
                p.rsk_unlocode.set(format!("{number:05}")),
            )
        });
        port.await.unwrap();
    }
    office.emulator.set_faults(Faults::default());
    let mut names: Vec<_> = office
        .client
        .query::<Port>()
        .all()
        .await
        .unwrap()
        .into_iter()
        .map(|port| port.rsk_name)
        .collect();
    names.sort();
    let expected: Vec<_> = (0..10).map(|number| format!("Port {number}")).collect();
    assert_eq!(names, expected);
}

fn every_third(rule: Rule) -> Faults {
    Faults {
        rules: vec![Rule { every: 3, ..rule }],
        ..Faults::default()
    }
}

#[tokio::test]
async fn refusals_are_waited_out() {
    let office = Office::open().await;
    let fails = Fails {
        status: 429,
        retry_after: Some(0),
        ..Fails::default()
    };
    office.emulator.set_faults(every_third(Rule {
        fails: Some(fails),
        ..Rule::default()
    }));
    create_ten(&office).await;
}

#[tokio::test]
async fn a_create_whose_answer_is_lost_is_done_once() {
    for cut in [Cut::Before, Cut::After] {
        let office = Office::open().await;
        office.emulator.set_faults(every_third(Rule {
            cut: Some(cut),
            ..Rule::default()
        }));
        create_ten(&office).await;
    }
}

#[tokio::test]
async fn the_pace_follows_the_limits() {
    let office = Office::open().await;
    office.emulator.set_limits(Limits {
        concurrent: 2,
        ..Limits::none()
    });
    let creates = (0..30).map(|number| {
        let client = office.client.clone();
        tokio::spawn(async move {
            let port = client.create(RskPort, |p| {
                (
                    p.rsk_name.set(format!("Port {number}")),
                    p.rsk_unlocode.set(format!("{number:05}")),
                )
            });
            port.await
        })
    });
    for create in creates.collect::<Vec<_>>() {
        create.await.unwrap().unwrap();
    }
    assert_eq!(office.client.query::<Port>().all().await.unwrap().len(), 30);
}
