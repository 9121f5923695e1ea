//! A copy of a table that is kept up to date: each run reads what has changed since the one before.
//!
//! ```sh
//! DATAVERSE_URL=https://contoso.crm4.dynamics.com cargo run -p dataverse-generated-example --example changes
//! ```
//!
//! The environment variables of `Client::from_env` say as whom.

use dataverse_generated_example as crm;

use crm::account::Account;
use crm::prelude::*;
use std::fs;

#[derive(Row)]
#[row(table = Account)]
struct Company {
    accountid: Id<Account>,
    name: Option<String>,
    revenue: Option<Money>,
}

/// Where this example keeps its place.
const PLACE: &str = "accounts.position";

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let stored = fs::read_to_string(PLACE).ok();
    let first = match stored {
        Some(place) => read(&client, Some(place.parse()?)).await,
        None => read(&client, None).await,
    };
    let position = match first {
        // The service keeps a position for a week.
        Err(Error::Service(refused)) if refused.code() == Some(Code::EXPIRED_VERSION_STAMP) => {
            println!("the last run was too long ago: once more from the beginning");
            read(&client, None).await?
        }
        read => read?,
    };
    // Only now: if this is cut off before, the next run reads the same changes again.
    fs::write(PLACE, position.to_string())?;
    Ok(())
}

/// Tells the changes after a position, and gives the position after them.
async fn read(client: &Client, since: Option<Position>) -> Result<Position, Error> {
    let changes = client.changes::<Company>();
    let mut changes = match since {
        Some(position) => changes.since(position).stream(),
        None => changes.stream(),
    };
    while let Some(change) = changes.try_next().await? {
        match change {
            Change::NewOrUpdated(Company {
                accountid,
                name,
                revenue,
            }) => {
                println!("{accountid}: {name:?}, {revenue:?}");
            }
            Change::RemovedOrDeleted(id) => println!("{id} is gone"),
        }
    }
    Ok(changes.position())
}
