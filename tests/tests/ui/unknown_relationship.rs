//! A relationship that the table doesn't have.

use crm::account::Account;
use crm::contact::Contact;
use crm::prelude::*;

#[derive(Row)]
#[row(table = Account)]
#[allow(dead_code)]
struct Big {
    #[row(expand)]
    contact_customer_acounts: Vec<Person>,
}

#[derive(Row)]
#[row(table = Contact)]
#[allow(dead_code)]
struct Person {
    fullname: Option<String>,
}

fn main() {}
