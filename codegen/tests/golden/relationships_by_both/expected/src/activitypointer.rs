//! activitypointer (`activitypointer`)
//!
//! Entity set `activitypointers`; primary id `activityid`; an activity.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<Activitypointer, K, A, N>;
type Collection<T> = rt::Collection<Activitypointer, T>;

/// activitypointer (`activitypointer`).
pub struct Activitypointer;

/// The columns and relationships of [`Activitypointer`].
pub struct Columns {
    /// **activityid**: unique identifier, required, set when the row is created.
    pub activityid: Column<kind::PrimaryId<Activitypointer>, access::CreateOnly, rt::Required>,
    /// **regardingobjectid**: lookup to [`RskPort`](super::rsk_port::RskPort).
    pub regardingobjectid: Column<kind::Lookup<super::rsk_port::RskPort>>,
    /// Rows of `activityparty`.
    pub activitypointer_activity_parties: Collection<super::activityparty::Activityparty>,
}

impl rt::Table for Activitypointer {
    type Columns = Columns;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "activitypointer",
        entity_set: "activitypointers",
        primary_id: "activityid",
        primary_name: ::core::option::Option::None,
        is_activity: true,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: Columns = Columns {
        activityid: rt::column("activityid"),
        regardingobjectid: rt::lookup_to("_regardingobjectid_value", "rsk_port", "regardingobjectid_rsk_port"),
        activitypointer_activity_parties: rt::collection("activitypointer_activity_parties"),
    };
}
