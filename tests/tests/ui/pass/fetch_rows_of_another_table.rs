//! Rows of another table than the one that the text asks for.

use crm::account::Account;
use crm::prelude::*;

#[derive(Row)]
#[row(table = Account)]
#[allow(dead_code)]
struct Found {
    createdon: Option<Timestamp>,
}

async fn rows(client: Client) {
    let query = fetch_xml!(<fetch><entity name="account"><attribute name="createdon"/></entity></fetch>);
    let _ = client.fetch_xml::<Found>(query).all().await;
}

fn main() {}
