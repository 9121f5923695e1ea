//! The types of definitions themselves, as `$metadata` declares them and as requests name them.
//!
//! Members stand as `Name:Type`, with `!` behind a type that is never null and `*` behind what is contained. Types without a
//! namespace are `Edm`'s where [`is_primitive`] says so. Source: the Web API's metadata reference ("EntityMetadata EntityType"
//! and its neighbours).

mod definitions;
mod parts;

pub(super) use definitions::ENTITY_TYPES;
pub(super) use parts::{COMPLEX_TYPES, ENUM_TYPES};

/// An entity type of definitions.
pub(in crate::metadata) struct EntityType {
    /// Its name.
    pub(in crate::metadata) name: &'static str,
    /// Its base type; empty for the root.
    pub(in crate::metadata) base: &'static str,
    /// Definitions are always of a derived type.
    pub(in crate::metadata) is_abstract: bool,
    /// Its own properties.
    pub(in crate::metadata) properties: &'static str,
    /// Its own navigation properties.
    pub(in crate::metadata) navigation: &'static str,
    /// The property by which a definition can be addressed besides its id; empty where there is none.
    pub(in crate::metadata) key: &'static str,
}

/// A complex type of definitions.
pub(in crate::metadata) struct ComplexType {
    /// Its name.
    pub(in crate::metadata) name: &'static str,
    /// Its base type, or empty.
    pub(in crate::metadata) base: &'static str,
    /// Its own members.
    pub(in crate::metadata) members: &'static str,
}

/// An enumeration of definitions. A member without a value has one more than the member before.
pub(in crate::metadata) struct EnumType {
    /// Its name.
    pub(in crate::metadata) name: &'static str,
    /// Whether several members can stand together.
    pub(in crate::metadata) flags: bool,
    /// Its members.
    pub(in crate::metadata) members: &'static str,
}

/// Whether a type is one of OData's own.
pub(super) fn is_primitive(name: &str) -> bool {
    matches!(
        name,
        "Boolean" | "DateTimeOffset" | "Decimal" | "Double" | "Guid" | "Int16" | "Int32" | "Int64" | "String"
    )
}

/// The entity type of this name.
pub(super) fn entity_type(name: &str) -> Option<&'static EntityType> {
    ENTITY_TYPES.iter().find(|of| of.name == name)
}

/// A type with its bases, nearest first.
fn chain(name: &str) -> impl Iterator<Item = &'static EntityType> {
    std::iter::successors(entity_type(name), |of| entity_type(of.base))
}

/// Whether definitions of a type are definitions of another one too.
pub(super) fn derives(name: &str, from: &str) -> bool {
    chain(name).any(|of| of.name == from)
}

/// Whether a type has a property of that name, of its own or of its bases.
pub(super) fn has_property(of: &str, name: &str) -> bool {
    let mut members = chain(of).flat_map(|of| of.properties.split_ascii_whitespace());
    members.any(|member| member.split(':').next() == Some(name))
}

/// Whether a type has a navigation property of that name, of its own or of its bases.
pub(super) fn has_navigation(of: &str, name: &str) -> bool {
    let mut members = chain(of).flat_map(|of| of.navigation.split_ascii_whitespace());
    members.any(|member| member.split(':').next() == Some(name))
}
