//! Small schemas of one thing each: what is usual, and the facts that a case is about.

use dataverse_codegen::schema::{ChoiceSet, ComplexType, EnumType, Operation, Schema, Table};
use serde_json::{Value, json};

/// The first with what the second has of its own.
pub fn with(mut of: Value, more: &Value) -> Value {
    let members = of.as_object_mut().expect("an object");
    members.extend(more.as_object().expect("an object").clone());
    of
}

/// A schema of the vessel's table, with these facts.
pub fn table(facts: Value) -> Schema {
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
pub fn column(facts: Value) -> Schema {
    let usual = json!({
        "name": "rsk_x", "schema_name": "rsk_X", "kind": {"text": {}}, "access": "read create update", "required": "none"
    });
    table(json!({"columns": [with(usual, &facts)]}))
}

/// A column of this type.
pub fn kind(kind: Value) -> Schema {
    column(json!({ "kind": kind }))
}

/// A lookup with one target that has these facts.
pub fn target(facts: Value) -> Schema {
    kind(json!({"lookup": {"targets": [with(json!({"table": "rsk_port", "navigation": "rsk_X"}), &facts)]}}))
}

pub fn targets(of: &[&str]) -> Schema {
    let targets: Vec<Value> = of.iter().map(|table| json!({ "table": table })).collect();
    kind(json!({"lookup": {"targets": targets}}))
}

/// A column with an option of its own that has these facts.
pub fn option(facts: Value) -> Schema {
    let options = [with(json!({"value": 1}), &facts)];
    kind(json!({"choice": {"choice": {"local": {"name": "rsk_x", "options": options}}}}))
}

pub fn options(of: Value) -> Schema {
    kind(json!({"choice": {"choice": {"local": {"name": "rsk_x", "options": of}}}}))
}

/// A global choice of each name, of which the column uses the first.
pub fn choices(names: &[&str]) -> Schema {
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

pub fn key(facts: Value) -> Schema {
    table(json!({"keys": [with(json!({"name": "rsk_code", "columns": ["rsk_a"]}), &facts)]}))
}

pub fn collection(facts: Value) -> Schema {
    let usual = json!({"name": "rsk_calls", "table": "rsk_call", "kind": {"one_to_many": {"lookup": "rsk_vesselid"}}});
    table(json!({"collections": [with(usual, &facts)]}))
}

pub fn operation(facts: Value) -> Schema {
    let of: Operation = serde_json::from_value(with(json!({"name": "rsk_Dock", "kind": "action"}), &facts))
        .expect("an operation");
    Schema {
        operations: vec![of],
        ..Schema::default()
    }
}

/// An operation with one parameter that has these facts.
pub fn parameter(facts: Value) -> Schema {
    let usual = json!({"name": "Berth", "type": {"edm": "String"}});
    operation(json!({"parameters": [with(usual, &facts)]}))
}

pub fn complex(facts: Value) -> Schema {
    let of: ComplexType =
        serde_json::from_value(with(json!({"name": "rsk_Tide"}), &facts)).expect("a complex type");
    Schema {
        complex_types: [(of.name.clone(), of)].into(),
        ..Schema::default()
    }
}

pub fn member(facts: Value) -> Schema {
    let usual = json!({"name": "Height", "type": {"edm": "Decimal"}});
    complex(json!({"members": [with(usual, &facts)]}))
}

pub fn enumeration(facts: Value) -> Schema {
    let of: EnumType =
        serde_json::from_value(with(json!({"name": "rsk_Wind"}), &facts)).expect("an enumeration");
    Schema {
        enum_types: [(of.name.clone(), of)].into(),
        ..Schema::default()
    }
}

pub fn none() -> Schema {
    Schema::default()
}
