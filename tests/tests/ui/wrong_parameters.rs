//! An action with a missing and with mistyped parameters.

use crm::operations::actions::WinOpportunity;
use crm::prelude::*;

fn main() {
    let _ = WinOpportunity { opportunity_close: Record::new(), caller: None };
    let _ = WinOpportunity { opportunity_close: Record::new(), caller: None, status: "won" };
    let account = Record::<crm::account::Account>::new();
    let _ = WinOpportunity { opportunity_close: account, caller: None, status: 3 };
}
