//! rsk\_crane (`rsk_crane`), which other tables refer to

use ::dataverse_runtime as rt;

/// rsk\_crane (`rsk_crane`): referred to by other tables, but not generated itself.
pub struct RskCrane;

pub use rt::ColumnsNotGenerated as Columns;

impl rt::Table for RskCrane {
    type Columns = rt::ColumnsNotGenerated;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "rsk_crane",
        entity_set: "rsk_cranes",
        primary_id: "rsk_craneid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: rt::ColumnsNotGenerated = rt::ColumnsNotGenerated;
}
