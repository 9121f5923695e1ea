//! A key with a missing part, wrong parts, and one that isn't there.

use crm::choices::RskCurrentshift;
use crm::prelude::*;
use crm::rsk_port::{RskPort, RskUnlocodeKey};
use crm::rsk_portcall::RskBerthKey;

fn keys(port: Id<RskPort>, shift: Choice<RskCurrentshift>) {
    let day = civil::date(2024, 3, 5);
    let _ = RskBerthKey { rsk_portid: port, rsk_day: day };
    let _ = RskBerthKey { rsk_portid: port, rsk_day: "2024-03-05", rsk_shift: shift };
    let _ = RskBerthKey { rsk_portid: Id::<crm::account::Account>::new(port.uuid()), rsk_day: day, rsk_shift: shift };
    let _ = RskUnlocodeKey { rsk_unlocode: "NOBGO", rsk_shift: shift };
}

fn main() {}
