//! Operations and their types.

use serde_json::json;

use super::Case;
use crate::schemas::*;

pub fn operations() -> Vec<Case> {
    let base = || operation(json!({}));
    let returns =
        |nullable: bool| operation(json!({"returns": {"type": {"edm": "String"}, "nullable": nullable}}));
    vec![
        ("operation-removed", base(), none()),
        ("operation-added", none(), base()),
        ("composable-lost", operation(json!({"composable": true})), base()),
        (
            "composable-gained",
            base(),
            operation(json!({"composable": true})),
        ),
        ("now-filter-only", base(), operation(json!({"filter_only": true}))),
        (
            "no-longer-filter-only",
            operation(json!({"filter_only": true})),
            base(),
        ),
        ("parameter-removed", parameter(json!({})), base()),
        ("parameter-added", base(), parameter(json!({"nullable": true}))),
        ("required-parameter-added", base(), parameter(json!({}))),
        (
            "parameter-type-changed",
            parameter(json!({})),
            parameter(json!({"type": "any_row"})),
        ),
        (
            "parameter-type-changed",
            parameter(json!({})),
            parameter(json!({"collection": true})),
        ),
        (
            "parameter-demanded",
            parameter(json!({"optional": true})),
            parameter(json!({})),
        ),
        (
            "parameter-freed",
            parameter(json!({})),
            parameter(json!({"nullable": true})),
        ),
        ("result-changed", returns(false), returns(true)),
        ("result-lost", returns(true), base()),
        ("result-gained", base(), returns(true)),
        (
            "description-changed",
            parameter(json!({"description": {"0": "a"}})),
            parameter(json!({"description": {"0": "b"}})),
        ),
        ("complex-type-removed", complex(json!({})), none()),
        ("complex-type-added", none(), complex(json!({}))),
        (
            "complex-base-changed",
            complex(json!({})),
            complex(json!({"base": "rsk_Water"})),
        ),
        (
            "complex-type-closed",
            complex(json!({"open": true})),
            complex(json!({})),
        ),
        (
            "complex-type-opened",
            complex(json!({})),
            complex(json!({"open": true})),
        ),
        ("member-removed", member(json!({})), complex(json!({}))),
        (
            "member-added",
            complex(json!({})),
            member(json!({"nullable": true})),
        ),
        ("required-member-added", complex(json!({})), member(json!({}))),
        (
            "member-type-changed",
            member(json!({})),
            member(json!({"type": {"edm": "Double"}})),
        ),
        (
            "member-demanded",
            member(json!({"nullable": true})),
            member(json!({})),
        ),
        (
            "member-freed",
            member(json!({})),
            member(json!({"nullable": true})),
        ),
        ("enum-type-removed", enumeration(json!({"members": []})), none()),
        ("enum-type-added", none(), enumeration(json!({"members": []}))),
        (
            "enum-flags-changed",
            enumeration(json!({"members": []})),
            enumeration(json!({"members": [], "flags": true})),
        ),
        (
            "enum-member-removed",
            enumeration(json!({"members": [{"name": "North", "value": 0}]})),
            enumeration(json!({"members": []})),
        ),
        (
            "enum-member-added",
            enumeration(json!({"members": []})),
            enumeration(json!({"members": [{"name": "North", "value": 0}]})),
        ),
        (
            "enum-member-renumbered",
            enumeration(json!({"members": [{"name": "North", "value": 0}]})),
            enumeration(json!({"members": [{"name": "North", "value": 1}]})),
        ),
    ]
}
