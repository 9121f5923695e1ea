//! rsk\_pilot (`rsk_pilot`), which other tables refer to

use ::dataverse_runtime as rt;

/// rsk\_pilot (`rsk_pilot`): referred to by other tables, but not generated itself.
pub struct RskPilot;

pub use rt::ColumnsNotGenerated as Columns;

impl rt::Table for RskPilot {
    type Columns = rt::ColumnsNotGenerated;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "rsk_pilot",
        entity_set: "rsk_pilots",
        primary_id: "rsk_pilotid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: rt::ColumnsNotGenerated = rt::ColumnsNotGenerated;
}
