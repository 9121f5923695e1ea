//! Rows that a relationship doesn't tie.

use crm::account::Account;
use crm::contact::Contact;
use crm::prelude::*;
use crm::rsk_reading::{KeyfornosqlentitywithpkpartitionidKey, RskReading};
use crm::dataverse_runtime::Client;

async fn tie(client: Client, account: Id<Account>, contact: Id<Contact>, reading: Id<RskReading>) {
    let _ = client.associate(account, |a| a.contact_customer_accounts, contact).await;
    let _ = client.update(contact, |c| c.parentcustomerid.bind(contact)).if_match("x").await;
    let _ = client.upsert(contact, |c| c.parentcustomerid.bind(contact)).create_only().await;
    let key = KeyfornosqlentitywithpkpartitionidKey { rsk_readingid: reading, partitionid: "x" };
    let _ = client.delete(key).await;
}

fn main() {
    let _ = tie;
}
