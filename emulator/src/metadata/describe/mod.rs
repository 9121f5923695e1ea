//! Definitions as the service tells them: every member in its place. What the schema doesn't know is null.

mod choice;
mod column;
mod key;
mod kind;
mod relationship;
mod table;

use super::catalog::Catalog;
use super::item::Item;
use super::node::{Flag, Members, Node, Value};

/// The definition of a thing.
pub(super) fn describe<'s>(catalog: Catalog<'s>, item: Item<'s>) -> Node<'s> {
    let (ty, first, members) = match item {
        Item::Table(table) => table::members(catalog, table, item.id()),
        Item::Column(table, column) => column::members(table, column, column::Offer::Own, item.id()),
        Item::Hidden(table, column) => column::members(table, column, column::Offer::Hidden, item.id()),
        Item::Shadow(table, column) => column::shadow(table, column),
        Item::Key(table, key) => key::members(table, key, item.id()),
        Item::OneToMany(relation) => relationship::one_to_many(catalog, relation),
        Item::ManyToMany(relation) => relationship::many_to_many(relation),
        Item::Choice(set) => choice::members(set, item.id()),
    };
    Node {
        ty,
        id: item.id(),
        first,
        members,
    }
}

/// The type of a thing's definition, without making it.
pub(super) fn type_of(item: Item<'_>) -> &'static str {
    match item {
        Item::Table(_) => "EntityMetadata",
        Item::Column(_, column) | Item::Hidden(_, column) => kind::Names::of(&column.kind).ty,
        Item::Shadow(_, column) => column::shadow_type(column),
        Item::Key(..) => "EntityKeyMetadata",
        Item::OneToMany(_) => "OneToManyRelationshipMetadata",
        Item::ManyToMany(_) => "ManyToManyRelationshipMetadata",
        Item::Choice(set) => choice::type_of(set),
    }
}

/// When the parts of the system were made, as the service has it.
const LONG_AGO: Value<'static> = Value::Time("1900-01-01T00:00:00Z");

/// A yes/no that the publisher may lock, and hasn't.
fn managed(value: bool, name: &'static str) -> Value<'static> {
    Value::Managed(Flag::Bool(value), true, name)
}

/// The simple members, how many there are, and room for the complex ones.
fn simple<'s, const N: usize>(members: [(&'static str, Value<'s>); N], more: usize) -> Members<'s> {
    let mut all = Vec::with_capacity(N + more);
    all.extend(members);
    all
}
