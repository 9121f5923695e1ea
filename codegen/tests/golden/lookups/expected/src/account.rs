//! account (`account`), which other tables refer to

use ::dataverse_runtime as rt;

/// account (`account`): referred to by other tables, but not generated itself.
pub struct Account;

pub use rt::ColumnsNotGenerated as Columns;

impl rt::Table for Account {
    type Columns = rt::ColumnsNotGenerated;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "account",
        entity_set: "accounts",
        primary_id: "accountid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: rt::ColumnsNotGenerated = rt::ColumnsNotGenerated;
}
