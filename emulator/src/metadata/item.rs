//! The things that have definitions, and how one leads to others.

use super::catalog::{Catalog, shadow_name};
use super::ids;
use super::relations::{ManyToMany, OneToMany};
use dataverse_codegen::schema::{ChoiceSet, ChoiceUse, Column, ColumnKind, Key, Table};
use std::borrow::Cow;
use uuid::Uuid;

/// A thing with a definition.
#[derive(Clone, Copy, Debug)]
pub(super) enum Item<'s> {
    /// A table.
    Table(&'s Table),
    /// A column.
    Column(&'s Table, &'s Column),
    /// The column that shows another's value in words.
    Shadow(&'s Table, &'s Column),
    /// A column of the table's base that the table itself doesn't offer.
    Hidden(&'s Table, &'s Column),
    /// An alternate key.
    Key(&'s Table, &'s Key),
    /// The relationship of a lookup.
    OneToMany(&'s OneToMany),
    /// A relationship by an intersect table.
    ManyToMany(&'s ManyToMany),
    /// A choice.
    Choice(Set<'s>),
}

/// A set of options.
#[derive(Clone, Copy, Debug)]
pub(super) enum Set<'s> {
    /// A global choice.
    Global(&'s ChoiceSet),
    /// A column's own.
    Local(&'s Table, &'s Column, &'s ChoiceSet),
    /// The yes and no of a column.
    YesNo(&'s Table, &'s Column),
}

/// What a navigation property leads to.
pub(super) enum Reached<'s> {
    /// Several definitions.
    Many(Vec<Item<'s>>),
    /// One definition, or none.
    One(Option<Item<'s>>),
}

impl<'s> Item<'s> {
    /// `MetadataId`.
    pub(super) fn id(self) -> Uuid {
        match self {
            Self::Table(table) => ids::id("table", &[&table.name]),
            Self::Column(table, column) | Self::Hidden(table, column) => {
                ids::id("column", &[&table.name, &column.name])
            }
            Self::Shadow(table, column) => ids::id("column", &[&table.name, &shadow_name(column)]),
            Self::Key(table, key) => ids::id("key", &[&table.name, &key.name]),
            Self::OneToMany(relation) => ids::id(
                "relationship",
                &[&relation.name, &relation.referencing, &relation.column],
            ),
            Self::ManyToMany(relation) => ids::id("relationship", &[&relation.name]),
            Self::Choice(Set::Global(set)) => ids::id("choice", &[&set.name]),
            Self::Choice(Set::Local(table, column, _) | Set::YesNo(table, column)) => {
                ids::id("choice", &[&table.name, &column.name])
            }
        }
    }

    /// The name in keys of URLs: `LogicalName`, `SchemaName` of relationships, `Name` of choices.
    pub(super) fn name(self) -> Cow<'s, str> {
        match self {
            Self::Table(table) => Cow::Borrowed(&table.name),
            Self::Column(_, column) | Self::Hidden(_, column) => Cow::Borrowed(&column.name),
            Self::Shadow(_, column) => Cow::Owned(shadow_name(column)),
            Self::Key(_, key) => Cow::Borrowed(&key.name),
            Self::OneToMany(relation) => Cow::Borrowed(&relation.name),
            Self::ManyToMany(relation) => Cow::Borrowed(&relation.name),
            Self::Choice(set) => set.name(),
        }
    }

    /// The property that holds the name.
    pub(super) fn name_property(self) -> &'static str {
        match self {
            Self::Choice(_) => "Name",
            Self::OneToMany(_) | Self::ManyToMany(_) => "SchemaName",
            _ => "LogicalName",
        }
    }

    /// Follows a navigation property. `None` where the type has none of this name.
    pub(super) fn navigate(self, catalog: Catalog<'s>, name: &str) -> Option<Reached<'s>> {
        match self {
            Self::Table(table) => Some(Reached::Many(from_table(catalog, table, name)?)),
            Self::Column(table, column) | Self::Hidden(table, column) => {
                let set = match name {
                    "OptionSet" => own_set(catalog, table, column),
                    "GlobalOptionSet" => global_set(catalog, column),
                    _ => return None,
                };
                let known = column.kind.choice().is_some() || is_yes_no(column);
                let named = known || matches!(column.kind, ColumnKind::TableName);
                named.then_some(Reached::One(set.map(Item::Choice)))
            }
            Self::OneToMany(relation) if name == "Lookup" => {
                let table = catalog.table(&relation.referencing)?;
                let lookup = table.column(&relation.column);
                Some(Reached::One(lookup.map(|column| Item::Column(table, column))))
            }
            _ => None,
        }
    }
}

/// The navigation properties of a table, in the order in which they are written.
pub(super) const OF_TABLE: [&str; 5] = [
    "Attributes",
    "ManyToManyRelationships",
    "ManyToOneRelationships",
    "OneToManyRelationships",
    "Keys",
];

fn from_table<'s>(catalog: Catalog<'s>, table: &'s Table, name: &str) -> Option<Vec<Item<'s>>> {
    Some(match name {
        "Attributes" => catalog.attributes(table),
        "Keys" => table.keys.iter().map(|key| Item::Key(table, key)).collect(),
        "ManyToOneRelationships" => {
            let relations = catalog.relations.many_to_one_of(&table.name);
            relations.map(Item::OneToMany).collect()
        }
        "OneToManyRelationships" => {
            let relations = catalog.relations.one_to_many_of(&table.name);
            relations.map(Item::OneToMany).collect()
        }
        "ManyToManyRelationships" => {
            let relations = catalog.relations.many_to_many_of(&table.name);
            relations.map(Item::ManyToMany).collect()
        }
        _ => return None,
    })
}

fn is_yes_no(column: &Column) -> bool {
    matches!(column.kind, ColumnKind::YesNo { .. })
}

/// The options of a column, also where they are those of a global choice.
fn own_set<'s>(catalog: Catalog<'s>, table: &'s Table, column: &'s Column) -> Option<Set<'s>> {
    match column.kind.choice() {
        Some(ChoiceUse::Local(set)) => Some(Set::Local(table, column, set)),
        Some(ChoiceUse::Global(_)) => global_set(catalog, column),
        None => is_yes_no(column).then_some(Set::YesNo(table, column)),
    }
}

fn global_set<'s>(catalog: Catalog<'s>, column: &Column) -> Option<Set<'s>> {
    let name = column.kind.global_choice()?;
    catalog.model.schema().choices.get(name).map(Set::Global)
}

impl<'s> Set<'s> {
    /// `Name`.
    pub(super) fn name(self) -> Cow<'s, str> {
        match self {
            Self::Global(set) | Self::Local(_, _, set) => Cow::Borrowed(&set.name),
            Self::YesNo(table, column) => Cow::Owned(format!("{}_{}", table.name, column.name)),
        }
    }
}
