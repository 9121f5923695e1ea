//! The calling user compared with an amount.

use crm::account::Account;
use crm::prelude::*;

fn main() {
    let _ = filter(Account, |a| a.revenue.is_user());
}
