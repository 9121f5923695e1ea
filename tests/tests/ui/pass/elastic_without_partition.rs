//! A row of an elastic table without its partition.

#[path = "../../../../runtime/tests/fixture/mod.rs"]
mod crm;

use crm::account::Account;
use crm::prelude::*;
use dataverse_runtime::FoundById;

fn find<T: FoundById>(_: T) {}

fn main() {
    find(Account);
}
