//! rsk\_vessel\_rsk\_sailor (`rsk_vessel_rsk_sailor`)
//!
//! Entity set `rsk_vessel_rsk_sailorset`; primary id `rsk_vessel_rsk_sailorid`.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<RskVesselRskSailor, K, A, N>;

/// rsk\_vessel\_rsk\_sailor (`rsk_vessel_rsk_sailor`).
pub struct RskVesselRskSailor;

/// The columns and relationships of [`RskVesselRskSailor`].
pub struct Columns {
    /// **rsk\_sailorid**: unique identifier.
    pub rsk_sailorid: Column<kind::UniqueId>,
    /// **rsk\_vessel\_rsk\_sailorid**: unique identifier, required, set when the row is created.
    pub rsk_vessel_rsk_sailorid: Column<
        kind::PrimaryId<RskVesselRskSailor>,
        access::CreateOnly,
        rt::Required,
    >,
    /// **rsk\_vesselid**: unique identifier.
    pub rsk_vesselid: Column<kind::UniqueId>,
}

impl rt::Table for RskVesselRskSailor {
    type Columns = Columns;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "rsk_vessel_rsk_sailor",
        entity_set: "rsk_vessel_rsk_sailorset",
        primary_id: "rsk_vessel_rsk_sailorid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: Columns = Columns {
        rsk_sailorid: rt::column("rsk_sailorid"),
        rsk_vessel_rsk_sailorid: rt::column("rsk_vessel_rsk_sailorid"),
        rsk_vesselid: rt::column("rsk_vesselid"),
    };
}
