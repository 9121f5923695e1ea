//! A row of an elastic table read without its partition.

use crm::prelude::*;
use crm::rsk_reading::RskReading;

#[derive(Row)]
#[row(table = RskReading)]
struct Reading {
    rsk_readingid: Id<RskReading>,
}

async fn read(client: Client, id: Id<RskReading>) -> Result<Reading, Error> {
    client.retrieve(id).await
}

fn main() {}
