//! Columns of another table.

use crm::account::Account;
use crm::contact::Contact;
use crm::prelude::*;

fn main() {
    let contacts = <Contact as Table>::COLUMNS;
    let _ = filter(Contact, |_| contacts.emailaddress1.is_null());
    let _ = filter(Account, |a| a.name.is_null() & a.primarycontactid.to(|c| c.emailaddress1.is_null()));
    let _ = update_body(Contact, |_| contacts.emailaddress1.set("y"));
}
