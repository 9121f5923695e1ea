//! Text searched in a number.

use crm::account::Account;
use crm::prelude::*;

fn main() {
    let _ = filter(Account, |a| a.name.contains("5"));
}
