//! rsk\_vessel (`rsk_vessel`), which other tables refer to

use ::dataverse_runtime as rt;

/// rsk\_vessel (`rsk_vessel`): referred to by other tables, but not generated itself.
pub struct RskVessel;

pub use rt::ColumnsNotGenerated as Columns;

impl rt::Table for RskVessel {
    type Columns = rt::ColumnsNotGenerated;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "rsk_vessel",
        entity_set: "rsk_vessels",
        primary_id: "rsk_vesselid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: rt::ColumnsNotGenerated = rt::ColumnsNotGenerated;
}
