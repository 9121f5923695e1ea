//! Which type each table's type extends, and what it inherits.

use super::wire::edm_type;
use crate::metadata::catalog::Catalog;
use crate::metadata::relations::ties;
use crate::model::Entity;
use dataverse_codegen::schema::{Collection, Column, Table};
use std::collections::{BTreeMap, BTreeSet};

/// The type that all rows are of.
pub(super) const ROOT: &str = "crmbaseentity";
/// The type of what can own rows: users and teams.
pub(super) const PRINCIPAL: &str = "principal";
/// The type of all activities.
pub(super) const ACTIVITY: &str = "activitypointer";

/// The hierarchy of a model's tables.
pub(super) struct Hierarchy<'s> {
    /// The bases that are no tables themselves, with their keys.
    pub(super) bare: BTreeMap<&'s str, &'s str>,
    /// The tables below `principal`.
    principals: BTreeSet<&'s str>,
    /// What users and teams have in common: the rows that they own.
    owned: Vec<&'s Collection>,
    catalog: Catalog<'s>,
}

impl<'s> Hierarchy<'s> {
    pub(super) fn new(catalog: Catalog<'s>) -> Self {
        let mut hierarchy = Self {
            bare: BTreeMap::from([(PRINCIPAL, "ownerid")]),
            principals: BTreeSet::new(),
            owned: Vec::new(),
            catalog,
        };
        for entity in catalog.model.entities() {
            let base = base(entity);
            if base == PRINCIPAL && entity.table().entity_set.is_some() {
                hierarchy.principals.insert(entity.name());
            }
            if base != ROOT && catalog.table(base).is_none() {
                hierarchy.bare.entry(base).or_insert(&entity.table().primary_id);
            }
        }
        hierarchy.owned = hierarchy.common_collections();
        hierarchy
    }

    fn common_collections(&self) -> Vec<&'s Collection> {
        let tables = &self.catalog.model.schema().tables;
        let mut owners = self.principals.iter().filter_map(|name| tables.get(*name));
        let Some(first) = owners.next() else {
            return Vec::new();
        };
        let others: Vec<&Table> = owners.collect();
        let common = first.collections.iter().filter(|collection| {
            collection.relationship.is_none()
                && others.iter().all(|table| table.collections.contains(collection))
        });
        common.collect()
    }

    /// The collections that `principal` declares.
    pub(super) fn owned(&self) -> &[&'s Collection] {
        &self.owned
    }

    /// Whether these tables are all that `principal` stands for.
    pub(super) fn are_principals<'t>(&self, tables: impl Iterator<Item = &'t str>) -> bool {
        let tables: BTreeSet<&str> = tables.collect();
        !tables.is_empty() && tables == self.principals
    }

    /// The collection in which owners have the rows of a table's lookup.
    pub(super) fn owned_by(&self, table: &str, column: &str) -> Option<&'s str> {
        let found = self
            .owned
            .iter()
            .find(|collection| collection.table == table && ties(collection, column));
        found.map(|collection| collection.name.as_str())
    }

    /// The table that a table inherits from, if its base is one.
    pub(super) fn base_table(&self, entity: &'s Entity) -> Option<&'s Table> {
        self.catalog.table(base(entity))
    }

    /// Whether a table's key is inherited, so that navigation properties to it have no constraints.
    pub(super) fn inherits_key(&self, table: &str) -> bool {
        let entity = self.catalog.model.entity(table);
        entity.is_some_and(|entity| base(entity) == ACTIVITY)
    }

    /// Whether a table has a column from its base.
    pub(super) fn inherits(&self, entity: &'s Entity, column: &Column) -> bool {
        if let Some(base) = self.base_table(entity) {
            let alike = |known: &Column| {
                known.property() == column.property() && edm_type(&known.kind) == edm_type(&column.kind)
            };
            return base.column(&column.name).is_some_and(alike);
        }
        self.bare
            .get(base(entity))
            .is_some_and(|key| *key == column.name && edm_type(&column.kind).as_deref() == Some("Edm.Guid"))
    }

    /// Whether a table has a collection from its base.
    pub(super) fn inherits_collection(&self, entity: &'s Entity, collection: &Collection) -> bool {
        match self.base_table(entity) {
            Some(base) => base.collections.iter().any(|known| known.name == collection.name),
            None => base(entity) == PRINCIPAL && self.owned.contains(&collection),
        }
    }
}

/// The base type of a table: what the schema says, or what is known of tables that are only referred to.
pub(super) fn base(entity: &Entity) -> &str {
    if let Some(base) = &entity.table().base {
        return base;
    }
    match (entity.is_referred(), entity.name(), entity.primary_id()) {
        (true, "systemuser" | "team", _) => PRINCIPAL,
        (true, name, "activityid") if name != ACTIVITY => ACTIVITY,
        _ => ROOT,
    }
}
