//! Reads inside of change sets, and a reference to a row of an operation that stands alone.

use crm::account::Account;
use crm::prelude::*;

#[derive(Row)]
#[row(table = Account)]
#[allow(dead_code)]
struct Company {
    name: Option<String>,
}

fn main() {
    let client = Client::anonymous("http://127.0.0.1:5080").unwrap();
    let id = Id::<Account>::new(Uuid::from_u128(1));
    let mut batch = client.batch();
    let mut set = batch.change_set();
    set.add(client.query::<Company>());
    set.add(client.retrieve::<Company>(id));
    set.add(client.total_rows(Account));
    let alone = batch.add(client.create(Account, |a| a.name.set("Contoso")));
    batch.add(client.update(id, |a| a.parentaccountid.bind(alone.reference())));
    batch.add(client);
}
