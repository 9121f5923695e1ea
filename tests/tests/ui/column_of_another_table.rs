//! Columns of another table.

use crm::account::Account;
use crm::contact::Contact;
use crm::prelude::*;

fn main() {
    let contacts = <Contact as Table>::COLUMNS;
    let _ = filter(Account, |_| contacts.emailaddress1.is_null());
    let _ = filter(Account, |a| a.name.is_null() & contacts.emailaddress1.is_null());
    let _ = update_body(Account, |a| (a.name.set("x"), contacts.emailaddress1.set("y")));
}
