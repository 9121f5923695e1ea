//! Columns of a linked table read into what holds no such row, and a linked row that reads more than columns.

use crm::account::Account;
use crm::contact::Contact;
use crm::prelude::*;

#[derive(Row)]
#[row(table = Account)]
#[allow(dead_code)]
struct Company {
    #[row(link = "people")]
    people: Option<Person>,
}

#[derive(Row)]
#[row(table = Contact)]
#[allow(dead_code)]
struct Person {
    fullname: Option<String>,
}

#[derive(Row)]
#[row(table = Account)]
#[allow(dead_code)]
struct Versioned {
    #[row(link = "person")]
    person: Option<Version>,
}

#[derive(Row)]
#[row(table = Contact)]
#[allow(dead_code)]
struct Version {
    fullname: Option<String>,
}

fn main() {}
