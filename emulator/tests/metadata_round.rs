//! What the emulator says of a schema reads back as that schema, by every road on which a client can ask.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "support/metadata.rs"]
mod support;

use std::path::Path;

use dataverse_codegen::schema::Schema;
use dataverse_codegen::snapshot;
use support::{ROADS, answers, assert_same, body, metadata, read};

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
    for address in ["$metadata", "$metadata?annotations=true"] {
        let document = body(&metadata, address);
        for road in ROADS {
            let bodies = answers(&metadata, &schema, road);
            assert_same(
                &read(&document, &bodies, &schema),
                &schema,
                &format!("{address}, {road:?}"),
            );
        }
    }
}
