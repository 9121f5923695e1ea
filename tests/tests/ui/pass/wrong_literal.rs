//! Literals that are no numbers.

use crm::prelude::*;

fn main() {
    let _ = money!(-1_000.50);
    let _ = decimal!(79228162514264337593543950335);
}
