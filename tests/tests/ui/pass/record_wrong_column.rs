//! A record's column of another table, and one that is read into a wrong type.

use crm::account::Account;
use crm::contact::Contact;
use crm::prelude::*;

fn main() {
    let _ = Query::<Record<Account>>::new().select(|a| (a.name, a.fax));
    let record = Record::<Account>::new();
    let _ = record.get::<Option<String>, _, _, _>(|a| a.name);
}
