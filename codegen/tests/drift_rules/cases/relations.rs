//! Lookups, collections and keys.

use serde_json::{Value, json};

use super::Case;
use crate::schemas::*;

pub fn relations() -> Vec<Case> {
    let base = || table(json!({}));
    let lookup =
        |facts: Value| kind(json!({"lookup": with(json!({"targets": [{"table": "rsk_port"}]}), &facts)}));
    let parties = |of: &[&str]| kind(json!({"party_list": {"targets": of}}));
    let cascade = |delete: &str| target(json!({"cascade": {"delete": delete}}));
    let two_keys = |second: &str| {
        table(
            json!({"keys": [{"name": "rsk_code", "columns": ["rsk_a"]}, {"name": second, "columns": ["rsk_b"]}]}),
        )
    };
    vec![
        (
            "target-removed",
            targets(&["account", "rsk_port"]),
            targets(&["account"]),
        ),
        (
            "target-removed",
            parties(&["account", "contact"]),
            parties(&["account"]),
        ),
        (
            "target-added",
            targets(&["account", "rsk_port"]),
            targets(&["account", "contact", "rsk_port"]),
        ),
        (
            "target-added",
            parties(&["account"]),
            parties(&["account", "contact"]),
        ),
        (
            "second-target-added",
            targets(&["account"]),
            targets(&["account", "rsk_port"]),
        ),
        (
            "lookup-kind-changed",
            lookup(json!({})),
            lookup(json!({"kind": "owner"})),
        ),
        (
            "lookup-property-changed",
            lookup(json!({})),
            lookup(json!({"property": "rsk_x"})),
        ),
        (
            "navigation-removed",
            target(json!({})),
            target(json!({"navigation": null})),
        ),
        (
            "navigation-added",
            target(json!({"navigation": null})),
            target(json!({})),
        ),
        (
            "navigation-changed",
            target(json!({})),
            target(json!({"navigation": "rsk_x"})),
        ),
        (
            "navigation-changed",
            kind(json!({"party_list": {"navigation": "a"}})),
            kind(json!({"party_list": {"navigation": "b"}})),
        ),
        (
            "relationship-changed",
            target(json!({"relationship": "rsk_a"})),
            target(json!({"relationship": "rsk_b"})),
        ),
        (
            "hierarchy-lost",
            target(json!({"hierarchical": true})),
            target(json!({})),
        ),
        (
            "hierarchy-gained",
            target(json!({})),
            target(json!({"hierarchical": true})),
        ),
        ("cascade-changed", cascade("RemoveLink"), cascade("Cascade")),
        ("collection-removed", collection(json!({})), base()),
        ("collection-added", base(), collection(json!({}))),
        (
            "collection-renamed",
            collection(json!({})),
            collection(json!({"name": "rsk_Calls"})),
        ),
        (
            "collection-table-changed",
            collection(json!({})),
            collection(json!({"table": "rsk_port"})),
        ),
        (
            "collection-kind-changed",
            collection(json!({})),
            collection(json!({"kind": {"one_to_many": {"lookup": "rsk_shipid"}}})),
        ),
        (
            "collection-kind-changed",
            collection(json!({})),
            collection(json!({"kind": {"many_to_many": {}}})),
        ),
        (
            "relationship-changed",
            collection(json!({"relationship": "rsk_a"})),
            collection(json!({"relationship": "rsk_b"})),
        ),
        ("key-removed", two_keys("rsk_other"), key(json!({}))),
        ("key-added", key(json!({})), two_keys("rsk_other")),
        ("key-renamed", two_keys("rsk_other"), two_keys("rsk_another")),
        (
            "key-columns-changed",
            key(json!({})),
            key(json!({"columns": ["rsk_a", "rsk_b"]})),
        ),
        (
            "key-unusable",
            key(json!({})),
            key(json!({"index_status": "Failed"})),
        ),
        (
            "key-usable",
            key(json!({"index_status": "Pending"})),
            key(json!({})),
        ),
        (
            "label-changed",
            key(json!({"label": {"1033": "Code"}})),
            key(json!({"label": {"1033": "Number"}})),
        ),
    ]
}
