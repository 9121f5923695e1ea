//! rsk\_vessel (`rsk_vessel`)
//!
//! Entity set `rsk_vessels`; primary id `rsk_vesselid`.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<RskVessel, K, A, N>;

/// rsk\_vessel (`rsk_vessel`).
pub struct RskVessel;

/// The columns and relationships of [`RskVessel`].
pub struct Columns {
    /// **ownerid**: owner: [`Systemuser`](super::systemuser::Systemuser) or [`Team`](super::team::Team).
    pub ownerid: Column<kind::Lookup<super::targets::Owner>>,
    /// **owningteam**: lookup to a row of some table, read-only.
    pub owningteam: Column<kind::Lookup<rt::AnyTable>, access::ReadOnly>,
    /// **owninguser**: lookup to [`Systemuser`](super::systemuser::Systemuser), read-only.
    pub owninguser: Column<kind::Lookup<super::systemuser::Systemuser>, access::ReadOnly>,
    /// **rsk\_vesselid**: unique identifier, required, set when the row is created.
    pub rsk_vesselid: Column<kind::PrimaryId<RskVessel>, access::CreateOnly, rt::Required>,
}

impl rt::Table for RskVessel {
    type Columns = Columns;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "rsk_vessel",
        entity_set: "rsk_vessels",
        primary_id: "rsk_vesselid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: Columns = Columns {
        ownerid: rt::lookup("_ownerid_value", &[("systemuser", "ownerid"), ("team", "ownerid")]),
        owningteam: rt::lookup("_owningteam_value", &[]),
        owninguser: rt::lookup_to("_owninguser_value", "systemuser", "owninguser"),
        rsk_vesselid: rt::column("rsk_vesselid"),
    };
}
