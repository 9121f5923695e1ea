//! A function, which reads, inside of a change set.

use crm::operations::functions::RetrieveExchangeRate;
use crm::prelude::*;

fn main() {
    let client = Client::anonymous("http://127.0.0.1:5080").unwrap();
    let mut batch = client.batch();
    batch.change_set().add(client.call(RetrieveExchangeRate {
        transaction_currency_id: Uuid::from_u128(1),
    }));
}
