//! A table that was not selected has no columns.

#[path = "../../../runtime/tests/fixture/mod.rs"]
mod crm;

use crm::prelude::*;
use crm::team::Team;

#[derive(Row)]
#[row(table = Team)]
#[allow(dead_code)]
struct Big {
    name: Option<String>,
}

fn main() {}
