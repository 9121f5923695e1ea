//! Changes: a copy that is kept by them is the table.

use std::collections::BTreeMap;
use std::time::Duration;

use crm::dataverse_runtime::query::Position;
use crm::prelude::*;
use crm::rsk_port::RskPort;

use crate::support::Office;

#[derive(Debug, Clone, PartialEq, Row)]
#[row(table = RskPort)]
struct Port {
    rsk_portid: Id<RskPort>,
    rsk_name: Option<String>,
}

/// A copy of the table, and until where it is up to date.
#[derive(Default)]
struct Copy {
    ports: BTreeMap<Uuid, Port>,
    /// As a program keeps it.
    position: Option<String>,
}

impl Copy {
    fn apply(&mut self, change: Change<Port>) {
        match change {
            Change::NewOrUpdated(port) => self.ports.insert(port.rsk_portid.uuid(), port),
            Change::RemovedOrDeleted(id) => self.ports.remove(&id.uuid()),
        };
    }

    /// Reads so many changes, or all. Gives how many there were.
    async fn refresh(&mut self, office: &Office, most: usize) -> Result<usize, Error> {
        let changes = office.client.changes::<Port>().page_size(4);
        let mut changes = match &self.position {
            Some(position) => changes.since(position.parse::<Position>().unwrap()).stream(),
            None => changes.stream(),
        };
        let mut read = 0;
        while read < most
            && let Some(change) = changes.try_next().await?
        {
            self.apply(change);
            read += 1;
        }
        self.position = Some(changes.position().to_string());
        Ok(read)
    }

    async fn assert_is_the_table(&self, office: &Office) {
        let rows = office.client.query::<Port>().all().await.unwrap();
        let rows: BTreeMap<Uuid, Port> = rows.into_iter().map(|row| (row.rsk_portid.uuid(), row)).collect();
        assert_eq!(self.ports, rows);
    }
}

async fn ports(office: &Office, numbers: std::ops::Range<u32>) -> Vec<Id<RskPort>> {
    let mut ports = Vec::new();
    for number in numbers {
        ports.push(
            office
                .port(&format!("Port {number}"), &format!("{number:05}"))
                .await,
        );
    }
    ports
}

async fn rename(office: &Office, port: Id<RskPort>, name: &str) {
    let update = office.client.update(port, |p| p.rsk_name.set(name.to_owned()));
    update.await.unwrap();
}

#[tokio::test]
async fn a_copy_follows_the_table() {
    let office = Office::open().await;
    let ports = ports(&office, 0..10).await;
    let mut copy = Copy::default();
    assert_eq!(copy.refresh(&office, usize::MAX).await.unwrap(), 10);
    copy.assert_is_the_table(&office).await;
    assert_eq!(copy.refresh(&office, usize::MAX).await.unwrap(), 0);

    rename(&office, ports[3], "Narvik").await;
    rename(&office, ports[3], "Harstad").await;
    office.client.delete(ports[5]).await.unwrap();
    let short = office.port("Short-lived", "99999").await;
    office.client.delete(short).await.unwrap();
    // One row that was changed twice, one that was deleted, and one that nobody here ever saw.
    assert_eq!(copy.refresh(&office, usize::MAX).await.unwrap(), 3);
    copy.assert_is_the_table(&office).await;
}

#[tokio::test]
async fn no_change_is_lost_wherever_the_reading_stopped() {
    for stop in 0..=12 {
        let office = Office::open().await;
        let ports = ports(&office, 0..10).await;
        let mut copy = Copy::default();
        copy.refresh(&office, usize::MAX).await.unwrap();
        for port in &ports {
            rename(&office, *port, "Once").await;
        }
        copy.refresh(&office, stop).await.unwrap();
        // What was read, is being read and is still to be read changes again.
        for at in [0, 1, 3, 4, 9] {
            rename(&office, ports[at], "Twice").await;
        }
        office.client.delete(ports[2]).await.unwrap();
        copy.refresh(&office, usize::MAX).await.unwrap();
        copy.assert_is_the_table(&office).await;
    }
}

#[tokio::test]
async fn after_a_week_a_copy_begins_again() {
    let office = Office::open().await;
    let clock = office.emulator.clock();
    ports(&office, 0..3).await;
    let mut copy = Copy::default();
    copy.refresh(&office, usize::MAX).await.unwrap();
    clock.advance(Duration::from_secs(6 * 24 * 3_600));
    assert_eq!(copy.refresh(&office, usize::MAX).await.unwrap(), 0);
    clock.advance(Duration::from_secs(8 * 24 * 3_600));
    match copy.refresh(&office, usize::MAX).await.unwrap_err() {
        Error::Service(refused) => assert_eq!(refused.code(), Some(Code::EXPIRED_VERSION_STAMP)),
        other => panic!("{other}"),
    }
    copy = Copy::default();
    assert_eq!(copy.refresh(&office, usize::MAX).await.unwrap(), 3);
}
