//! A period of a column that holds no date.

use crm::account::Account;
use crm::prelude::*;

fn main() {
    let _ = filter(Account, |a| a.modifiedon.within(Period::Today));
}
