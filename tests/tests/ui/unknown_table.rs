//! A row of a table that isn't there.

use crm::prelude::*;

#[derive(Row)]
#[row(table = crm::acount::Acount)]
#[allow(dead_code)]
struct Big {
    name: Option<String>,
}

fn main() {}
