//! TEMPORARY: metadata before rows, until the engine joins them.
use std::sync::Arc;
use dataverse_codegen::schema::Schema;
use dataverse_emulator::metadata::{Metadata, Settings};
use dataverse_emulator::{Answer, Call, Engine, Environment, Fault, Model};
use crate::Failure;
pub(super) struct Joined(Metadata, Environment);
impl Joined {
    pub(super) fn new(schema: Schema) -> Result<Self, Failure> {
        let model = Arc::new(Model::new(Arc::new(schema.clone())));
        Ok(Self(Metadata::new(model, Settings::default(), std::time::SystemTime::now()), super::custom::environment(schema)?))
    }
}
impl Engine for Joined {
    fn answer(&self, call: &Call) -> Result<Answer, Fault> {
        self.0.answer(call, std::time::SystemTime::now()).unwrap_or_else(|| self.1.answer(call))
    }
    fn change_set(&self, calls: &[Call]) -> Result<Vec<Answer>, (usize, Fault)> {
        self.1.change_set(calls)
    }
}
