//! A schema as requests see it: entity sets, properties and navigation properties, found by their names in URLs and bodies.

mod build;
mod entity;

use dataverse_codegen::schema::Schema;
pub use entity::{Entity, Links, Many, Property, Single};
use std::collections::HashMap;
use std::sync::Arc;

/// All tables of an environment. Cheap to share; a changed schema is a new model.
#[derive(Debug)]
pub struct Model {
    schema: Arc<Schema>,
    entities: HashMap<String, Entity>,
    intersects: HashMap<String, Entity>,
    sets: HashMap<String, String>,
}

impl Model {
    /// The model of a schema.
    pub fn new(schema: Arc<Schema>) -> Self {
        build::model(schema)
    }

    /// The schema itself.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// The table with this logical name.
    pub fn entity(&self, table: &str) -> Option<&Entity> {
        self.entities.get(table)
    }

    /// The intersect table of a many-to-many relationship, with the two columns that tie rows. It has no entity set, and the
    /// model has it only for queries that name it.
    pub(crate) fn intersect(&self, table: &str) -> Option<&Entity> {
        self.intersects.get(table)
    }

    /// The table whose rows are addressed by this entity set.
    pub fn entity_of_set(&self, set: &str) -> Option<&Entity> {
        self.entities.get(self.sets.get(set)?)
    }

    /// All tables, sorted by logical name.
    pub fn entities(&self) -> Vec<&Entity> {
        let mut all: Vec<&Entity> = self.entities.values().collect();
        all.sort_by(|a, b| a.name().cmp(b.name()));
        all
    }
}
