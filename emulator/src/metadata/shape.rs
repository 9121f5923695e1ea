//! What is wanted of definitions (`$select`, `$expand`), and their text in that shape.

use super::catalog::Catalog;
use super::condition::Condition;
use super::describe::{describe, type_of};
use super::item::{Item, OF_TABLE, Reached};
use super::json::Json;
use super::node::Node;
use crate::Fault;

/// What is wanted of each definition.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// The members. `None`: all.
    pub(super) select: Option<Vec<String>>,
    /// What is to come along.
    pub(super) expand: Vec<Expand>,
}

/// A navigation property that is to come along.
#[derive(Debug)]
pub(super) struct Expand {
    /// Its name.
    pub(super) name: String,
    /// What is wanted of each definition that it leads to.
    pub(super) shape: Shape,
    /// Which of them are wanted.
    pub(super) filter: Option<Condition>,
}

/// The namespace of all types.
pub(super) const NAMESPACE: &str = "Microsoft.Dynamics.CRM.";

/// What a definition is declared to be where it stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    /// The declared type: only another one is named.
    pub(super) declared: &'a str,
    /// Whether `MetadataId` stands before all else, as it does as soon as something comes along.
    pub(super) id_first: bool,
}

impl Shape {
    /// Whether a member is wanted.
    fn wants(&self, name: &str) -> bool {
        self.select
            .as_ref()
            .is_none_or(|names| names.iter().any(|known| known == name))
    }

    /// Refuses members that no definition of the type has.
    pub(super) fn check(&self, node: &Node<'_>) -> Result<(), Fault> {
        for name in self.select.iter().flatten() {
            let known = name == "MetadataId" || name == "HasChanged" || node.member(name).is_some();
            if !known {
                return Err(no_property(name, node.ty));
            }
        }
        Ok(())
    }
}

/// The service's word for a property that isn't there.
pub(super) fn no_property(name: &str, ty: &str) -> Fault {
    Fault::bad_query(format!(
        "Could not find a property named '{name}' on type '{NAMESPACE}{ty}'."
    ))
}

/// Writes the members of a definition, without the braces around them.
pub(super) fn members<'s>(
    json: &mut Json,
    catalog: Catalog<'s>,
    item: Item<'s>,
    shape: &Shape,
    place: Place<'_>,
) -> Result<(), Fault> {
    let node = describe(catalog, item);
    if node.ty != place.declared {
        json.name("@odata.type");
        json.raw("\"#");
        json.raw(NAMESPACE);
        json.raw(node.ty);
        json.raw("\",");
    }
    let id_at = if place.id_first { 0 } else { node.first };
    for (at, (name, value)) in node.members.iter().enumerate() {
        if at == id_at {
            identity(json, &node, shape);
        }
        if shape.wants(name) {
            json.member(name, value);
        }
    }
    for expand in &shape.expand {
        self::expand(json, catalog, item, &node, expand)?;
    }
    Ok(())
}

/// `MetadataId` is there whether it is wanted or not.
fn identity(json: &mut Json, node: &Node<'_>, shape: &Shape) {
    json.name("MetadataId");
    json.id(node.id);
    json.comma();
    if shape.wants("HasChanged") {
        json.raw("\"HasChanged\":null,");
    }
}

fn expand<'s>(
    json: &mut Json,
    catalog: Catalog<'s>,
    item: Item<'s>,
    node: &Node<'s>,
    expand: &Expand,
) -> Result<(), Fault> {
    let reached = item
        .navigate(catalog, &expand.name)
        .ok_or_else(|| no_property(&expand.name, node.ty))?;
    json.name(&expand.name);
    match reached {
        Reached::One(None) => json.raw("null"),
        Reached::One(Some(item)) => {
            check_base(&expand.shape, type_of(item))?;
            let place = Place {
                declared: type_of(item),
                id_first: true,
            };
            json.open('{');
            members(json, catalog, item, &expand.shape, place)?;
            json.close('}');
        }
        Reached::Many(items) => list(json, catalog, items, expand)?,
    }
    json.comma();
    Ok(())
}

fn list<'s>(
    json: &mut Json,
    catalog: Catalog<'s>,
    items: Vec<Item<'s>>,
    expand: &Expand,
) -> Result<(), Fault> {
    let declared = declared(&expand.name);
    check_base(&expand.shape, declared)?;
    json.open('[');
    for item in items {
        if let Some(filter) = &expand.filter
            && !filter.holds(&describe(catalog, item))?
        {
            continue;
        }
        let place = Place {
            declared,
            id_first: true,
        };
        json.open('{');
        members(json, catalog, item, &expand.shape, place)?;
        json.close('}');
        json.comma();
    }
    json.close(']');
    Ok(())
}

/// The type that a collection of definitions is declared to hold.
pub(super) fn declared(name: &str) -> &'static str {
    match name {
        "Attributes" => "AttributeMetadata",
        "Keys" => "EntityKeyMetadata",
        "OneToManyRelationships" | "ManyToOneRelationships" => "OneToManyRelationshipMetadata",
        "ManyToManyRelationships" => "ManyToManyRelationshipMetadata",
        _ => "MetadataBase",
    }
}

/// Of columns that come along, only what all types have in common can be selected: the service says so too.
fn check_base(shape: &Shape, declared: &'static str) -> Result<(), Fault> {
    for name in shape.select.iter().flatten() {
        if !super::types::has_property(declared, name) {
            return Err(no_property(name, declared));
        }
    }
    Ok(())
}

/// Whether a table's navigation property has this name.
pub(super) fn is_of_table(name: &str) -> bool {
    OF_TABLE.contains(&name)
}
