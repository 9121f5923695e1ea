//! A many-to-many relationship expanded inside of related rows.

use crm::prelude::*;
use crm::rsk_category::RskCategory;
use crm::rsk_port::RskPort;
use crm::rsk_vessel::RskVessel;

#[derive(Row)]
#[row(table = RskPort)]
#[allow(dead_code)]
struct Port {
    #[row(expand)]
    rsk_port_vessel: Vec<Vessel>,
}

#[derive(Row)]
#[row(table = RskVessel)]
#[allow(dead_code)]
struct Vessel {
    rsk_name: Option<String>,
    #[row(expand)]
    rsk_vessel_rsk_category: Vec<Category>,
}

#[derive(Row)]
#[row(table = RskCategory)]
#[allow(dead_code)]
struct Category {
    rsk_name: Option<String>,
}

fn main() {}
