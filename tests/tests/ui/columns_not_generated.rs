//! A table that was not selected has no columns.

use crm::prelude::*;
use crm::site::Site;

#[derive(Row)]
#[row(table = Site)]
#[allow(dead_code)]
struct Big {
    name: Option<String>,
}

fn main() {}
