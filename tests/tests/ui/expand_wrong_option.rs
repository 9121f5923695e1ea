//! Options of related rows that don't fit: a limit of one row, a column of another table, and no relationship.

use crm::account::Account;
use crm::contact::Contact;
use crm::prelude::*;

#[derive(Row)]
#[row(table = Account)]
#[allow(dead_code)]
struct Company {
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

fn main() {
    let query = Query::<Company>::new();
    let query = query.expand(|a| a.primarycontactid, |person| person.top(1));
    let query = query.expand(|a| a.contact_customer_accounts, |people| people.filter(|c| c.revenue.is_null()));
    let _ = query.expand(|a| a.name, |name| name);
}
