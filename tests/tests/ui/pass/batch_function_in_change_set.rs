//! A function beside change sets, and an action in one.

use crm::operations::{PublishXml, WhoAmI};
use crm::prelude::*;

fn main() {
    let client = Client::anonymous("http://127.0.0.1:5080").unwrap();
    let mut batch = client.batch();
    batch.add(client.call(WhoAmI {}));
    batch.change_set().add(client.call(PublishXml {
        parameter_xml: "<importexportxml/>".to_owned(),
    }));
}
