//! The service gives tables, columns, options and relationships in any order: what comes of them is the same.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use support::golden::features;
use support::hostile::Chance;
use support::shuffle;

#[test]
fn the_order_in_documents_changes_nothing() {
    for feature in features() {
        let expected = feature.make(feature.metadata.as_deref(), &feature.definitions);
        for seed in 0..8 {
            let chance = &mut Chance(seed);
            let metadata = feature.metadata.as_deref().map(|text| shuffle::xml(text, chance));
            let mut bodies: Vec<String> = feature
                .definitions
                .iter()
                .map(|text| shuffle::json(text, chance))
                .collect();
            chance.shuffle(&mut bodies);
            let made = feature.make(metadata.as_deref(), &bodies);
            assert_eq!(
                made.keys().collect::<Vec<_>>(),
                expected.keys().collect::<Vec<_>>()
            );
            for (path, text) in &made {
                let expected = &expected[path];
                let shown = feature.folder.join(path);
                assert!(
                    text == expected,
                    "{} with seed {seed} was\n{expected}\nand is\n{text}\nfrom\n{}",
                    shown.display(),
                    metadata.as_deref().unwrap_or_default(),
                );
            }
        }
    }
}

#[test]
fn shuffling_keeps_what_is_there() {
    for feature in features() {
        let sorted = |text: &str| {
            let mut bytes: Vec<u8> = text.bytes().filter(|byte| byte.is_ascii_alphanumeric()).collect();
            bytes.sort_unstable();
            bytes
        };
        for text in &feature.definitions {
            let value: serde_json::Value = serde_json::from_str(text).expect("JSON");
            assert_eq!(
                sorted(&shuffle::json(text, &mut Chance(1))),
                sorted(&value.to_string())
            );
        }
        if let Some(text) = &feature.metadata {
            assert_ne!(
                shuffle::xml(text, &mut Chance(1)),
                shuffle::xml(text, &mut Chance(2))
            );
        }
    }
}
