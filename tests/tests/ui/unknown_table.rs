//! A row of a table that isn't there.

#[path = "../../../runtime/tests/fixture/mod.rs"]
mod crm;

use crm::prelude::*;

#[derive(Row)]
#[row(table = crm::acount::Acount)]
#[allow(dead_code)]
struct Big {
    name: Option<String>,
}

fn main() {}
