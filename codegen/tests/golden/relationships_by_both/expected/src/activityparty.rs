//! activityparty (`activityparty`)
//!
//! Entity set `activityparties`; primary id `activitypartyid`.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<Activityparty, K, A, N>;

/// activityparty (`activityparty`).
pub struct Activityparty;

/// The columns and relationships of [`Activityparty`].
pub struct Columns {
    /// **activityid**: lookup to [`Activitypointer`](super::activitypointer::Activitypointer) or [`RskVisit`](super::rsk_visit::RskVisit).
    pub activityid: Column<kind::Lookup<super::targets::ActivitypointerOrRskVisit>>,
    /// **activitypartyid**: unique identifier, required, set when the row is created.
    pub activitypartyid: Column<kind::PrimaryId<Activityparty>, access::CreateOnly, rt::Required>,
}

impl rt::Table for Activityparty {
    type Columns = Columns;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "activityparty",
        entity_set: "activityparties",
        primary_id: "activitypartyid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: Columns = Columns {
        activityid: rt::lookup("_activityid_value", &[("activitypointer", "activityid_activitypointer"), ("rsk_visit", "activityid_rsk_visit")]),
        activitypartyid: rt::column("activitypartyid"),
    };
}
