//! Related rows of the wrong table.

use crm::account::Account;
use crm::prelude::*;

#[derive(Row)]
#[row(table = Account)]
#[allow(dead_code)]
struct Big {
    #[row(expand)]
    primarycontactid: Option<Other>,
    #[row(expand)]
    contact_customer_accounts: Vec<Other>,
}

#[derive(Row)]
#[row(table = Account)]
#[allow(dead_code)]
struct Other {
    name: Option<String>,
}

fn main() {}
