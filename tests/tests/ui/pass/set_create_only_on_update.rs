//! A column that is set on create only.

use crm::account::Account;
use crm::prelude::*;

fn main() {
    let now: Timestamp = Timestamp::UNIX_EPOCH;
    let _ = create_body(Account, |a| (a.name.set("x"), a.overriddencreatedon.set(now)));
}
