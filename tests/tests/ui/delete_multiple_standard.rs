//! A message that deletes several rows of a table that isn't elastic.

use crm::prelude::*;
use crm::rsk_port::RskUnlocodeKey;

async fn clean(client: Client) -> Result<(), Error> {
    client.delete_multiple([RskUnlocodeKey { rsk_unlocode: "NOBGO" }]).await
}

fn main() {}
