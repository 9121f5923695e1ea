//! rsk\_visit (`rsk_visit`)
//!
//! Entity set `rsk_visits`; primary id `activityid`; an activity.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<RskVisit, K, A, N>;
type Collection<T> = rt::Collection<RskVisit, T>;

/// rsk\_visit (`rsk_visit`).
pub struct RskVisit;

/// The columns and relationships of [`RskVisit`].
pub struct Columns {
    /// **activityid**: unique identifier, required, set when the row is created.
    pub activityid: Column<kind::PrimaryId<RskVisit>, access::CreateOnly, rt::Required>,
    /// **regardingobjectid**: lookup to [`RskPort`](super::rsk_port::RskPort).
    pub regardingobjectid: Column<kind::Lookup<super::rsk_port::RskPort>>,
    /// Rows of `activityparty`.
    pub rsk_visit_activity_parties: Collection<super::activityparty::Activityparty>,
}

impl rt::Table for RskVisit {
    type Columns = Columns;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "rsk_visit",
        entity_set: "rsk_visits",
        primary_id: "activityid",
        primary_name: ::core::option::Option::None,
        is_activity: true,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: Columns = Columns {
        activityid: rt::column("activityid"),
        regardingobjectid: rt::lookup_to("_regardingobjectid_value", "rsk_port", "regardingobjectid_rsk_port_rsk_visit"),
        rsk_visit_activity_parties: rt::collection("rsk_visit_activity_parties"),
    };
}
