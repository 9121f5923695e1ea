//! Columns and what the service says of them.

use serde_json::json;

use super::Case;
use crate::schemas::*;

pub fn columns() -> Vec<Case> {
    let base = || table(json!({}));
    let access = |rights: &str| column(json!({ "access": rights }));
    let level = |level: &str| column(json!({ "required": level }));
    let computed = |level: &str| column(json!({"required": level, "source": "rollup"}));
    let source = |source: &str| column(json!({ "source": source }));
    let named = |name: &str| column(json!({"name": name, "schema_name": name, "label": {"1033": "Draught"}}));
    vec![
        ("column-removed", column(json!({})), base()),
        ("read-only-column-removed", access("read"), base()),
        ("write-only-column-removed", access("create update"), base()),
        ("column-added", base(), column(json!({}))),
        ("required-column-added", base(), level("application")),
        ("column-added", base(), computed("application")),
        ("column-renamed", named("rsk_draft"), named("rsk_draught")),
        (
            "date-behavior-changed",
            kind(json!({"date_time": {"behavior": "user_local"}})),
            kind(json!({"date_time": {"behavior": "date_only"}})),
        ),
        (
            "format-changed",
            kind(json!({"date_time": {"behavior": "user_local", "format": "DateOnly"}})),
            kind(json!({"date_time": {"behavior": "user_local", "format": "DateAndTime"}})),
        ),
        ("required-by-forms", level("none"), level("application")),
        ("required-by-service", level("application"), level("system")),
        (
            "required-without-a-writer",
            computed("none"),
            computed("application"),
        ),
        (
            "no-longer-required-by-service",
            level("system"),
            level("application"),
        ),
        ("no-longer-required", level("application"), level("recommended")),
        ("recommendation-changed", level("none"), level("recommended")),
        ("read-lost", access("read update"), access("update")),
        ("create-lost", access("read create"), access("read")),
        ("update-lost", access("read update"), access("read")),
        ("read-gained", access("update"), access("read update")),
        ("create-gained", access("read"), access("read create")),
        (
            "create-demanded",
            column(json!({"access": "read", "required": "application"})),
            column(json!({"access": "read create", "required": "application"})),
        ),
        ("update-gained", access("read"), access("read update")),
        ("now-computed", source("simple"), source("formula")),
        ("no-longer-computed", source("rollup"), source("simple")),
        ("computed-otherwise", source("rollup"), source("calculated")),
        (
            "auto-number-added",
            column(json!({})),
            column(json!({"auto_number": "V-{SEQNUM:4}"})),
        ),
        (
            "auto-number-removed",
            column(json!({"auto_number": "V-{SEQNUM:4}"})),
            column(json!({})),
        ),
        (
            "auto-number-changed",
            column(json!({"auto_number": "V-{SEQNUM:4}"})),
            column(json!({"auto_number": "V{SEQNUM:6}"})),
        ),
        (
            "column-security-on",
            column(json!({})),
            column(json!({"secured": true})),
        ),
        (
            "column-security-off",
            column(json!({"secured": true})),
            column(json!({})),
        ),
        (
            "storage-changed",
            column(json!({})),
            column(json!({"logical": true})),
        ),
        (
            "custom-changed",
            column(json!({"custom": true})),
            column(json!({})),
        ),
        (
            "schema-name-changed",
            column(json!({})),
            column(json!({"schema_name": "rsk_x"})),
        ),
        (
            "label-changed",
            named("rsk_x"),
            column(json!({"schema_name": "rsk_x", "label": {"1033": "Draft"}})),
        ),
    ]
}
