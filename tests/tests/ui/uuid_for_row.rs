// A GUID doesn't say of which table the row is.

use crm::account::Account;
use crm::dataverse_runtime::write;
use crm::prelude::*;

fn main() {
    let uuid = Uuid::from_u128(1);
    let _ = write::delete(uuid);
    let _ = write::update(Id::<Account>::new(uuid), |a| a.primarycontactid.bind(uuid));
}
