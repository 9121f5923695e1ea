//! Changes of a table that doesn't track them.

use crm::account::Account;
use crm::dataverse_runtime::ChangeTracked;

fn follow<T: ChangeTracked>(_: T) {}

fn main() {
    follow(Account);
}
