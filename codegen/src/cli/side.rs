//! What a comparison is given for each of its sides, and how it becomes a schema.

use std::path::Path;

use dataverse_codegen::schema::Schema;
use dataverse_codegen::snapshot;

use super::Failure;

/// One side of a comparison.
pub(super) struct Side {
    /// What people call it.
    pub(super) name: String,
    /// Its schema.
    pub(super) schema: Schema,
}

impl Side {
    /// Reads what an argument names: the folder of a snapshot.
    pub(super) fn read(argument: &str) -> Result<Self, Failure> {
        let snapshot = snapshot::read(Path::new(argument)).map_err(|error| {
            let help = error.help();
            Failure::new(error).help(help)
        })?;
        Ok(Self {
            name: argument.to_owned(),
            schema: snapshot.schema,
        })
    }
}
