//! Types that don't fit their columns: all of them are reported, each at its type.

use crm::account::{self, Account};
use crm::prelude::*;

use crm::contact::Contact;

#[derive(Row)]
#[row(table = Account)]
#[allow(dead_code)]
struct Big {
    name: Option<String>,
    numberofemployees: Option<i32>,
    revenue: Option<Money>,
    primarycontactid: Option<Id<Contact>>,
    industrycode: Option<Choice<account::IndustryCode>>,
}

fn main() {}
