//! A lookup bound to rows that it can't refer to.

use crm::account::Account;
use crm::contact::Contact;
use crm::prelude::*;
use crm::systemuser::SystemUser;

fn change(account: Id<Account>, person: Id<Contact>) {
    let _ = update_body(Account, |a| (a.primarycontactid.bind(account), a.ownerid.bind(person)));
}

fn owner(user: Id<SystemUser>) {
    let _ = update_body(Account, |a| a.ownerid.bind(user));
}

fn main() {}
