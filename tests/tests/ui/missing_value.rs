// A value that may be missing can mean that the column is emptied, or that it stays as it is.

use crm::account::Account;
use crm::contact::Contact;
use crm::dataverse_runtime::write;
use crm::prelude::*;

fn main() {
    let id = Id::<Account>::new(Uuid::from_u128(1));
    let (fax, person): (Option<String>, Option<Id<Contact>>) = (None, None);
    let _ = write::update(id, |a| a.fax.set(fax));
    let _ = write::update(id, |a| a.primarycontactid.bind(person));
}
