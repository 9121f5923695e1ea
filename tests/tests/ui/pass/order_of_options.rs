//! Options have no smaller and greater.

#[path = "../../../../runtime/tests/fixture/mod.rs"]
mod crm;

use crm::account::{self, Account};
use crm::prelude::*;

fn main() {
    let _ = filter(Account, |a| a.industrycode.ne(account::IndustryCode::Accounting));
}
