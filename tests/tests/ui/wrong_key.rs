//! A key with a missing part, a wrong part, and one that isn't there.

#[path = "../../../runtime/tests/fixture/mod.rs"]
mod crm;

use crm::account::Account;
use crm::prelude::*;
use crm::rsk_port::RskPort;
use crm::rsk_vessel::RskImoKey;

fn keys(port: Id<RskPort>, account: Id<Account>) {
    let _ = RskImoKey { rsk_imo: "9312345" };
    let _ = RskImoKey { rsk_imo: 9312345, rsk_homeportid: port };
    let _ = RskImoKey { rsk_imo: "9312345", rsk_homeportid: account };
    let _ = RskImoKey { rsk_imo: "9312345", rsk_homeport: port };
}

fn main() {}
