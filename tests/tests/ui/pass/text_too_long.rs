//! Text that is longer than its column.

use crm::contact::Contact;
use crm::prelude::*;
use crm::rsk_port::RskPort;

#[derive(Create)]
#[create(table = RskPort, set(rsk_unlocode = "NOBGO"))]
struct NewPort {
    rsk_name: String,
}

fn main() {
    let _ = update_body(RskPort, |p| p.rsk_unlocode.set(text!(RskPort.rsk_unlocode, "NOBGO")));
    let _ = create_body(Contact, |c| c.lastname.set(text!(Contact.lastname, "Neil")));
    let _ = NewPort { rsk_name: "Bergen".to_owned() }.into_body();
}
