//! Changes of a table that doesn't track them.

use crm::account::Account;
use crm::prelude::*;

#[derive(Row)]
#[row(table = Account)]
struct Company {
    name: Option<String>,
}

async fn follow(client: Client) -> Result<(), Error> {
    let mut changes = client.changes::<Company>().stream();
    while let Some(_) = changes.try_next().await? {}
    Ok(())
}

fn main() {}
