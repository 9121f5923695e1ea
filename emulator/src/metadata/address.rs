//! What a path of definitions addresses: a collection, one definition, or a property of one.

use super::catalog::Catalog;
use super::describe::{describe, type_of};
use super::item::{Item, Reached};
use super::node::Value;
use super::shape::{NAMESPACE, declared};
use super::types;
use crate::Fault;
use crate::odata::{Aliases, Argument, Literal, Name, Parentheses, Segment};
use http::StatusCode;
use uuid::Uuid;

/// What a path leads to.
pub(super) enum Found<'s> {
    /// Several definitions.
    Many(Vec<Item<'s>>),
    /// One definition; none where a navigation property leads nowhere.
    One(Option<Item<'s>>),
    /// A property of a definition, by its name.
    Property(&'static str, Value<'s>),
    /// How many definitions there are.
    Count(usize),
}

/// Where a path has come to, and how `@odata.context` names it.
pub(super) struct Address<'s> {
    pub(super) found: Found<'s>,
    /// The type that the definitions are declared to have.
    pub(super) declared: &'static str,
    /// The path in the context as far as it is settled.
    path: String,
    /// The key of the definition where the path ends. Contexts name it only if the path goes on.
    key: String,
    /// The cast at the end of the path.
    cast: String,
}

/// Refuses a path that goes on.
pub(super) fn end(rest: &[Segment]) -> Result<(), Fault> {
    match rest.first() {
        None => Ok(()),
        Some(segment) => Err(Fault::no_resource(&shown(segment))),
    }
}

fn shown(segment: &Segment) -> String {
    let resource = crate::odata::Resource {
        segments: vec![segment.clone()],
    };
    resource.to_string().chars().take(120).collect()
}

impl<'s> Address<'s> {
    /// Follows a path from its entity set on.
    pub(super) fn resolve(
        catalog: Catalog<'s>,
        segments: &[Segment],
        aliases: &Aliases,
    ) -> Result<Self, Fault> {
        let Some((Segment::Name(first), rest)) = segments.split_first() else {
            return Err(Fault::no_resource(""));
        };
        let (items, declared): (Vec<Item<'s>>, _) = match first.name.as_str() {
            "EntityDefinitions" => (tables(catalog, first), "EntityMetadata"),
            "GlobalOptionSetDefinitions" => (catalog.choices().collect(), "OptionSetMetadataBase"),
            "RelationshipDefinitions" => (catalog.relationships().collect(), "RelationshipMetadataBase"),
            "ManagedPropertyDefinitions" => return Err(Fault::unsupported("ManagedPropertyDefinitions")),
            other => return Err(Fault::no_resource(other)),
        };
        let mut address = Self {
            found: Found::Many(items),
            declared,
            path: first.name.clone(),
            key: String::new(),
            cast: String::new(),
        };
        address.pick(first, aliases)?;
        for segment in rest {
            address.step(catalog, segment, aliases)?;
        }
        Ok(address)
    }

    /// The path in the context, without what is selected.
    pub(super) fn context(&self) -> String {
        format!("{}{}", self.path, self.cast)
    }

    fn step(&mut self, catalog: Catalog<'s>, segment: &Segment, aliases: &Aliases) -> Result<(), Fault> {
        match segment {
            Segment::Qualified(name) => {
                self.cast(&name.name)?;
                self.pick(name, aliases)
            }
            Segment::Name(name) => {
                self.follow(catalog, &name.name)?;
                self.pick(name, aliases)
            }
            Segment::Count => match &self.found {
                Found::Many(items) => {
                    self.found = Found::Count(items.len());
                    Ok(())
                }
                _ => Err(Fault::no_resource("$count")),
            },
            other => Err(Fault::unsupported(&format!("'{}' of definitions", shown(other)))),
        }
    }

    /// Keeps the definitions of one type.
    fn cast(&mut self, ty: &str) -> Result<(), Fault> {
        let Some(of) = types::entity_type(ty).filter(|of| types::derives(of.name, self.declared)) else {
            return Err(Fault::no_resource(&format!("{NAMESPACE}{ty}")));
        };
        if of.name == "EnumAttributeMetadata" {
            return Err(Fault::bad_query(format!(
                "Definitions can't be cast to {NAMESPACE}EnumAttributeMetadata: cast to one of its derived types."
            )));
        }
        let fits = |item: &Item<'_>| types::derives(cast_type(*item), of.name);
        match &mut self.found {
            Found::Many(items) => items.retain(fits),
            Found::One(item) => *item = item.filter(fits),
            Found::Property(..) | Found::Count(_) => return Err(Fault::no_resource(ty)),
        }
        self.declared = of.name;
        self.cast = format!("/{NAMESPACE}{ty}");
        if let Found::One(None) = self.found {
            return Err(not_found(ty, "of this type"));
        }
        Ok(())
    }

