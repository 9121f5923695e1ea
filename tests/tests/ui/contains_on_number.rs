//! Text searched in a number.

#[path = "../../../runtime/tests/fixture/mod.rs"]
mod crm;

use crm::account::Account;
use crm::prelude::*;

fn main() {
    let _ = filter(Account, |a| a.numberofemployees.contains("5"));
}
