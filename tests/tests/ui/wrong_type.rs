//! Types that don't fit their columns: all of them are reported, each at its type.

use crm::account::{self, Account};
use crm::prelude::*;

#[derive(Row)]
#[row(table = Account)]
#[allow(dead_code)]
struct Big {
    name: Option<i32>,
    numberofemployees: Option<String>,
    revenue: Option<f64>,
    primarycontactid: Option<Id<Account>>,
    industrycode: Option<Choice<account::StatusCode>>,
}

fn main() {}
