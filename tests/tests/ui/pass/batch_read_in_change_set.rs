//! Reads beside change sets, and a reference to a row of an operation in one.

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
    batch.add(client.query::<Company>());
    batch.add(client.retrieve::<Company>(id));
    batch.add(client.total_rows(Account));
    let mut set = batch.change_set();
    let inside = set.add(client.create(Account, |a| a.name.set("Contoso")));
    set.add(client.update(id, |a| a.parentaccountid.bind(inside.reference())));
}
