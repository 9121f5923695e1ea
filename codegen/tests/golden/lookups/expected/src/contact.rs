//! contact (`contact`), which other tables refer to

use ::dataverse_runtime as rt;

/// contact (`contact`): referred to by other tables, but not generated itself.
pub struct Contact;

pub use rt::ColumnsNotGenerated as Columns;

impl rt::Table for Contact {
    type Columns = rt::ColumnsNotGenerated;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "contact",
        entity_set: "contacts",
        primary_id: "contactid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: rt::ColumnsNotGenerated = rt::ColumnsNotGenerated;
}
