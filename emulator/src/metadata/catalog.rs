//! What definitions are made from: a model with its relationships, borrowed together.

use super::item::{Item, Set};
use super::relations::Relations;
use crate::model::{Entity, Model};
use dataverse_codegen::schema::{Column, ColumnKind, Table};
use std::collections::HashSet;

/// Everything that a definition may need to know.
#[derive(Clone, Copy)]
pub(super) struct Catalog<'s> {
    pub(super) model: &'s Model,
    pub(super) relations: &'s Relations,
    /// The language of the user (LCID): the one of `UserLocalizedLabel`.
    pub(super) language: u32,
}

impl<'s> Catalog<'s> {
    /// All tables, by logical name.
    pub(super) fn tables(self) -> impl Iterator<Item = Item<'s>> {
        let entities: Vec<&'s Entity> = self.model.entities();
        entities.into_iter().map(|entity| Item::Table(entity.table()))
    }

    /// A table.
    pub(super) fn table(self, name: &str) -> Option<&'s Table> {
        self.model.entity(name).map(Entity::table)
    }

    /// The column that identifies a table's rows, as far as the model knows the table.
    pub(super) fn primary_id(self, table: &str) -> Option<&'s str> {
        self.table(table).map(|table| table.primary_id.as_str())
    }

    /// The columns of a table with their shadows, and those of its base that it doesn't offer.
    pub(super) fn attributes(self, table: &'s Table) -> Vec<Item<'s>> {
        let mut names: HashSet<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        let mut items = Vec::with_capacity(table.columns.len() * 2);
        for column in &table.columns {
            items.push(Item::Column(table, column));
            if has_shadow(column) && !names.contains(shadow_name(column).as_str()) {
                items.push(Item::Shadow(table, column));
            }
        }
        let base = table.base.as_deref().and_then(|base| self.table(base));
        for column in base.map_or(&[][..], |base| &base.columns) {
            if names.insert(&column.name) {
                items.push(Item::Hidden(table, column));
            }
        }
        items
    }

    /// The global choices, by name.
    pub(super) fn choices(self) -> impl Iterator<Item = Item<'s>> {
        self.model
            .schema()
            .choices
            .values()
            .map(|set| Item::Choice(Set::Global(set)))
    }

    /// All relationships.
    pub(super) fn relationships(self) -> impl Iterator<Item = Item<'s>> {
        let lookups = self.relations.all_one_to_many().iter().map(Item::OneToMany);
        lookups.chain(self.relations.all_many_to_many().iter().map(Item::ManyToMany))
    }
}

/// Whether the service shows the column's value in words, in a column of its own that no request can name.
fn has_shadow(column: &Column) -> bool {
    match &column.kind {
        ColumnKind::Lookup(_) | ColumnKind::YesNo { .. } => true,
        kind => kind.choice().is_some(),
    }
}

/// The name of the column that shows a column's value in words.
pub(super) fn shadow_name(column: &Column) -> String {
    format!("{}name", column.name)
}
