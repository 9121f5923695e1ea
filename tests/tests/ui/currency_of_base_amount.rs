//! An amount in the organisation's currency, read together with the row's.

use crm::account::Account;
use crm::prelude::*;

#[derive(Row)]
#[row(table = Account)]
#[allow(dead_code)]
struct Company {
    revenue_base: Option<CurrencyAmount>,
}

fn main() {}
