//! Types of columns with their facets, and choices.

use serde_json::{Value, json};

use super::Case;
use crate::schemas::*;

pub fn kinds() -> Vec<Case> {
    let text = |length: u32| kind(json!({"text": {"max_length": length}}));
    let whole = |min: i64, max: i64| kind(json!({"whole_number": {"min": min, "max": max}}));
    let decimal = |precision: u32| kind(json!({"decimal": {"min": 0.5, "precision": precision}}));
    let money = |facts: Value| kind(json!({ "money": facts }));
    let yes_no = |facts: Value| kind(json!({ "yes_no": facts }));
    let choice = |default: Value| {
        kind(json!({"choice": {"choice": {"local": {"name": "rsk_x", "options": []}}, "default": default}}))
    };
    let image = |facts: Value| kind(json!({ "image": facts }));
    vec![
        (
            "type-changed",
            text(10),
            kind(json!({"memo": {"max_length": 10}})),
        ),
        (
            "type-changed",
            kind(json!("unique_id")),
            kind(json!({"unknown": {"type_name": "New"}})),
        ),
        (
            "type-changed",
            kind(json!({"unknown": {"type_name": "Old"}})),
            kind(json!({"unknown": {"type_name": "New"}})),
        ),
        (
            "type-changed",
            kind(json!({"managed_property": {"value_type": "Boolean"}})),
            kind(json!({"managed_property": {"value_type": "Integer"}})),
        ),
        ("length-shorter", text(160), text(100)),
        ("length-longer", text(100), text(160)),
        ("range-narrower", whole(0, 10), whole(0, 9)),
        ("range-narrower", whole(0, 10), whole(1, 10)),
        ("range-wider", whole(0, 10), whole(-1, 10)),
        (
            "range-wider",
            kind(json!({"big_integer": {"max": 1}})),
            kind(json!({"big_integer": {"max": 2}})),
        ),
        (
            "range-wider",
            kind(json!({"float": {"min": 0.25}})),
            kind(json!({"float": {"min": -1e30}})),
        ),
        ("precision-lower", decimal(4), decimal(2)),
        ("precision-higher", decimal(2), decimal(4)),
        (
            "precision-source-changed",
            money(json!({"precision_source": 0})),
            money(json!({"precision_source": 2})),
        ),
        (
            "base-amount-changed",
            money(json!({})),
            money(json!({"base_of": "rsk_toll"})),
        ),
        (
            "format-changed",
            kind(json!({"text": {"format": "Email"}})),
            kind(json!({"text": {"format": "Url"}})),
        ),
        ("default-added", choice(json!(null)), choice(json!(1))),
        (
            "default-changed",
            yes_no(json!({"default": true})),
            yes_no(json!({"default": false})),
        ),
        ("default-removed", choice(json!(1)), choice(json!(null))),
        (
            "label-changed",
            yes_no(json!({"yes": {"1033": "Yes"}})),
            yes_no(json!({"yes": {"1033": "Aye"}})),
        ),
        (
            "size-smaller",
            kind(json!({"file": {"max_size_kb": 200}})),
            kind(json!({"file": {"max_size_kb": 100}})),
        ),
        (
            "size-larger",
            image(json!({"max_width": 10})),
            image(json!({"max_width": 20})),
        ),
        (
            "full-image-lost",
            image(json!({"full_image": true})),
            image(json!({})),
        ),
        (
            "full-image-gained",
            image(json!({})),
            image(json!({"full_image": true})),
        ),
        (
            "primary-image-changed",
            image(json!({})),
            image(json!({"primary": true})),
        ),
    ]
}

pub fn choices_and_options() -> Vec<Case> {
    let named = |name: &str| {
        kind(json!({"choice": {"choice": {"local": {"name": name, "options": [{"value": 1}]}}}}))
    };
    let labelled = |value: i32| option(json!({"value": value, "label": {"1033": "Tug"}}));
    let moved = || {
        let mut schema = choices(&["rsk_a", "rsk_b"]);
        schema.tables = kind(json!({"choice": {"choice": {"global": "rsk_b"}}})).tables;
        schema
    };
    vec![
        (
            "choice-removed",
            choices(&["rsk_a", "rsk_b"]),
            choices(&["rsk_a"]),
        ),
        ("choice-added", choices(&["rsk_a"]), choices(&["rsk_a", "rsk_b"])),
        ("choice-moved", choices(&["rsk_a", "rsk_b"]), moved()),
        ("choice-name-changed", named("rsk_x"), named("rsk_y")),
        (
            "option-removed",
            options(json!([{"value": 1}, {"value": 2}])),
            options(json!([{"value": 2}])),
        ),
        (
            "option-added",
            options(json!([{"value": 1}])),
            options(json!([{"value": 1}, {"value": 2}])),
        ),
        ("option-renumbered", labelled(1), labelled(2)),
        (
            "option-name-changed",
            option(json!({"invariant_name": "Active"})),
            option(json!({"invariant_name": "Open"})),
        ),
        (
            "external-value-changed",
            option(json!({})),
            option(json!({"external_value": "T"})),
        ),
        (
            "state-of-status-changed",
            option(json!({"state": 0})),
            option(json!({"state": 1})),
        ),
        (
            "default-status-changed",
            option(json!({"default_status": 1})),
            option(json!({"default_status": 2})),
        ),
        (
            "transition-removed",
            option(json!({"next": [1, 2]})),
            option(json!({"next": [1]})),
        ),
        (
            "transition-removed",
            option(json!({})),
            option(json!({"next": [1]})),
        ),
        (
            "transition-added",
            option(json!({"next": [1]})),
            option(json!({"next": [1, 2]})),
        ),
        (
            "transition-added",
            option(json!({"next": [1]})),
            option(json!({})),
        ),
        (
            "label-changed",
            option(json!({"label": {"1033": "Tug"}})),
            option(json!({"label": {"1033": "Tow"}})),
        ),
        (
            "description-changed",
            option(json!({"description": {"1033": "a"}})),
            option(json!({"description": {"1033": "b"}})),
        ),
    ]
}
