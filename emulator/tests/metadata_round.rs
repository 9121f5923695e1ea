//! What the emulator says of a schema reads back as that schema, by every road on which a client can ask.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "../../codegen/tests/support/arbitrary/mod.rs"]
#[allow(dead_code, reason = "codegen's tests use more of it")]
mod arbitrary;
#[path = "../../codegen/tests/support/hostile.rs"]
#[allow(dead_code, reason = "codegen's tests use more of it")]
mod hostile;
#[path = "support/metadata.rs"]
#[allow(dead_code, reason = "each test file uses a part of it")]
mod support;
#[path = "support/tellable.rs"]
mod tellable;

use std::path::Path;

use dataverse_codegen::schema::Schema;
use dataverse_codegen::snapshot;
use proptest::prelude::*;
use quick_xml::XmlVersion;
use quick_xml::events::Event;
use support::{ROADS, Road, answers, assert_same, body, metadata, read};

fn example() -> Schema {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../generated-example/snapshot");
    snapshot::read(Path::new(folder))
        .expect("the example's snapshot")
        .schema
}

#[test]
fn the_example_reads_back_equal_by_every_road() {
    let schema = example();
    let metadata = metadata(schema.clone());
    let document = body(&metadata, "$metadata");
    for road in ROADS {
        let bodies = answers(&metadata, &schema, road);
        let what = format!("{road:?}");
        assert_same(&read(&document, &bodies, &schema), &schema, &what);
    }
    let annotated = body(&metadata, "$metadata?annotations=true");
    let bodies = answers(&metadata, &schema, Road::Changes);
    assert_same(&read(&annotated, &bodies, &schema), &schema, "with annotations");
}

/// The names of the entity types of a document that any reader of XML reads.
fn entity_types(document: &[u8]) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_reader(document);
    let mut names = Vec::new();
    loop {
        match reader.read_event().expect("XML") {
            Event::Eof => return names,
            Event::Start(element) | Event::Empty(element) if element.name().as_ref() == "EntityType" => {
                let name = element
                    .try_get_attribute("Name")
                    .expect("attributes")
                    .expect("a name");
                names.push(
                    name.normalized_value(XmlVersion::Implicit1_0)
                        .expect("a text")
                        .into_owned(),
                );
            }
            _ => {}
        }
    }
}

/// What XML has no form for is replaced.
fn in_xml(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' => c,
        '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        _ => c,
    }
}

proptest! {
    #![proptest_config(arbitrary::cases(24))]

    #[test]
    fn any_schema_reads_back_equal_by_every_road(size in 1_usize..6, seed: u64) {
        let schema = tellable::tellable(arbitrary::schema(size, seed));
        // Nothing selected would stand for everything.
        prop_assume!(!schema.tables.is_empty());
        let metadata = metadata(schema.clone());
        let document = body(&metadata, "$metadata?annotations=true");
        for road in ROADS {
            let bodies = answers(&metadata, &schema, road);
            assert_same(&read(&document, &bodies, &schema), &schema, &format!("{road:?}"));
        }
    }

    /// Whatever stands in names, nothing breaks out of the documents: each table is in them once.
    #[test]
    fn hostile_names_stay_inside(size in 1_usize..6, seed: u64) {
        let schema = arbitrary::schema(size, seed);
        let metadata = metadata(schema.clone());
        for address in ["$metadata", "$metadata?annotations=true"] {
            let document = body(&metadata, address);
            let names = entity_types(&document);
            for name in schema.tables.keys().chain(schema.references.keys()) {
                let name: String = name.chars().map(in_xml).collect();
                prop_assert!(names.contains(&name), "{name:?}");
            }
        }
        for path in ["", "EntityDefinitions?$expand=Attributes,Keys", "RetrieveMetadataChanges()"] {
            let answer: serde_json::Value = serde_json::from_slice(&body(&metadata, path)).expect("JSON");
            let list = answer.get("value").or_else(|| answer.get("EntityMetadata"));
            let tables = schema.tables.len() + schema.references.len();
            let found = list.and_then(|list| list.as_array()).expect("a list").len();
            prop_assert!(path.is_empty() || found == tables, "{path}: {found}");
        }
    }
}
