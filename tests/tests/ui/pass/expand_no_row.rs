//! A related row that isn't a row.

use crm::account::Account;
use crm::contact::Contact;
use crm::prelude::*;

#[derive(Row)]
#[row(table = Account)]
#[allow(dead_code)]
struct Big {
    #[row(expand)]
    primarycontactid: Option<Person>,
    #[row(expand)]
    contact_customer_accounts: Vec<Person>,
}

#[derive(Row)]
#[row(table = Contact)]
#[allow(dead_code)]
struct Person {
    fullname: Option<String>,
}

fn main() {}
