//! Tables and what they can do.

use serde_json::json;

use super::Case;
use crate::schemas::*;

pub fn tables() -> Vec<Case> {
    let fact = |name: &str, on: bool| table(json!({"facts": {name: on}}));
    let base = || table(json!({}));
    let labelled = |name: &str| {
        table(json!({
            "name": name, "schema_name": name, "label": {"1033": "Vessel"},
            "columns": [{"name": "rsk_a", "kind": "unique_id"}, {"name": "rsk_b", "kind": "unique_id"}]
        }))
    };
    let renamed = |name: &str| {
        let mut schema = labelled(name);
        let table = schema.tables.pop_first().expect("a table").1;
        schema.tables.insert(name.to_owned(), table);
        schema
    };
    vec![
        ("table-removed", base(), none()),
        ("table-added", none(), base()),
        ("table-renamed", renamed("rsk_vessel"), renamed("rsk_ship")),
        ("entity-set-removed", base(), table(json!({"entity_set": null}))),
        ("entity-set-added", table(json!({"entity_set": null})), base()),
        (
            "entity-set-changed",
            base(),
            table(json!({"entity_set": "rsk_vesselses"})),
        ),
        (
            "primary-id-changed",
            base(),
            table(json!({"primary_id": "rsk_id"})),
        ),
        (
            "primary-name-changed",
            table(json!({"primary_name": "rsk_a"})),
            table(json!({"primary_name": "rsk_b"})),
        ),
        (
            "primary-image-changed",
            base(),
            table(json!({"primary_image": "rsk_b"})),
        ),
        ("csdl-key-changed", base(), table(json!({"csdl_key": "ownerid"}))),
        ("base-changed", base(), table(json!({"base": "activitypointer"}))),
        (
            "table-type-changed",
            base(),
            table(json!({"table_type": "Elastic"})),
        ),
        (
            "ownership-changed",
            base(),
            table(json!({"ownership": "OrganizationOwned"})),
        ),
        (
            "activity-changed",
            fact("activity", false),
            fact("activity", true),
        ),
        (
            "intersect-changed",
            fact("intersect", true),
            fact("intersect", false),
        ),
        (
            "change-tracking-off",
            fact("change_tracking", true),
            fact("change_tracking", false),
        ),
        (
            "change-tracking-on",
            fact("change_tracking", false),
            fact("change_tracking", true),
        ),
        (
            "optimistic-concurrency-off",
            fact("optimistic_concurrency", true),
            fact("optimistic_concurrency", false),
        ),
        (
            "optimistic-concurrency-on",
            fact("optimistic_concurrency", false),
            fact("optimistic_concurrency", true),
        ),
        ("capability-lost", fact("notes", true), fact("notes", false)),
        (
            "capability-gained",
            fact("activities", false),
            fact("activities", true),
        ),
        (
            "capability-gained",
            fact("duplicate_detection", false),
            fact("duplicate_detection", true),
        ),
        (
            "capability-lost",
            fact("activity_party", true),
            fact("activity_party", false),
        ),
        (
            "capability-gained",
            fact("solution_aware", false),
            fact("solution_aware", true),
        ),
        (
            "transitions-enforced",
            fact("enforces_transitions", false),
            fact("enforces_transitions", true),
        ),
        (
            "transitions-freed",
            fact("enforces_transitions", true),
            fact("enforces_transitions", false),
        ),
        (
            "solutions-changed",
            table(json!({"solutions": ["Harbour"]})),
            table(json!({"solutions": ["Harbour", "Docks"]})),
        ),
        ("custom-changed", fact("custom", false), fact("custom", true)),
        (
            "schema-name-changed",
            base(),
            table(json!({"schema_name": "RSK_Vessel"})),
        ),
        (
            "label-changed",
            table(json!({"label": {"1033": "Vessel"}})),
            table(json!({"label": {"1033": "Ship"}})),
        ),
        (
            "label-changed",
            table(json!({"plural_label": {"1033": "Vessels"}})),
            table(json!({"plural_label": {"1033": "Ships"}})),
        ),
        (
            "description-changed",
            table(json!({"description": {"1033": "Floats."}})),
            table(json!({"description": {"1033": "Swims."}})),
        ),
    ]
}
