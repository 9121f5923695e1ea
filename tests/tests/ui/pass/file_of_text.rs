//! A file goes up into a column that holds text.

use crm::prelude::*;
use crm::rsk_vessel::RskVessel;

async fn store(client: Client, vessel: Id<RskVessel>) -> Result<(), Error> {
    client.file(vessel, |v| v.rsk_certificate).upload("a.pdf", Vec::new()).await
}

fn main() {}
