//! Parties changed by an update.

use crm::contact::Contact;
use crm::email::Email;
use crm::prelude::*;

fn write(client: &Client, email: Id<Email>, person: Id<Contact>) {
    let _ = client.set_parties(email, |e| e.to.parties([person]));
}

fn main() {}
