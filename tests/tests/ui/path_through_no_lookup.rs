//! A condition through a column that leads to no other row.

use crm::account::Account;
use crm::prelude::*;

fn main() {
    let _ = filter(Account, |a| a.name.to(|c| c.emailaddress1.is_null()));
}
