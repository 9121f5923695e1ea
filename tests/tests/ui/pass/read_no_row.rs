//! Reading into a struct that is no row: each mistake is said once.

use crm::account::Account;
use crm::prelude::*;

#[derive(Row)]
#[row(table = Account)]
#[allow(dead_code)]
struct Company {
    name: Option<String>,
}

async fn read(client: &Client, id: Id<Account>) -> Result<(), Error> {
    let _ = client.retrieve::<Company>(id).await?;
    let _ = client.find::<Company>(id).await?;
    let _ = client.query::<Company>().all().await?;
    let _ = client.query::<Company>().first().await?;
    Ok(())
}

fn main() {}
