//! Ports: a column of theirs has another type.

use crm::{prelude::*, rsk_port::RskPort, rsk_vessel::RskVessel};

/// Compiles as it did: whether there is a value can be asked of any type.
pub fn known() -> Filter<RskPort> {
    filter(RskPort, |p| p.rsk_berths.is_not_null())
}

pub fn conditions() {
    let _ = filter(RskPort, |p| p.rsk_berths.ge(3)); // BREAKS rsk_port.rsk_berths
    let _ = filter(RskPort, |p| p.rsk_country.eq("Norway"));
    let _ = filter(RskVessel, |v| {
        v.rsk_homeportid.to(|p| p.rsk_berths.between(1, 4)) // BREAKS rsk_port.rsk_berths
            & v.rsk_homeportid.to(|p| p.rsk_open.eq(true))
    });
    // Two changes in one line.
    let _ = filter(RskVessel, |v| v.rsk_crew.gt(2) & v.rsk_homeportid.to(|p| p.rsk_berths.lt(9))); // BREAKS rsk_vessel.rsk_crew rsk_port.rsk_berths
}

pub fn writes() {
    let _ = update_body(RskPort, |p| p.rsk_berths.set(12)); // BREAKS rsk_port.rsk_berths
    let _ = update_body(RskPort, |p| p.rsk_berths.clear());
}
