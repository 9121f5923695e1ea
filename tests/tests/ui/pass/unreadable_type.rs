//! A type that no column is read into.

#[path = "../../../../runtime/tests/fixture/mod.rs"]
mod crm;

use crm::account::Account;
use crm::prelude::*;

#[derive(Row)]
#[row(table = Account)]
#[allow(dead_code)]
struct Big {
    numberofemployees: Option<i32>,
}

fn main() {}
