//! A number compared with text.

use crm::account::Account;
use crm::prelude::*;

fn main() {
    let _ = filter(Account, |a| a.numberofemployees.gt(1000));
}
