//! Any bytes as a body of definitions.
#![no_main]

use dataverse_codegen::join::{Definitions, join};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut definitions = Definitions::default();
    match definitions.add(bytes) {
        Ok(_) => dataverse_fuzz::check(join(None, definitions).0),
        Err(error) => drop(error.to_string()),
    }
});