    /// Follows a navigation property, or takes a property.
    fn follow(&mut self, catalog: Catalog<'s>, name: &str) -> Result<(), Fault> {
        let Found::One(Some(item)) = self.found else {
            return Err(Fault::no_resource(name));
        };
        self.path.push_str(&self.key);
        self.path.push_str(&self.cast);
        self.key.clear();
        self.cast.clear();
        let reached = item.navigate(catalog, name);
        if let Some(reached) = reached {
            self.path.push_str(&format!("/{name}"));
            let (found, declared) = match reached {
                Reached::Many(items) => (Found::Many(items), declared(name)),
                Reached::One(item) => (Found::One(item), item.map_or("OptionSetMetadata", type_of)),
            };
            (self.found, self.declared) = (found, declared);
            return Ok(());
        }
        let node = describe(catalog, item);
        if name == "MetadataId" {
            self.found = Found::Property("MetadataId", Value::Id(node.id));
            return Ok(());
        }
        let found = node.members.into_iter().find(|(known, _)| *known == name);
        let (name, value) = found.ok_or_else(|| Fault::no_resource(name))?;
        self.found = Found::Property(name, value);
        Ok(())
    }

    /// Takes the definition that a key names.
    fn pick(&mut self, name: &Name, aliases: &Aliases) -> Result<(), Fault> {
        let Some(parentheses) = &name.parentheses else {
            return Ok(());
        };
        let Found::Many(items) = &self.found else {
            return Err(Fault::no_resource(&name.to_string()));
        };
        let key = Key::of(parentheses, aliases)?;
        let picked = items.iter().find(|item| key.names(**item)).copied();
        let item = picked.ok_or_else(|| not_found(self.declared, &key.text()))?;
        // Contexts name definitions by name, however they were addressed.
        let quoted = item.name().replace('\'', "''");
        self.key = format!("('{quoted}')");
        self.found = Found::One(Some(item));
        Ok(())
    }
}

/// The tables among which the one that a segment names is. Most requests name it.
fn tables<'s>(catalog: Catalog<'s>, segment: &Name) -> Vec<Item<'s>> {
    if let Some(Parentheses::Named(named)) = &segment.parentheses
        && let [(property, Argument::Literal(Literal::Text(name)))] = named.as_slice()
        && property == "LogicalName"
    {
        return catalog.table(name).map(Item::Table).into_iter().collect();
    }
    catalog.tables().collect()
}

/// The type by which a column can be cast. Ids are told as the base type, and cast as their own.
fn cast_type(item: Item<'_>) -> &'static str {
    use dataverse_codegen::schema::ColumnKind;
    match item {
        Item::Column(_, column) | Item::Hidden(_, column) if matches!(column.kind, ColumnKind::UniqueId) => {
            "UniqueIdentifierAttributeMetadata"
        }
        _ => type_of(item),
    }
}

/// What a key says.
enum Key {
    Id(Uuid),
    Name { property: String, value: String },
}

impl Key {
    fn of(parentheses: &Parentheses, aliases: &Aliases) -> Result<Self, Fault> {
        let bad = || Fault::bad_query("A definition is addressed by its MetadataId, or by its name.");
        match parentheses {
            Parentheses::One(argument) => match aliases.resolve(argument)? {
                Literal::Guid(id) => Ok(Self::Id(id)),
                _ => Err(bad()),
            },
            Parentheses::Named(named) => match named.as_slice() {
                [(property, argument)] => match (property.as_str(), aliases.resolve(argument)?) {
                    ("MetadataId", Literal::Guid(id)) => Ok(Self::Id(id)),
                    (_, Literal::Text(value)) => Ok(Self::Name {
                        property: property.clone(),
                        value,
                    }),
                    _ => Err(bad()),
                },
                _ => Err(bad()),
            },
            Parentheses::Empty => Err(bad()),
        }
    }

    fn names(&self, item: Item<'_>) -> bool {
        match self {
            Self::Id(id) => item.id() == *id,
            Self::Name { property, value } => item.name_property() == property && item.name() == *value,
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Id(id) => format!("with the MetadataId {id}"),
            Self::Name { property, value } => {
                let value: String = value.chars().take(120).collect();
                format!("with the {property} '{value}'")
            }
        }
    }
}

/// 404: there is no such definition.
pub(super) fn not_found(ty: &str, which: &str) -> Fault {
    Fault::new(
        StatusCode::NOT_FOUND,
        0x8004_0217,
        format!("Could not find {ty} {which}."),
    )
}
