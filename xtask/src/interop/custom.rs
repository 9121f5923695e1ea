//! What the example's publisher would have registered: the operations of its own, as the emulator's hooks.

use dataverse_codegen::schema::Schema;
use dataverse_emulator::{Answer, Call, Engine, Fault};

use crate::Failure;

pub(super) struct Stub;
impl Engine for Stub {
    fn answer(&self, _: &Call) -> Result<Answer, Fault> {
        Err(Fault::unsupported("rows"))
    }
    fn change_set(&self, _: &[Call]) -> Result<Vec<Answer>, (usize, Fault)> {
        Err((0, Fault::unsupported("rows")))
    }
}

pub(super) fn environment(_schema: Schema) -> Result<Stub, Failure> {
    Ok(Stub)
}
