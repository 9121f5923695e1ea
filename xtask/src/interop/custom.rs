//! What the example's publisher would have registered: the operations of its own, as the emulator's hooks.

use std::sync::Arc;
use dataverse_codegen::schema::Schema;
use dataverse_emulator::metadata::{Metadata, Settings};
use dataverse_emulator::{Answer, Call, Engine, Fault, Model};

use crate::Failure;

pub(super) struct Stub(Metadata);
impl Engine for Stub {
    fn answer(&self, call: &Call) -> Result<Answer, Fault> {
        self.0.answer(call, std::time::SystemTime::now()).unwrap_or_else(|| Err(Fault::unsupported("rows")))
    }
    fn change_set(&self, _: &[Call]) -> Result<Vec<Answer>, (usize, Fault)> {
        Err((0, Fault::unsupported("rows")))
    }
}

pub(super) fn environment(schema: Schema) -> Result<Stub, Failure> {
    Ok(Stub(Metadata::new(Arc::new(Model::new(Arc::new(schema))), Settings::default(), std::time::SystemTime::now())))
}
