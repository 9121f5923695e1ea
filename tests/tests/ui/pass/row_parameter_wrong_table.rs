//! A row whose parameter holds contacts, used with a row of contacts.

use crm::account::Account;
use crm::contact::Contact;
use crm::prelude::*;

#[derive(Row)]
#[row(table = Account)]
#[allow(dead_code)]
struct WithPrimary<P: Row<Table = Contact>> {
    accountid: Id<Account>,
    #[row(expand)]
    primarycontactid: Option<P>,
}

#[derive(Row)]
#[row(table = Contact)]
#[allow(dead_code)]
struct Name {
    fullname: Option<String>,
}

fn main() {
    let client = Client::anonymous("http://127.0.0.1:5080").unwrap();
    let _ = client.query::<WithPrimary<Name>>();
}
