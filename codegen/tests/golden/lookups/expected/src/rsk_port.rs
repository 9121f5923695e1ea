//! rsk\_port (`rsk_port`), which other tables refer to

use ::dataverse_runtime as rt;

/// rsk\_port (`rsk_port`): referred to by other tables, but not generated itself.
pub struct RskPort;

pub use rt::ColumnsNotGenerated as Columns;

impl rt::Table for RskPort {
    type Columns = rt::ColumnsNotGenerated;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "rsk_port",
        entity_set: "rsk_ports",
        primary_id: "rsk_portid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: rt::ColumnsNotGenerated = rt::ColumnsNotGenerated;
}
