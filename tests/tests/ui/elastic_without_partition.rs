//! A row of an elastic table without its partition.

use crm::account::Account;
use crm::dataverse_runtime::FoundById;

fn find<T: FoundById>(_: T) {}

fn main() {
    find(Account);
    find(crm::rsk_reading::RskReading);
}
