//! An option of another choice.

use crm::account::{self, Account};
use crm::prelude::*;

fn main() {
    let _ = filter(Account, |a| a.industrycode.eq(account::StatusCode::Active));
    let _ = update_body(Account, |a| a.industrycode.set(account::StatusCode::Active));
}
