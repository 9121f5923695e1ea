//! A key with a missing part, a wrong part, and one that isn't there.

#[path = "../../../../runtime/tests/fixture/mod.rs"]
mod crm;

use crm::account::Account;
use crm::prelude::*;
use crm::rsk_port::RskPort;
use crm::rsk_vessel::RskImoKey;

fn key(port: Id<RskPort>) -> String {
    RskImoKey { rsk_imo: "9312345", rsk_homeportid: port }.path()
}

fn main() {
    let _: Option<Id<Account>> = None;
    key(Id::new(Uuid::nil()));
}
