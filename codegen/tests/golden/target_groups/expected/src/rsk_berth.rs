//! rsk\_berth (`rsk_berth`), which other tables refer to

use ::dataverse_runtime as rt;

/// rsk\_berth (`rsk_berth`): referred to by other tables, but not generated itself.
pub struct RskBerth;

pub use rt::ColumnsNotGenerated as Columns;

impl rt::Table for RskBerth {
    type Columns = rt::ColumnsNotGenerated;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "rsk_berth",
        entity_set: "rsk_berths",
        primary_id: "rsk_berthid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: rt::ColumnsNotGenerated = rt::ColumnsNotGenerated;
}
