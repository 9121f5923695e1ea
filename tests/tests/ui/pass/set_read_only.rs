//! A column that the service sets itself.

#[path = "../../../../runtime/tests/fixture/mod.rs"]
mod crm;

use crm::account::Account;
use crm::prelude::*;

fn main() {
    let now: Timestamp = Timestamp::UNIX_EPOCH;
    let _ = create_body(Account, |a| (a.name.set("x"), a.overriddencreatedon.set(now)));
}
