//! A comparison without any knowledge of a schema's types: the canonical JSON of both snapshots, path by path.

use std::collections::{BTreeMap, BTreeSet};

use dataverse_codegen::schema::Schema;
use dataverse_codegen::snapshot;
use serde_json::Value;

/// A way into a snapshot: file, keys, and what tells the items of a list apart.
pub type Path = Vec<String>;

/// The paths at which two schemas differ, with the values of both sides.
pub fn differences(old: &Schema, new: &Schema) -> BTreeMap<Path, (Option<Value>, Option<Value>)> {
    let (old, new) = (leaves(old), leaves(new));
    let paths: BTreeSet<&Path> = old.keys().chain(new.keys()).collect();
    paths
        .into_iter()
        .filter(|path| old.get(*path) != new.get(*path))
        .map(|path| (path.clone(), (old.get(path).cloned(), new.get(path).cloned())))
        .collect()
}

/// Every leaf of a snapshot by its path.
pub fn leaves(schema: &Schema) -> BTreeMap<Path, Value> {
    let mut found = BTreeMap::new();
    for (file, text) in snapshot::files(schema).expect("a text") {
        let value: Value = serde_json::from_slice(&text).expect("JSON");
        // A table's file is named after the table, in a spelling that file systems take.
        let start = match file.strip_prefix("tables/") {
            Some(_) => vec![
                "tables".to_owned(),
                value["name"].as_str().expect("a name").to_owned(),
            ],
            None => vec![file.trim_end_matches(".json").to_owned()],
        };
        walk(&value, start, &mut found);
    }
    found
}

fn walk(value: &Value, path: Path, found: &mut BTreeMap<Path, Value>) {
    let below = |key: &str| {
        let mut path = path.clone();
        path.push(key.to_owned());
        path
    };
    match value {
        Value::Object(members) => {
            // That something is there at all is worth a leaf, whatever is in it.
            found.insert(below("(there)"), Value::Bool(true));
            for (key, value) in members {
                walk(value, below(key), found);
            }
        }
        Value::Array(items) => {
            for item in items {
                walk(
                    item,
                    below(&identity(item, path.first().map_or("", String::as_str))),
                    found,
                );
            }
        }
        leaf => {
            found.insert(path, leaf.clone());
        }
    }
}

/// What tells an item of a list from the others.
fn identity(item: &Value, file: &str) -> String {
    match item {
        // Overloads differ in what they are bound to.
        Value::Object(of) if file == "operations" && of.contains_key("kind") => {
            format!(
                "{} {} {}",
                of["name"],
                of["kind"],
                of.get("bound").unwrap_or(&Value::Null)
            )
        }
        Value::Object(of) => {
            let key = ["name", "table", "value"].iter().find_map(|key| of.get(*key));
            match key.expect("items of lists have an identity") {
                Value::String(name) => name.clone(),
                other => other.to_string(),
            }
        }
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
