//! A column that can't be empty.

#[path = "../../../runtime/tests/fixture/mod.rs"]
mod crm;

use crm::prelude::*;
use crm::rsk_vessel::RskVessel;

fn main() {
    let _ = update_body(RskVessel, |v| v.rsk_number.clear());
}
