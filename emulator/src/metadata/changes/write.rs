//! Definitions as messages answer them: complex types, every member there, null where it wasn't asked for.

use super::criteria::fits;
use super::history::History;
use super::query::{Part, Properties, Query};
use crate::Fault;
use crate::metadata::catalog::Catalog;
use crate::metadata::describe::describe;
use crate::metadata::item::{Item, OF_TABLE, Reached};
use crate::metadata::json::Json;
use crate::metadata::node::Node;
use crate::metadata::shape::{NAMESPACE, declared};
use uuid::Uuid;

/// What is wanted of all definitions, and since when.
pub(super) struct Wanted<'q> {
    pub(super) query: &'q Query,
    pub(super) properties: &'q Properties,
    /// The history, and the version that the client has.
    pub(super) since: Option<(&'q History, u64)>,
}

/// The parts of a table that a query lets through.
struct Parts<'s> {
    name: &'static str,
    items: Vec<(Item<'s>, Node<'s>)>,
}

impl<'q> Wanted<'q> {
    /// `HasChanged`: nothing where everything was asked for.
    fn has_changed(&self, id: Uuid) -> Option<bool> {
        self.since
            .map(|(history, version)| history.has_changed(id, version))
    }

    /// Writes a table with its parts, if it is wanted. Since a version, it is if it or one of its wanted parts changed.
    pub(super) fn table<'s>(
        &self,
        json: &mut Json,
        catalog: Catalog<'s>,
        item: Item<'s>,
    ) -> Result<bool, Fault> {
        let node = describe(catalog, item);
        if !fits(self.query.criteria.as_ref(), &node)? {
            return Ok(false);
        }
        let mut all = Vec::new();
        for name in OF_TABLE {
            let items = if self.properties.want(name) {
                self.parts(catalog, item, name)?
            } else {
                Vec::new()
            };
            all.push(Parts { name, items });
        }
        let changed = self.has_changed(node.id);
        if changed == Some(false) && all.iter().all(|parts| parts.items.is_empty()) {
            return Ok(false);
        }
        json.open('{');
        let (first, rest) = node.members.split_at(node.first);
        self.members(json, first, self.properties);
        identity(json, node.id, changed);
        for parts in all {
            let part = self.part(parts.name);
            let own;
            let properties = match part {
                None => {
                    own = Properties::all();
                    &own
                }
                Some(part) => match &part.properties {
                    Some(properties) => properties,
                    None => {
                        own = Properties::default();
                        &own
                    }
                },
            };
            json.name(parts.name);
            json.open('[');
            for (item, node) in &parts.items {
                self.part_of_table(json, catalog, *item, node, properties, declared(parts.name));
                json.comma();
            }
            json.close(']');
            json.comma();
        }
        self.members(json, rest, self.properties);
        json.close('}');
        Ok(true)
    }

    fn part(&self, name: &str) -> Option<&'q Part> {
        match name {
            "Attributes" => self.query.attribute_query.as_ref(),
            "Keys" => self.query.key_query.as_ref(),
            _ => self.query.relationship_query.as_ref(),
        }
    }

    fn parts<'s>(
        &self,
        catalog: Catalog<'s>,
        table: Item<'s>,
        name: &'static str,
    ) -> Result<Vec<(Item<'s>, Node<'s>)>, Fault> {
        let criteria = self.part(name).and_then(|part| part.criteria.as_ref());
        let Some(Reached::Many(items)) = table.navigate(catalog, name) else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        for item in items {
            if self.has_changed(item.id()) == Some(false) {
                continue;
            }
            let node = describe(catalog, item);
            if fits(criteria, &node)? {
                found.push((item, node));
            }
        }
        Ok(found)
    }

    fn part_of_table<'s>(
        &self,
        json: &mut Json,
        catalog: Catalog<'s>,
        item: Item<'s>,
        node: &Node<'s>,
        properties: &Properties,
        declared: &str,
    ) {
        json.open('{');
        if node.ty != declared {
            json.raw(&format!("\"@odata.type\":\"#{NAMESPACE}Complex{}\",", node.ty));
        }
        let (first, rest) = node.members.split_at(node.first);
        self.members(json, first, properties);
        identity(json, node.id, self.has_changed(node.id));
        self.members(json, rest, properties);
        // The options come along, without being asked for by name of the choice.
        if let Some(Reached::One(set)) = item.navigate(catalog, "OptionSet") {
            json.name("OptionSet");
            match set.filter(|_| properties.want("OptionSet")) {
                Some(set) => option_set(json, &describe(catalog, set)),
                None => json.raw("null"),
            }
            json.comma();
        }
        json.close('}');
    }

    fn members(
        &self,
        json: &mut Json,
        members: &[(&'static str, crate::metadata::node::Value<'_>)],
        properties: &Properties,
    ) {
        for (name, value) in members {
            if *name == "LogicalName" || properties.want(name) {
                json.member(name, value);
            } else {
                json.name(name);
                json.raw(unasked(name));
                json.comma();
            }
        }
    }
}

/// What stands for a member that wasn't asked for. One that is never null isn't null here either.
fn unasked(name: &str) -> &'static str {
    match name {
        "IsValidODataAttribute" => "false",
        "Privileges" | "Settings" => "[]",
        _ => "null",
    }
}

fn identity(json: &mut Json, id: Uuid, changed: Option<bool>) {
    json.name("MetadataId");
    json.id(id);
    json.raw(match changed {
        None => ",\"HasChanged\":null,",
        Some(true) => ",\"HasChanged\":true,",
        Some(false) => ",\"HasChanged\":false,",
    });
}

fn option_set(json: &mut Json, node: &Node<'_>) {
    json.open('{');
    let (first, rest) = node.members.split_at(node.first);
    for (name, value) in first {
        json.member(name, value);
    }
    identity(json, node.id, None);
    for (name, value) in rest {
        json.member(name, value);
    }
    json.close('}');
}
