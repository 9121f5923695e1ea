//! rsk\_vessel (`rsk_vessel`)
//!
//! Entity set `rsk_vessels`; primary id `rsk_vesselid`.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<RskVessel, K, A, N>;

/// rsk\_vessel (`rsk_vessel`).
pub struct RskVessel;

/// The columns and relationships of [`RskVessel`].
pub struct Columns {
    /// **rsk\_hull**: text.
    pub rsk_hull: Column<kind::Text>,
    /// **rsk\_length**: decimal number.
    pub rsk_length: Column<kind::DecimalNumber>,
    /// **rsk\_nav**: lookup to [`RskVessel`](super::rsk_vessel::RskVessel).
    pub rsk_nav: Column<kind::Lookup<RskVessel>>,
    /// **rsk\_only**: whole number.
    pub rsk_only: Column<kind::WholeNumber>,
    /// **rsk\_portid**: lookup to [`RskVessel`](super::rsk_vessel::RskVessel).
    pub rsk_portid: Column<kind::Lookup<RskVessel>>,
    /// **rsk\_seen**: date and time, an instant.
    pub rsk_seen: Column<kind::UserLocal>,
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
        rsk_hull: rt::column("rsk_hull"),
        rsk_length: rt::column("rsk_length"),
        rsk_nav: rt::lookup("_rsk_nav_value", &[]),
        rsk_only: rt::column("rsk_only"),
        rsk_portid: rt::lookup_to("_rsk_portid_value", "rsk_vessel", "rsk_PortId"),
        rsk_seen: rt::column("rsk_seen"),
        rsk_vesselid: rt::column("rsk_vesselid"),
    };
}
