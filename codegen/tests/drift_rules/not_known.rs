//! What only one side was told is no change, and nothing is a rename without evidence.

use std::collections::BTreeSet;

use dataverse_codegen::drift::{Kind, Rule, Side, compare};
use dataverse_codegen::schema::Schema;
use serde_json::{Value, json};

use crate::schemas::*;

#[test]
fn what_one_side_was_not_told_is_no_change() {
    let unlike = |old: &Schema, new: &Schema, kind: Kind, side: Side| {
        let found = compare(old, new);
        assert!(found.is_empty(), "{found:#?}");
        assert!(
            found
                .not_known
                .iter()
                .any(|of| of.kind == kind && of.side == side),
            "{kind:?} {found:#?}"
        );
    };
    let csdl = |kind: Value| {
        table(json!({
            "schema_name": null, "table_type": null, "ownership": null, "columns": [{"name": "rsk_x", "kind": kind}]
        }))
    };
    let defined = |facts: Value| column(facts);
    unlike(
        &csdl(json!({"text": {}})),
        &defined(json!({"kind": {"memo": {"max_length": 9}}})),
        Kind::Type,
        Side::Old,
    );
    unlike(
        &defined(json!({"kind": {"text": {"max_length": 9}}})),
        &csdl(json!({"text": {}})),
        Kind::Length,
        Side::New,
    );
    let choice = defined(
        json!({"kind": {"choice": {"choice": {"local": {"name": "rsk_x", "options": [{"value": 1}]}}}}}),
    );
    unlike(&csdl(json!({"whole_number": {}})), &choice, Kind::Type, Side::Old);
    unlike(
        &csdl(json!({"text": {}})),
        &defined(json!({"source": "rollup", "secured": true})),
        Kind::Source,
        Side::Old,
    );
    unlike(
        &csdl(json!({"text": {}})),
        &defined(json!({"label": {"1033": "X"}})),
        Kind::Label,
        Side::Old,
    );
    let zone = json!({"date_time": {"behavior": "time_zone_independent"}});
    unlike(
        &csdl(json!({"date_time": {"behavior": "user_local"}})),
        &defined(json!({"kind": zone})),
        Kind::DateBehavior,
        Side::Old,
    );
    let parties =
        table(json!({"columns": [{"name": "to", "schema_name": "To", "kind": {"party_list": {}}}]}));
    let without = table(json!({"schema_name": null, "table_type": null, "ownership": null}));
    unlike(&without, &parties, Kind::Column, Side::Old);
    unlike(
        &table(json!({"columns": []})),
        &without,
        Kind::SchemaName,
        Side::New,
    );
}

#[test]
fn a_wire_type_that_differs_is_a_change_whoever_was_told() {
    let csdl = table(json!({
        "schema_name": null, "table_type": null, "ownership": null,
        "columns": [{"name": "rsk_x", "kind": {"date_time": {"behavior": "date_only"}}}]
    }));
    for (kind, rule) in [
        (
            kind(json!({"date_time": {"behavior": "user_local"}})),
            Rule::DateBehaviorChanged,
        ),
        (kind(json!({"text": {}})), Rule::TypeChanged),
    ] {
        assert_eq!(compare(&csdl, &kind).changes[0].rule, rule);
    }
}

#[test]
fn without_metadata_operations_and_navigation_are_not_known() {
    let mut old = operation(json!({}));
    old.tables = with_collection().tables;
    let mut new = target(json!({"navigation": null}));
    new.without_metadata = true;
    let found = compare(&old, &new);
    assert!(found.is_empty(), "{found:#?}");
    let kinds: BTreeSet<Kind> = found.not_known.iter().map(|of| of.kind).collect();
    assert_eq!(
        kinds,
        BTreeSet::from([Kind::Navigation, Kind::Collection, Kind::Operation])
    );
}

fn with_collection() -> Schema {
    let mut schema = target(json!({}));
    let collections = collection(json!({})).tables["rsk_vessel"].collections.clone();
    schema.tables.get_mut("rsk_vessel").expect("a table").collections = collections;
    schema
}

#[test]
fn a_language_that_one_side_never_has_is_not_known() {
    let old = column(json!({"label": {"1033": "Draught"}}));
    let new = column(json!({"label": {"1033": "Draught", "1031": "Tiefgang"}}));
    let found = compare(&old, &new);
    assert!(found.is_empty());
    assert_eq!(found.not_known_counts()[&(Side::Old, Kind::Label)], 1);
}

#[test]
fn a_table_that_is_only_referred_to_on_one_side_is_not_known() {
    let old = table(json!({}));
    let mut new = Schema::default();
    let reference = old.tables["rsk_vessel"].reference();
    new.references.insert("rsk_vessel".to_owned(), reference);
    let found = compare(&old, &new);
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(found.not_known_counts()[&(Side::New, Kind::Table)], 1);
    new.references.get_mut("rsk_vessel").expect("a table").entity_set = Some("ships".to_owned());
    assert_eq!(compare(&new, &old).changes[0].rule, Rule::EntitySetChanged);
    assert_eq!(compare(&old, &new).changes[0].new.as_deref(), Some("ships"));
}

#[test]
fn no_rename_without_evidence_or_with_two_candidates() {
    let draught = |name: &str| json!({"name": name, "schema_name": name, "kind": {"text": {}}, "label": {"1033": "Draught"}});
    let plain = |name: &str| json!({"name": name, "schema_name": name, "kind": {"text": {}}});
    let of = |columns: &[Value]| table(json!({ "columns": columns }));
    let rules = |old: &Schema, new: &Schema| -> BTreeSet<&str> {
        compare(old, new)
            .changes
            .iter()
            .map(|change| change.rule.classified().id)
            .collect()
    };
    let apart = BTreeSet::from(["column-added", "column-removed"]);
    assert_eq!(rules(&of(&[plain("rsk_a")]), &of(&[plain("rsk_b")])), apart);
    assert_eq!(
        rules(
            &of(&[draught("rsk_a")]),
            &of(&[draught("rsk_b"), draught("rsk_c")])
        ),
        apart
    );
    let number = json!({"name": "rsk_b", "schema_name": "rsk_b", "kind": {"decimal": {}}, "label": {"1033": "Draught"}});
    assert_eq!(rules(&of(&[draught("rsk_a")]), &of(&[number])), apart);
    let (old, new) = (of(&[draught("rsk_a")]), of(&[draught("rsk_b")]));
    let found = compare(&old, &new);
    let evidence = found.changes[0].evidence.as_deref().expect("evidence");
    assert!(
        evidence.contains("Draught") && evidence.contains("the same type"),
        "{evidence}"
    );
}
