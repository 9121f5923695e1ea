//! A key with a missing part, wrong parts, and one that isn't there.

use crm::choices::RskCurrentshift;
use crm::prelude::*;
use crm::rsk_port::{RskPort, RskUnlocodeKey};
use crm::rsk_portcall::RskBerthKey;

fn keys(port: Id<RskPort>, shift: Choice<RskCurrentshift>) -> (String, String) {
    let day = civil::date(2024, 3, 5);
    let berth = RskBerthKey { rsk_portid: port, rsk_day: day, rsk_shift: shift };
    (berth.path(), RskUnlocodeKey { rsk_unlocode: "NOBGO" }.path())
}

fn main() {
    keys(Id::new(Uuid::nil()), Choice::new(1));
}
