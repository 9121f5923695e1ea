//! A function beside change sets, and an action in one.

use crm::operations::actions::PublishXml;
use crm::operations::functions::RetrieveExchangeRate;
use crm::prelude::*;

fn main() {
    let client = Client::anonymous("http://127.0.0.1:5080").unwrap();
    let mut batch = client.batch();
    batch.add(client.call(RetrieveExchangeRate {
        transaction_currency_id: Uuid::from_u128(1),
    }));
    batch.change_set().add(client.call(PublishXml {
        parameter_xml: "<importexportxml/>".to_owned(),
    }));
}
