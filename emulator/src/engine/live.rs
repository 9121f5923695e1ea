//! A schema while it is in force.

use crate::Model;
use crate::rows::Relations;
use dataverse_codegen::schema::Schema;
use std::sync::Arc;

/// The model of a schema, and what is derived from it once.
#[derive(Debug)]
pub(crate) struct Live {
    pub(crate) model: Model,
    pub(crate) relations: Relations,
}

impl Live {
    pub(crate) fn new(schema: Arc<Schema>) -> Self {
        let model = Model::new(schema);
        let relations = Relations::of(&model);
        Self { model, relations }
    }
}
