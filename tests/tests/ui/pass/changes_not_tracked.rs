//! Changes of a table that doesn't track them.

#[path = "../../../../runtime/tests/fixture/mod.rs"]
mod crm;

use crm::account::Account;
use crm::prelude::*;
use dataverse_runtime::ChangeTracked;

fn follow<T: ChangeTracked>(_: T) {}

fn main() {
    follow(Account);
}
