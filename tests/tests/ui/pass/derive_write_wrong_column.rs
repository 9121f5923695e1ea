//! Fields that their column can't be written from.

use crm::account::Account;
use crm::contact::Contact;
use crm::prelude::*;
use crm::rsk_port::RskPort;

#[derive(Create)]
#[create(table = Account)]
struct NewAccount {
    name: String,
    overriddencreatedon: Timestamp,
    numberofemployees: i32,
    primarycontactid: Id<Contact>,
    #[create(insert)]
    contact_customer_accounts: Vec<NewContact>,
}

#[derive(Create)]
#[create(table = Contact)]
struct NewContact {
    lastname: String,
}

#[derive(Default, Update)]
#[update(table = RskPort)]
struct PortChanges {
    rsk_name: Option<String>,
    #[update(column = rsk_unlocode)]
    code: Option<String>,
}

fn main() {
    let _ = NewAccount {
        name: "Contoso".to_owned(),
        overriddencreatedon: Timestamp::UNIX_EPOCH,
        numberofemployees: 5,
        primarycontactid: Id::new(Uuid::nil()),
        contact_customer_accounts: vec![NewContact { lastname: "Neil".to_owned() }],
    };
    let _ = PortChanges::default().into_body();
}
