//! rsk\_vessel (`rsk_vessel`)
//!
//! Entity set `rsk_vessels`; primary id `rsk_vesselid`.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<RskVessel, K, A, N>;

/// rsk\_vessel (`rsk_vessel`).
pub struct RskVessel;

/// The columns and relationships of [`RskVessel`].
pub struct Columns {
    /// **rsk\_aura**: value of an unknown type `AuraType`.
    pub rsk_aura: Column<kind::UnknownValue>,
    /// **rsk\_hologram**: text.
    pub rsk_hologram: Column<kind::Text>,
    /// **rsk\_level**: text.
    pub rsk_level: Column<kind::Text>,
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
        rsk_aura: rt::column("rsk_aura"),
        rsk_hologram: rt::column("rsk_hologram"),
        rsk_level: rt::column("rsk_level"),
        rsk_vesselid: rt::column("rsk_vesselid"),
    };
}

/// A row of [`RskVessel`] with all of its columns.
#[derive(::dataverse_runtime::Row)]
#[row(table = RskVessel, crate = ::dataverse_runtime)]
pub struct Row {
    /// rsk\_aura
    pub rsk_aura: ::core::option::Option<rt::Json>,
    /// rsk\_hologram
    pub rsk_hologram: ::core::option::Option<::std::string::String>,
    /// rsk\_level
    pub rsk_level: ::core::option::Option<::std::string::String>,
    /// rsk\_vesselid
    pub rsk_vesselid: rt::Id<RskVessel>,
}
