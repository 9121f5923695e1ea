//! A column that the table doesn't have.

use crm::account::Account;
use crm::prelude::*;

#[derive(Row)]
#[row(table = Account)]
#[allow(dead_code)]
struct Big {
    name: Option<String>,
    numberofemployees: Option<i32>,
}

fn main() {}
