//! Fields that their column can't be written from.

use crm::account::Account;
use crm::contact::Contact;
use crm::prelude::*;
use crm::rsk_port::RskPort;

#[derive(Create)]
#[create(table = Account)]
struct NewAccount {
    name: String,
    nmae: String,
    createdon: Timestamp,
    numberofemployees: String,
    primarycontactid: Id<Account>,
    #[create(insert)]
    contact_customer_accounts: Vec<String>,
}

#[derive(Update)]
#[update(table = RskPort)]
struct PortChanges {
    rsk_name: Patch<String>,
    overriddencreatedon: Option<Timestamp>,
    #[update(column = rsk_unlocode)]
    code: Option<Id<Contact>>,
}

fn main() {}
