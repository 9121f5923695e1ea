//! Two columns compared that hold different things, or that have no smaller and greater.

use crm::account::Account;
use crm::prelude::*;

fn main() {
    let _ = filter(Account, |a| a.revenue.gt_column(a.creditlimit));
    let _ = filter(Account, |a| a.creditonhold.eq_column(a.donotemail));
}
