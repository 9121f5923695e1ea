use crm::account::Account;
use crm::contact::Contact;
use crm::dataverse_runtime::write;
use crm::prelude::*;

fn main() {
    let id = Id::<Account>::new(Uuid::from_u128(1));
    let (fax, person): (Option<String>, Option<Id<Contact>>) = (None, None);
    // Emptied.
    let _ = write::update(id, |a| {
        (a.fax.set_or_clear(fax.as_deref()), a.primarycontactid.bind_or_clear(person))
    });
    // Left as it is.
    let _ = write::update(id, |a| {
        (
            fax.map(|fax| a.fax.set(fax)),
            person.map(|person| a.primarycontactid.bind(person)),
        )
    });
}
