//! A row of an elastic table read without its partition.

use crm::prelude::*;
use crm::rsk_reading::{KeyfornosqlentitywithpkpartitionidKey as ReadingKey, RskReading};

#[derive(Row)]
#[row(table = RskReading)]
struct Reading {
    rsk_readingid: Id<RskReading>,
}

async fn read(client: Client, id: Id<RskReading>) -> Result<Reading, Error> {
    let key = ReadingKey {
        rsk_readingid: id,
        partitionid: "buoy-7".into(),
    };
    client.retrieve(key).await
}

fn main() {}
