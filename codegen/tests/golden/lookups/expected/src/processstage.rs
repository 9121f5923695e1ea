//! processstage (`processstage`), which other tables refer to

use ::dataverse_runtime as rt;

/// processstage (`processstage`): referred to by other tables, but not generated itself.
pub struct Processstage;

pub use rt::ColumnsNotGenerated as Columns;

impl rt::Table for Processstage {
    type Columns = rt::ColumnsNotGenerated;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "processstage",
        entity_set: "processstages",
        primary_id: "processstageid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: rt::ColumnsNotGenerated = rt::ColumnsNotGenerated;
}
