//! How the environment's schema changes in the demo.

use dataverse_codegen::schema::Schema;

/// The schema without the column that the program reads, writes and counts.
pub(super) fn of(mut schema: Schema) -> Schema {
    if let Some(vessel) = schema.tables.get_mut("rsk_vessel") {
        vessel.columns.retain(|column| column.name != "rsk_crew");
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_has_the_column_and_loses_it() {
        let snapshot = dataverse_codegen::snapshot::read(&crate::root().join("generated-example/snapshot"));
        let schema = snapshot.unwrap().schema;
        let crew = |schema: &Schema| schema.tables["rsk_vessel"].column("rsk_crew").is_some();
        assert!(crew(&schema));
        assert!(!crew(&of(schema)));
    }
}
