//! A path through a lookup to a table that isn't one of its targets.

use crm::incident::Incident;
use crm::prelude::*;

fn main() {
    let _ = filter(Incident, |i| i.customerid.to_row_of(crm::task::Task, |t| t.subject.eq("x")));
}
