//! Mistakes in the attributes of a row: all of them are reported.

use crm::account::Account;
use crm::prelude::*;

#[derive(Row)]
#[row(table = Account)]
#[allow(dead_code)]
struct Big {
    #[row(column = "name")]
    title: Option<String>,
    #[row(expnd)]
    primarycontactid: Option<Person>,
    fax: Option<String>,
    #[row(column = fax)]
    telefax: Option<String>,
}

#[derive(Row)]
struct Person {
    fullname: Option<String>,
}

#[derive(Row)]
#[row(table = Account)]
enum Kind {}

fn main() {}
