//! Every row of the classification: two schemas that differ in one thing give that rule and no other.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;

use dataverse_codegen::drift::{Kind, RULES, Rule, Severity, Side, classification, compare};
use dataverse_codegen::schema::{ChoiceSet, ComplexType, EnumType, Operation, Schema, Table};
use serde_json::{Value, json};

/// The first with what the second has of its own.
fn with(mut of: Value, more: &Value) -> Value {
    let members = of.as_object_mut().expect("an object");
    members.extend(more.as_object().expect("an object").clone());
    of
}

/// A schema of the vessel's table, with these facts.
fn table(facts: Value) -> Schema {
    let usual = json!({
        "name": "rsk_vessel", "schema_name": "rsk_Vessel", "entity_set": "rsk_vessels", "primary_id": "rsk_vesselid",
        "table_type": "Standard", "ownership": "UserOwned", "columns": []
    });
    let table: Table = serde_json::from_value(with(usual, &facts)).expect("a table");
    Schema {
        tables: [(table.name.clone(), table)].into(),
        ..Schema::default()
    }
}

/// A column of the vessel's table, with these facts.
fn column(facts: Value) -> Schema {
    let usual = json!({
        "name": "rsk_x", "schema_name": "rsk_X", "kind": {"text": {}}, "access": "read create update", "required": "none"
    });
    table(json!({"columns": [with(usual, &facts)]}))
}

/// A column of this type.
fn kind(kind: Value) -> Schema {
    column(json!({ "kind": kind }))
}

/// A lookup with one target that has these facts.
fn target(facts: Value) -> Schema {
    kind(json!({"lookup": {"targets": [with(json!({"table": "rsk_port", "navigation": "rsk_X"}), &facts)]}}))
}

fn targets(of: &[&str]) -> Schema {
    let targets: Vec<Value> = of.iter().map(|table| json!({ "table": table })).collect();
    kind(json!({"lookup": {"targets": targets}}))
}

/// A column with an option of its own that has these facts.
fn option(facts: Value) -> Schema {
    let options = [with(json!({"value": 1}), &facts)];
    kind(json!({"choice": {"choice": {"local": {"name": "rsk_x", "options": options}}}}))
}

fn options(of: Value) -> Schema {
    kind(json!({"choice": {"choice": {"local": {"name": "rsk_x", "options": of}}}}))
}

/// A global choice of each name, of which the column uses the first.
fn choices(names: &[&str]) -> Schema {
    let mut schema = kind(json!({"choice": {"choice": {"global": names[0]}}}));
    schema.choices = names
        .iter()
        .map(|name| {
            let set: ChoiceSet =
                serde_json::from_value(json!({"name": name, "options": [{"value": 1}]})).expect("a choice");
            ((*name).to_owned(), set)
        })
        .collect();
    schema
}

fn key(facts: Value) -> Schema {
    table(json!({"keys": [with(json!({"name": "rsk_code", "columns": ["rsk_a"]}), &facts)]}))
}

fn collection(facts: Value) -> Schema {
    let usual = json!({"name": "rsk_calls", "table": "rsk_call", "kind": {"one_to_many": {"lookup": "rsk_vesselid"}}});
    table(json!({"collections": [with(usual, &facts)]}))
}

fn operation(facts: Value) -> Schema {
    let of: Operation = serde_json::from_value(with(json!({"name": "rsk_Dock", "kind": "action"}), &facts))
        .expect("an operation");
    Schema {
        operations: vec![of],
        ..Schema::default()
    }
}

/// An operation with one parameter that has these facts.
fn parameter(facts: Value) -> Schema {
    let usual = json!({"name": "Berth", "type": {"edm": "String"}});
    operation(json!({"parameters": [with(usual, &facts)]}))
}

fn complex(facts: Value) -> Schema {
    let of: ComplexType =
        serde_json::from_value(with(json!({"name": "rsk_Tide"}), &facts)).expect("a complex type");
    Schema {
        complex_types: [(of.name.clone(), of)].into(),
        ..Schema::default()
    }
}

fn member(facts: Value) -> Schema {
    let usual = json!({"name": "Height", "type": {"edm": "Decimal"}});
    complex(json!({"members": [with(usual, &facts)]}))
}

fn enumeration(facts: Value) -> Schema {
    let of: EnumType =
        serde_json::from_value(with(json!({"name": "rsk_Wind"}), &facts)).expect("an enumeration");
    Schema {
        enum_types: [(of.name.clone(), of)].into(),
        ..Schema::default()
    }
}

fn none() -> Schema {
    Schema::default()
}

type Case = (&'static str, Schema, Schema);

fn tables() -> Vec<Case> {
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

fn columns() -> Vec<Case> {
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

fn kinds() -> Vec<Case> {
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

fn choices_and_options() -> Vec<Case> {
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

fn relations() -> Vec<Case> {
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

fn operations() -> Vec<Case> {
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

fn all() -> Vec<Case> {
    [
        tables(),
        columns(),
        kinds(),
        choices_and_options(),
        relations(),
        operations(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[test]
fn each_change_follows_its_rule_and_no_other() {
    for (id, old, new) in all() {
        let found = compare(&old, &new);
        let rules: Vec<&str> = found
            .changes
            .iter()
            .map(|change| change.rule.classified().id)
            .collect();
        assert_eq!(rules, [id], "{found:#?}");
        assert_eq!(found.not_known, [], "{id}");
        assert!(
            compare(&new, &new).is_empty() && compare(&old, &old).is_empty(),
            "{id}"
        );
        assert!(!compare(&new, &old).is_empty(), "{id} the other way");
    }
}

#[test]
fn each_rule_has_a_case() {
    let cases = all();
    let tested: BTreeSet<&str> = cases.iter().map(|(id, ..)| *id).collect();
    let lacking: Vec<&str> = RULES
        .iter()
        .map(|row| row.id)
        .filter(|id| !tested.contains(id))
        .collect();
    assert_eq!(lacking, [] as [&str; 0]);
}

#[test]
fn the_table_is_in_order() {
    let ids: BTreeSet<&str> = RULES.iter().map(|row| row.id).collect();
    assert_eq!(ids.len(), RULES.len(), "no id twice");
    for row in RULES {
        assert_eq!(row.rule.classified(), row);
        let sentence = row.reason.ends_with('.') && row.reason.starts_with(char::is_uppercase);
        assert!(
            sentence && !row.reason.contains('|') && !row.title.contains('|'),
            "{}",
            row.id
        );
    }
    let kinds: BTreeSet<&str> = Kind::ALL.iter().map(|kind| kind.id()).collect();
    assert_eq!(kinds.len(), Kind::ALL.len());
    assert!(Severity::BreaksWriters.is_breaking() && !Severity::Additive.is_breaking());
}

#[test]
fn the_documentation_shows_the_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/drift.md");
    let text = std::fs::read_to_string(path).expect("docs/drift.md");
    let table = classification();
    if std::env::var_os("UPDATE_DOCS").is_some() && !text.contains(&table) {
        let start = text.find("| rule | about |").expect("the table");
        let end = start + text[start..].find("\n\n").map_or(text.len() - start, |at| at + 1);
        let updated = format!("{}{table}{}", &text[..start], &text[end..]);
        std::fs::write(path, updated).expect("written");
        return;
    }
    assert!(
        text.contains(&table),
        "run this test once with UPDATE_DOCS=1 and look at the difference"
    );
}

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
