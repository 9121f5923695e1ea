//! A sum of text, and groups of dates.

use crm::account::Account;
use crm::dataverse_runtime::aggregate::aggregate;
use crm::prelude::*;

fn main() {
    let _ = aggregate(Account, |a| (a.name.sum(), count_rows()));
    let _ = aggregate(Account, |a| (a.createdon, count_rows()));
    let _ = aggregate(Account, |a| a.name.max());
}
