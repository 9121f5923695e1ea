//! Related rows in a write that takes none.

use crm::account::Account;
use crm::contact::Contact;
use crm::email::Email;
use crm::prelude::*;

fn tie(contact: Id<Contact>) {
    let _ = update_body(Account, |a| a.primarycontactid.insert(|c| c.lastname.set("Neil")));
    let _ = update_body(Account, |a| a.contact_customer_accounts.bind([contact]));
    let _ = update_body(Email, |e| e.to.parties([contact]));
}

fn main() {}
