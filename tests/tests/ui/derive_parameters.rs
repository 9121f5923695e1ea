//! Type parameters of which the struct doesn't say enough, and a row that borrows.

use crm::account::Account;
use crm::contact::Contact;
use crm::prelude::*;

#[derive(Row)]
#[row(table = Account)]
#[allow(dead_code)]
struct WithPrimary<P> {
    #[row(expand)]
    primarycontactid: Option<P>,
}

#[derive(Row)]
#[row(table = Account)]
#[allow(dead_code)]
struct WithAny<P: Row> {
    #[row(expand)]
    primarycontactid: Option<P>,
}

#[derive(Row)]
#[row(table = Account)]
#[allow(dead_code)]
struct Named<'a, V> {
    name: &'a str,
    fax: Option<V>,
}

#[derive(Create)]
#[create(table = Account)]
struct NewAccount<'a, V, P, C: NewRow<Table = Account>> {
    name: &'a str,
    fax: V,
    #[create(insert)]
    primarycontactid: P,
    #[create(insert)]
    contact_customer_accounts: Vec<C>,
}

#[derive(Update)]
#[update(table = Contact)]
struct Changes<V> {
    jobtitle: V,
}

fn main() {}
