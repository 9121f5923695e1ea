//! A create without a column that its table requires, in three places.

use crm::account::Account;
use crm::contact::Contact;
use crm::prelude::*;
use crm::rsk_port::RskPort;

fn main() {
    let fax = Some("1");
    let _ = create_body(Account, |a| (a.fax.set("1"), a.name.set("x")));
    let _ = create_body(RskPort, |p| (p.rsk_name.set("Bergen"), (p.rsk_unlocode.set("NOBGO"),)));
    let _ = create_body(Account, |a| (a.name.set("x"), a.primarycontactid.insert(|c| c.lastname.set("Ada"))));
    let _ = create_body(Contact, |c| incomplete(fax.map(|fax| c.firstname.set(fax))));
}
