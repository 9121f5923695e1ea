//! A column that can be empty, read into a type that can't.

use crm::account::Account;
use crm::prelude::*;

#[derive(Row)]
#[row(table = Account)]
#[allow(dead_code)]
struct Big {
    accountid: Id<Account>,
    name: String,
}

fn main() {}
