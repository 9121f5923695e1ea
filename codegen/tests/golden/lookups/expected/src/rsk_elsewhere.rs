//! rsk\_elsewhere (`rsk_elsewhere`), which other tables refer to

use ::dataverse_runtime as rt;

/// rsk\_elsewhere (`rsk_elsewhere`): referred to by other tables, but not generated itself.
pub struct RskElsewhere;

pub use rt::ColumnsNotGenerated as Columns;

impl rt::Table for RskElsewhere {
    type Columns = rt::ColumnsNotGenerated;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "rsk_elsewhere",
        entity_set: "",
        primary_id: "",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: rt::ColumnsNotGenerated = rt::ColumnsNotGenerated;
}
