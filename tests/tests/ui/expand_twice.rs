//! A relationship expanded into two fields.

use crm::account::Account;
use crm::contact::Contact;
use crm::prelude::*;

#[derive(Row)]
#[row(table = Account)]
#[allow(dead_code)]
struct Big {
    #[row(expand)]
    primarycontactid: Option<Person>,
    #[row(expand, column = primarycontactid)]
    contact: Option<Person>,
}

#[derive(Row)]
#[row(table = Contact)]
#[allow(dead_code)]
struct Person {
    fullname: Option<String>,
}

fn main() {}
