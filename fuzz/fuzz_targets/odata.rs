//! Any text as a path with a query, and as each of the options' small languages: what is read is written and read back as
//! the same.
#![no_main]

use dataverse_emulator::odata::{Apply, Expands, Expression, Literal, OrderBy, Request, Resource, Select};
use libfuzzer_sys::fuzz_target;
use std::fmt::{Debug, Display};

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Ok(request) = Request::parse(text) {
        for (name, value) in request.options.iter() {
            option(name, value);
        }
        drop(request.options.raw_without("$skiptoken"));
    }
    if let Ok(resource) = Resource::parse(text) {
        let shown = resource.to_string().replace('%', "%25");
        assert_eq!(Resource::parse(&shown).as_ref(), Ok(&resource), "{shown}");
    }
    for name in ["$filter", "$orderby", "$select", "$expand", "$apply", ""] {
        option(name, text);
    }
});

fn option(name: &str, value: &str) {
    match name {
        "$filter" => same(value, Expression::parse),
        "$orderby" => same(value, OrderBy::parse),
        "$select" => same(value, Select::parse),
        "$expand" => same(value, Expands::parse),
        "$apply" => same(value, Apply::parse),
        _ => same(value, Literal::parse),
    }
}

fn same<T: Debug + Display + PartialEq, E: Debug + Display>(text: &str, parse: impl Fn(&str) -> Result<T, E>) {
    match parse(text) {
        Ok(read) => {
            let shown = read.to_string();
            match parse(&shown) {
                Ok(again) => assert_eq!(again, read, "{shown}"),
                Err(error) => panic!("{shown}: {error}"),
            }
        }
        // The message is part of what users meet.
        Err(error) => drop(error.to_string()),
    }
}
