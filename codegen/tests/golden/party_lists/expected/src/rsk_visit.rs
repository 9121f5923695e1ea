//! rsk\_visit (`rsk_visit`)
//!
//! Entity set `rsk_visits`; primary id `activityid`; an activity.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<RskVisit, K, A, N>;

/// rsk\_visit (`rsk_visit`).
pub struct RskVisit;

/// The columns and relationships of [`RskVisit`].
pub struct Columns {
    /// **activityid**: unique identifier, required, set when the row is created.
    pub activityid: Column<kind::PrimaryId<RskVisit>, access::CreateOnly, rt::Required>,
    /// **rsk\_crew**: party list, set when the row is created.
    pub rsk_crew: Column<kind::PartyList, access::CreateOnly>,
    /// **To**: party list of `account`, `contact`, `systemuser`.
    pub to: Column<kind::PartyList>,
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
        rsk_crew: rt::parties(0, &[("activityparty", "rsk_visit_activity_parties")]),
        to: rt::parties(2, &[("activityparty", "rsk_visit_activity_parties")]),
    };
}

/// A row of [`RskVisit`] with all of its columns.
#[derive(::dataverse_runtime::Row)]
#[row(table = RskVisit, crate = ::dataverse_runtime)]
pub struct Row {
    /// activityid
    pub activityid: rt::Id<RskVisit>,
}
