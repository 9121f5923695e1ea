//! rsk\_lock (`rsk_lock`), which other tables refer to

use ::dataverse_runtime as rt;

/// rsk\_lock (`rsk_lock`): referred to by other tables, but not generated itself.
pub struct RskLock;

pub use rt::ColumnsNotGenerated as Columns;

impl rt::Table for RskLock {
    type Columns = rt::ColumnsNotGenerated;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "rsk_lock",
        entity_set: "rsk_locks",
        primary_id: "rsk_lockid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: rt::ColumnsNotGenerated = rt::ColumnsNotGenerated;
}
