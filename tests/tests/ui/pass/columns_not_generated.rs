//! A table that was not selected has no columns.

use crm::prelude::*;
use crm::site::Site;

#[allow(dead_code)]
struct Place {
    id: Id<Site>,
}

fn main() {}
