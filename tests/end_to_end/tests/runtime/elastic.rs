//! Elastic tables: rows in partitions, upserts that replace.

use crm::prelude::*;
use crm::rsk_reading::{KeyfornosqlentitywithpkpartitionidKey, RskReading};

use crate::support::Office;

#[derive(Debug, Row)]
#[row(table = RskReading)]
struct Reading {
    rsk_name: Option<String>,
    rsk_value: Option<f64>,
    partitionid: Option<String>,
}

#[tokio::test]
async fn one_id_is_two_rows_in_two_partitions() {
    let office = Office::open().await;
    let client = &office.client;
    let id = Id::<RskReading>::new(Uuid::from_u128(1));
    let key = |partitionid: &'static str| KeyfornosqlentitywithpkpartitionidKey {
        rsk_readingid: id,
        partitionid,
    };
    for (partition, value) in [("one", 1.5), ("two", 2.5)] {
        let new = client.create(RskReading, |r| {
            (
                r.rsk_name.set("Temperature"),
                r.rsk_takenon.set(Timestamp::UNIX_EPOCH),
                r.rsk_value.set(value),
                r.partitionid.set(partition.to_owned()),
            )
        });
        new.with_id(id).await.unwrap();
    }
    let read: Reading = client.retrieve(key("two")).await.unwrap();
    assert_eq!(
        (read.rsk_value, read.partitionid.as_deref()),
        (Some(2.5), Some("two"))
    );
    // An update merges, an upsert replaces.
    client.update(key("one"), |r| r.rsk_value.set(9.0)).await.unwrap();
    let read: Reading = client.retrieve(key("one")).await.unwrap();
    assert_eq!(
        (read.rsk_name.as_deref(), read.rsk_value),
        (Some("Temperature"), Some(9.0))
    );
    client.upsert(key("one"), |r| r.rsk_value.set(7.0)).await.unwrap();
    let read: Reading = client.retrieve(key("one")).await.unwrap();
    assert_eq!((read.rsk_name, read.rsk_value), (None, Some(7.0)));
    client.delete(key("one")).await.unwrap();
    assert!(client.find::<Reading>(key("one")).await.unwrap().is_none());
    assert!(client.find::<Reading>(key("two")).await.unwrap().is_some());
}
