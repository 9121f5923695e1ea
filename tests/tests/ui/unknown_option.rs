//! An option that the choice doesn't have.

use crm::account::{self, Account};
use crm::prelude::*;

fn main() {
    let _ = filter(Account, |a| a.industrycode.eq(account::IndustryCode::Acounting));
}
