//! Attributes of the derives that say nothing, or the wrong thing.

use crm::account::Account;
use crm::prelude::*;

#[derive(Create)]
struct NoTable {
    name: String,
}

#[derive(Create)]
#[create(table = Account)]
struct NewAccount {
    #[create(colum = name)]
    title: String,
    name: String,
    #[create(column = name)]
    again: String,
}

#[derive(Update)]
#[update(table = Account, incomplete)]
enum Changes {}

fn main() {}
