//! An option of another choice.

#[path = "../../../runtime/tests/fixture/mod.rs"]
mod crm;

use crm::account::{self, Account};
use crm::prelude::*;

fn main() {
    let _ = filter(Account, |a| a.industrycode.eq(account::StatusCode::Active));
    let _ = update_body(Account, |a| a.industrycode.set(account::StatusCode::Active));
}
