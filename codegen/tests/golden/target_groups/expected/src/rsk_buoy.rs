//! rsk\_buoy (`rsk_buoy`), which other tables refer to

use ::dataverse_runtime as rt;

/// rsk\_buoy (`rsk_buoy`): referred to by other tables, but not generated itself.
pub struct RskBuoy;

pub use rt::ColumnsNotGenerated as Columns;

impl rt::Table for RskBuoy {
    type Columns = rt::ColumnsNotGenerated;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "rsk_buoy",
        entity_set: "rsk_buoys",
        primary_id: "rsk_buoyid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: rt::ColumnsNotGenerated = rt::ColumnsNotGenerated;
}
