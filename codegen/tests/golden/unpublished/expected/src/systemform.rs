//! systemform (`systemform`)
//!
//! Entity set `systemforms`; primary id `formid`.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<Systemform, K, A, N>;

/// systemform (`systemform`).
pub struct Systemform;

/// The columns and relationships of [`Systemform`].
pub struct Columns {
    /// **formid**: unique identifier, required, set when the row is created.
    pub formid: Column<kind::PrimaryId<Systemform>, access::CreateOnly, rt::Required>,
}

impl rt::Table for Systemform {
    type Columns = Columns;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "systemform",
        entity_set: "systemforms",
        primary_id: "formid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: Columns = Columns {
        formid: rt::column("formid"),
    };
}
