//! Rows from elsewhere, found by an alternate key: changed if they are there, created if they aren't.
//!
//! ```sh
//! DATAVERSE_URL=https://contoso.crm4.dynamics.com cargo run -p dataverse-generated-example --example upsert
//! ```
//!
//! The environment variables of `Client::from_env` say as whom.

use dataverse_generated_example as crm;

use crm::prelude::*;
use crm::rsk_port::{RskPort, RskUnlocodeKey};

#[derive(Row)]
#[row(table = RskPort)]
struct Port {
    rsk_name: Option<String>,
    modifiedon: Option<Timestamp>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;

    // What another system says.
    let ports = [("NOBGO", "Bergen"), ("NOOSL", "Oslo"), ("DEHAM", "Hamburg")];
    for (unlocode, name) in ports {
        // The key is a type with a field per column: a key that lacks a part doesn't compile.
        let key = RskUnlocodeKey {
            rsk_unlocode: unlocode,
        };
        let port = client.upsert(key, |p| p.rsk_name.set(name)).await?;
        let what = if port.created { "new" } else { "known" };
        println!("{name} is {what}: {}", port.row);
    }

    // The row itself may come back, and either half of an upsert can be ruled out.
    let bergen = RskUnlocodeKey {
        rsk_unlocode: "NOBGO",
    };
    let port = client
        .upsert(bergen, |p| p.rsk_name.set("Bergen havn"))
        .update_only()
        .returning::<Port>()
        .await?;
    println!("{:?}, changed {:?}", port.row.rsk_name, port.row.modifiedon);

    // A key also finds rows to read, to refer to, and to delete.
    let oslo: Option<Port> = client
        .find(RskUnlocodeKey {
            rsk_unlocode: "NOOSL",
        })
        .await?;
    println!("Oslo is there: {}", oslo.is_some());
    Ok(())
}
