//! A lookup is bound, not set.

use crm::account::Account;
use crm::contact::Contact;
use crm::prelude::*;

fn change(person: Id<Contact>) {
    let _ = update_body(Account, |a| a.primarycontactid.set(person));
}

fn main() {}
