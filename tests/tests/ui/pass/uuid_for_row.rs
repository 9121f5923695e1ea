use crm::account::Account;
use crm::contact::Contact;
use crm::dataverse_runtime::write;
use crm::prelude::*;

fn main() {
    let uuid = Uuid::from_u128(1);
    let _ = write::delete(Id::<Account>::new(uuid));
    let _ = write::update(Id::<Account>::new(uuid), |a| {
        a.primarycontactid.bind(Id::<Contact>::new(uuid))
    });
}
