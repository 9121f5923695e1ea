//! Two columns compared that hold different things, or that have no smaller and greater.

use crm::account::Account;
use crm::prelude::*;

fn main() {
    let _ = filter(Account, |a| a.revenue.gt_column(a.name));
    let _ = filter(Account, |a| a.creditonhold.lt_column(a.donotemail));
}
