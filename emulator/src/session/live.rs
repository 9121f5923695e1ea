//! A schema while it is in force.

use crate::Model;
use crate::metadata::{Metadata, Settings};
use crate::rows::Relations;
use dataverse_codegen::schema::Schema;
use std::sync::Arc;
use std::time::SystemTime;

/// The model of a schema, what is derived from it once, and what the environment says of it.
#[derive(Debug)]
pub(crate) struct Live {
    pub(crate) model: Arc<Model>,
    pub(crate) relations: Relations,
    pub(crate) metadata: Metadata,
}

impl Live {
    /// An environment's first schema.
    pub(crate) fn first(schema: Schema, settings: Settings, now: SystemTime) -> Self {
        let model = Arc::new(Model::new(Arc::new(schema)));
        Self {
            relations: Relations::of(&model),
            metadata: Metadata::new(model.clone(), settings, now),
            model,
        }
    }

    /// The schema that takes this one's place.
    pub(crate) fn next(&self, schema: Schema, now: SystemTime) -> Self {
        let model = Arc::new(Model::new(Arc::new(schema)));
        Self {
            relations: Relations::of(&model),
            metadata: self.metadata.replaced(model.clone(), now),
            model,
        }
    }
}
