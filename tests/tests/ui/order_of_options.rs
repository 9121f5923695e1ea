//! Options have no smaller and greater.

use crm::account::{self, Account};
use crm::prelude::*;

fn main() {
    let _ = filter(Account, |a| a.industrycode.gt(account::IndustryCode::Accounting));
}
