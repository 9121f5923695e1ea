//! Pages: every row once, whatever the size and the order.

use crm::dataverse_runtime::query::Position;
use crm::prelude::*;
use crm::rsk_port::RskPort;

use crate::support::Office;

#[derive(Debug, Row)]
#[row(table = RskPort)]
struct Port {
    rsk_portid: Id<RskPort>,
    rsk_berths: Option<i32>,
}

async fn ports(office: &Office, count: i32) {
    for number in 0..count {
        let port = office.client.create(RskPort, |p| {
            (
                p.rsk_name.set(format!("Port {number}")),
                p.rsk_unlocode.set(format!("{number:05}")),
                // Many are equal, and some are empty.
                p.rsk_berths.set_or_clear((number % 5 > 0).then_some(number % 5)),
            )
        });
        port.await.unwrap();
    }
}

#[tokio::test]
async fn every_row_comes_once_in_order() {
    let office = Office::open().await;
    ports(&office, 47).await;
    for size in [1, 7, 46, 47, 48, 5_000] {
        office.arrived();
        let rows = office
            .client
            .query::<Port>()
            .order_by(|p| p.rsk_berths.desc())
            .page_size(size)
            .all()
            .await
            .unwrap();
        let pages = office.arrived().len();
        let berths: Vec<_> = rows.iter().map(|port| port.rsk_berths).collect();
        assert!(berths.is_sorted_by(|a, b| a >= b), "{berths:?}");
        let mut ids: Vec<_> = rows.iter().map(|port| port.rsk_portid.uuid()).collect();
        ids.sort();
        ids.dedup();
        assert_eq!((ids.len(), rows.len()), (47, 47), "pages of {size}");
        assert_eq!(pages, 47_usize.div_ceil(size as usize), "pages of {size}");
    }
}

#[tokio::test]
async fn a_position_goes_on_where_it_was() {
    let office = Office::open().await;
    ports(&office, 20).await;
    let query = || {
        office
            .client
            .query::<Port>()
            .order_by(|p| p.rsk_name.asc())
            .page_size(6)
    };
    let whole: Vec<_> = query()
        .all()
        .await
        .unwrap()
        .iter()
        .map(|port| port.rsk_portid)
        .collect();
    for read in [0, 1, 5, 6, 7, 19, 20] {
        let mut rows = query().stream();
        let mut seen = Vec::new();
        for _ in 0..read {
            seen.push(rows.try_next().await.unwrap().unwrap().rsk_portid);
        }
        let position: Position = rows.position().to_string().parse().unwrap();
        drop(rows);
        let mut rest = query().resume(position);
        while let Some(port) = rest.try_next().await.unwrap() {
            seen.push(port.rsk_portid);
        }
        assert_eq!(seen, whole, "after {read}");
    }
}

#[tokio::test]
async fn top_counts_over_pages() {
    let office = Office::open().await;
    ports(&office, 20).await;
    for (top, size) in [(0, 5), (3, 5), (5, 5), (12, 5), (20, 5), (30, 5)] {
        let rows = office
            .client
            .query::<Port>()
            .page_size(size)
            .top(top)
            .all()
            .await
            .unwrap();
        assert_eq!(rows.len(), top.min(20), "{top} in pages of {size}");
    }
    assert_eq!(office.client.query::<Port>().top(4).all().await.unwrap().len(), 4);
}
