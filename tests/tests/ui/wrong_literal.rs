//! Literals that are no numbers.

use crm::prelude::*;

fn main() {
    let _ = money!(abc);
    let _ = decimal!(1.2.3);
    let _ = decimal!(99999999999999999999999999999999);
}
