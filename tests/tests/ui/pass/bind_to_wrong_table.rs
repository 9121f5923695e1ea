//! A lookup bound to rows that it can't refer to.

use crm::account::Account;
use crm::contact::Contact;
use crm::prelude::*;
use crm::systemuser::SystemUser;

fn change(person: Id<Contact>, user: Id<SystemUser>) {
    let _ = update_body(Account, |a| (a.primarycontactid.bind(person), a.ownerid.bind(user)));
}

fn main() {
    change(Id::new(Uuid::nil()), Id::new(Uuid::nil()));
}
