//! sla (`sla`), which other tables refer to

use ::dataverse_runtime as rt;

/// sla (`sla`): referred to by other tables, but not generated itself.
pub struct Sla;

pub use rt::ColumnsNotGenerated as Columns;

impl rt::Table for Sla {
    type Columns = rt::ColumnsNotGenerated;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "sla",
        entity_set: "slas",
        primary_id: "slaid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: rt::ColumnsNotGenerated = rt::ColumnsNotGenerated;
}
