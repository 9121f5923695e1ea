//! Text that is longer than its column.

use crm::contact::Contact;
use crm::prelude::*;
use crm::rsk_port::RskPort;

#[derive(Create)]
#[create(table = RskPort, set(rsk_unlocode = "NO BGO"))]
struct NewPort {
    rsk_name: String,
}

fn main() {
    let _ = update_body(RskPort, |p| p.rsk_unlocode.set(text!(RskPort.rsk_unlocode, "Bergen")));
    let _ = create_body(Contact, |c| {
        c.lastname.set(text!(Contact.lastname, "A name that nobody has, because it has more characters than fifty"))
    });
}
