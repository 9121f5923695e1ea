//! Type parameters of which the struct says enough, and a row that owns what it reads.

use crm::account::Account;
use crm::contact::Contact;
use crm::dataverse_runtime::{Fits, kind, write::WrittenTo};
use crm::prelude::*;

#[derive(Row)]
#[row(table = Account)]
#[allow(dead_code)]
struct WithPrimary<P: Row<Table = Contact>> {
    #[row(expand)]
    primarycontactid: Option<P>,
}

#[derive(Row)]
#[row(table = Account)]
#[allow(dead_code)]
struct Named {
    name: Option<String>,
    fax: Option<String>,
}

#[derive(Create)]
#[create(table = Account)]
struct NewAccount<'a, V, P, C: NewRow<Table = Contact>>
where
    V: Fits<kind::Text>,
    P: NewRow<Table = Contact>,
{
    name: &'a str,
    fax: V,
    #[create(insert)]
    primarycontactid: P,
    #[create(insert)]
    contact_customer_accounts: Vec<C>,
}

#[derive(Update)]
#[update(table = Contact)]
struct Changes<V: WrittenTo<kind::Text>>
where
    crm::dataverse_runtime::Nullable: crm::dataverse_runtime::write::ClearsBy<V::Clears>,
{
    jobtitle: V,
}

fn main() {}
