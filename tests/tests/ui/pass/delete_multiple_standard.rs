//! A message that deletes several rows of a table that isn't elastic.

use crm::prelude::*;
use crm::rsk_reading::{KeyfornosqlentitywithpkpartitionidKey, RskReading};

async fn clean(client: Client, reading: Id<RskReading>) -> Result<(), Error> {
    let key = KeyfornosqlentitywithpkpartitionidKey { rsk_readingid: reading, partitionid: "dev-7" };
    client.delete_multiple([key]).await
}

fn main() {}
