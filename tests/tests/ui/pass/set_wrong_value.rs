//! A value that doesn't fit the column.

use crm::account::Account;
use crm::prelude::*;

fn main() {
    let _ = update_body(Account, |a| (a.name.set("5"), a.revenue.set(money!(1.5))));
}
