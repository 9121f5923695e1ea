//! A type that no column is read into.

use crm::account::Account;
use crm::prelude::*;

#[derive(Row)]
#[row(table = Account)]
#[allow(dead_code)]
struct Big {
    numberofemployees: Option<usize>,
}

fn main() {}
