// Only a query in FetchXML gives columns of linked tables, and values under names of its own.

use crm::account::Account;
use crm::contact::Contact;
use crm::dataverse_runtime::Query;
use crm::prelude::*;

#[derive(Row)]
#[row(table = Account)]
struct Company {
    name: Option<String>,
    #[row(link = "person")]
    person: Option<Person>,
}

#[derive(Row)]
#[row(table = Contact)]
struct Person {
    fullname: Option<String>,
}

#[derive(Row)]
#[row(table = Account)]
struct Total {
    #[row(alias = "total")]
    total: Option<Money>,
}

#[derive(Row)]
#[row(table = Contact)]
struct WithCompanies {
    #[row(expand)]
    account_primary_contact: Vec<Company>,
}

fn main() {
    let _ = Query::<Company>::new();
    let _ = Query::<Total>::new();
}
