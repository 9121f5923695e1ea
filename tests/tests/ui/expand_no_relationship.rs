//! A column that leads to no other row.

use crm::account::Account;
use crm::contact::Contact;
use crm::prelude::*;

#[derive(Row)]
#[row(table = Account)]
#[allow(dead_code)]
struct Big {
    #[row(expand)]
    name: Option<Person>,
}

#[derive(Row)]
#[row(table = Contact)]
#[allow(dead_code)]
struct Person {
    fullname: Option<String>,
}

fn main() {}
