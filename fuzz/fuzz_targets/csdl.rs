//! Any bytes as a `$metadata` document.
#![no_main]

use dataverse_codegen::csdl;
use dataverse_codegen::join::{Definitions, join};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match csdl::read(bytes) {
        Ok(document) => dataverse_fuzz::check(join(Some(&document), Definitions::default()).0),
        // The message is part of what users meet.
        Err(error) => drop(error.to_string()),
    }
});
