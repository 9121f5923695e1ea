//! Changes of a table that doesn't track them.

use crm::prelude::*;
use crm::rsk_category::RskCategory;

#[derive(Row)]
#[row(table = RskCategory)]
struct Category {
    rsk_name: Option<String>,
}

async fn follow(client: Client) -> Result<(), Error> {
    let mut changes = client.changes::<Category>().stream();
    while let Some(_) = changes.try_next().await? {}
    Ok(())
}

fn main() {}
