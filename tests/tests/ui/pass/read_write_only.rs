//! A column that the service never returns.

#[path = "../../../../runtime/tests/fixture/mod.rs"]
mod crm;

use crm::prelude::*;
use crm::rsk_vessel::RskVessel;

#[derive(Row)]
#[row(table = RskVessel)]
#[allow(dead_code)]
struct Big {
    rsk_imo: Option<String>,
}

fn main() {}
