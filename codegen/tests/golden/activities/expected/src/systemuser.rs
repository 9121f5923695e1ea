//! systemuser (`systemuser`), which other tables refer to

use ::dataverse_runtime as rt;

/// systemuser (`systemuser`): referred to by other tables, but not generated itself.
pub struct Systemuser;

pub use rt::ColumnsNotGenerated as Columns;

impl rt::Table for Systemuser {
    type Columns = rt::ColumnsNotGenerated;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "systemuser",
        entity_set: "systemusers",
        primary_id: "systemuserid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: rt::ColumnsNotGenerated = rt::ColumnsNotGenerated;
}
