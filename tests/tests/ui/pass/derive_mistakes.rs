//! Mistakes in the attributes of a row: all of them are reported.

use crm::account::Account;
use crm::prelude::*;

#[derive(Row)]
#[row(table = Account)]
#[allow(dead_code)]
struct Big {
    #[row(column = name)]
    title: Option<String>,
    fax: Option<String>,
}

fn main() {}
