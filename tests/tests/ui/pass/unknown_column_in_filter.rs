//! A condition on a column that the table doesn't have.

use crm::account::Account;
use crm::prelude::*;

fn main() {
    let _ = filter(Account, |a| a.name.eq("Contoso"));
}
