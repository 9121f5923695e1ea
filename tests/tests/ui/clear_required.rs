//! A column that can't be empty.

use crm::account::Account;
use crm::prelude::*;

fn main() {
    let _ = update_body(Account, |a| (a.fax.clear(), a.statecode.clear()));
}
