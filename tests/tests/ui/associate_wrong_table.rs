//! Rows that a relationship doesn't tie.

use crm::account::Account;
use crm::contact::Contact;
use crm::prelude::*;
use crm::rsk_reading::RskReading;
use crm::dataverse_runtime::Client;

async fn tie(client: Client, account: Id<Account>, contact: Id<Contact>, reading: Id<RskReading>) {
    let _ = client.associate(account, |a| a.contact_customer_accounts, account).await;
    let _ = client.update(contact, |c| c.parentcustomerid.bind(contact)).if_match("x").create_only();
    let _ = client.delete(reading).await;
}

fn main() {}
