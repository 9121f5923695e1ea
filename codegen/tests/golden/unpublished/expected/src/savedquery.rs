//! savedquery (`savedquery`)
//!
//! Entity set `savedqueries`; primary id `savedqueryid`.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<Savedquery, K, A, N>;

/// savedquery (`savedquery`).
pub struct Savedquery;

/// The columns and relationships of [`Savedquery`].
pub struct Columns {
    /// **savedqueryid**: unique identifier, required, set when the row is created.
    pub savedqueryid: Column<kind::PrimaryId<Savedquery>, access::CreateOnly, rt::Required>,
}

impl rt::Table for Savedquery {
    type Columns = Columns;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "savedquery",
        entity_set: "savedqueries",
        primary_id: "savedqueryid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: Columns = Columns {
        savedqueryid: rt::column("savedqueryid"),
    };
}
