//! What two documents say of one thing, made one.

use crate::schema::{Facts, Key, Lookup, LookupKind, Table};

/// Takes over what the definitions say of a table, and leaves what only CSDL knows.
pub(super) fn take_definitions(table: &mut Table, told: Table, from_csdl: bool) {
    let keys = merge_keys(std::mem::take(&mut table.keys), told.keys, from_csdl);
    let tracking = told.facts.change_tracking.or(table.facts.change_tracking);
    let activity = told.facts.activity.or(table.facts.activity);
    *table = Table {
        name: std::mem::take(&mut table.name),
        entity_set: table.entity_set.take().or(told.entity_set),
        primary_id: if told.primary_id.is_empty() {
            std::mem::take(&mut table.primary_id)
        } else {
            told.primary_id
        },
        csdl_key: table.csdl_key.take(),
        base: table.base.take(),
        description: if told.description.is_empty() {
            std::mem::take(&mut table.description)
        } else {
            told.description
        },
        keys,
        collections: std::mem::take(&mut table.collections),
        facts: Facts {
            change_tracking: tracking,
            activity,
            ..told.facts
        },
        ..told
    };
}

/// The keys of both documents. CSDL has no names for them, so that the ones of the definitions count; a key that only CSDL
/// knows stays under its columns' names.
fn merge_keys(csdl: Vec<Key>, told: Vec<Key>, from_csdl: bool) -> Vec<Key> {
    let sorted = |key: &Key| {
        let mut columns = key.columns.clone();
        columns.sort_unstable();
        columns
    };
    let mut keys = told;
    for key in csdl.into_iter().filter(|_| from_csdl) {
        if !keys.iter().any(|known| sorted(known) == sorted(&key)) {
            keys.push(key);
        }
    }
    keys.sort_by(|a, b| a.name.cmp(&b.name));
    keys.dedup_by(|later, first| later.name == first.name);
    keys
}

/// Targets that the definitions name and CSDL has no navigation property for stay as targets to read.
pub(super) fn merge_lookups(wire: Lookup, told: Lookup) -> Lookup {
    let mut targets = wire.targets;
    for target in told.targets {
        if !targets.iter().any(|known| known.table == target.table) {
            targets.push(target);
        }
    }
    let kind = if told.kind == LookupKind::Simple {
        wire.kind
    } else {
        told.kind
    };
    Lookup {
        kind,
        property: wire.property,
        targets,
    }
}

/// The collection of all parties of an activity.
pub(super) fn party_collection(table: &Table) -> Option<String> {
    let own = format!("{}_activity_parties", table.name);
    let mut names = table
        .collections
        .iter()
        .map(|collection| collection.name.as_str());
    names
        .clone()
        .find(|name| *name == own)
        .or_else(|| names.find(|name| name.ends_with("_activity_parties")))
        .map(str::to_owned)
}
