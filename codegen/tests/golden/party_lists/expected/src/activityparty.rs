//! activityparty (`activityparty`), which other tables refer to

use ::dataverse_runtime as rt;

/// activityparty (`activityparty`): referred to by other tables, but not generated itself.
pub struct Activityparty;

pub use rt::ColumnsNotGenerated as Columns;

impl rt::Table for Activityparty {
    type Columns = rt::ColumnsNotGenerated;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "activityparty",
        entity_set: "activityparties",
        primary_id: "activitypartyid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: rt::ColumnsNotGenerated = rt::ColumnsNotGenerated;
}
