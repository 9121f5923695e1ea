//! rsk\_call (`rsk_call`), which other tables refer to

use ::dataverse_runtime as rt;

/// rsk\_call (`rsk_call`): referred to by other tables, but not generated itself.
pub struct RskCall;

pub use rt::ColumnsNotGenerated as Columns;

impl rt::Table for RskCall {
    type Columns = rt::ColumnsNotGenerated;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "rsk_call",
        entity_set: "rsk_calls",
        primary_id: "rsk_callid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: rt::ColumnsNotGenerated = rt::ColumnsNotGenerated;
}
