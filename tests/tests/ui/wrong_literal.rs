//! Literals that are no numbers.

#[path = "../../../runtime/tests/fixture/mod.rs"]
mod crm;

use crm::prelude::*;

fn main() {
    let _ = money!(abc);
    let _ = decimal!(1.2.3);
    let _ = decimal!(99999999999999999999999999999999);
}
