//! Any text as FetchXML: what is read is written and read back as the same.
#![no_main]

use dataverse_emulator::fetchxml::Fetch;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    match Fetch::parse(text) {
        Ok(fetch) => {
            let shown = fetch.to_string();
            match Fetch::parse(&shown) {
                Ok(again) => assert_eq!(again, fetch, "{shown}"),
                // Escapes make the document longer, perhaps too long.
                Err(fault) => assert!(fault.message.contains("longer than"), "{shown}: {fault}"),
            }
        }
        // The message is part of what users meet.
        Err(fault) => drop(fault.to_string()),
    }
});
