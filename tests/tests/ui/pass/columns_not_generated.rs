//! A table that was not selected has no columns.

#[path = "../../../../runtime/tests/fixture/mod.rs"]
mod crm;

use crm::prelude::*;
use crm::team::Team;

#[allow(dead_code)]
type Team1 = Id<Team>;

fn main() {}
