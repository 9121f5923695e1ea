//! Related rows in a write that takes none.

use crm::account::Account;
use crm::contact::Contact;
use crm::email::Email;
use crm::prelude::*;

fn tie(contact: Id<Contact>) {
    let _ = create_body(Account, |a| {
        (a.name.set("x"), a.primarycontactid.insert(|c| c.lastname.set("Neil")))
    });
    let _ = create_body(Account, |a| (a.name.set("x"), a.contact_customer_accounts.bind([contact])));
    let _ = create_body(Email, |e| (e.subject.set("x"), e.to.parties([contact])));
}

fn main() {
    tie(Id::new(Uuid::nil()));
}
