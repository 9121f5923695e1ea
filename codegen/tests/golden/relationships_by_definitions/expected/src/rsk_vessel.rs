//! rsk\_vessel (`rsk_vessel`)
//!
//! Entity set `rsk_vessels`; primary id `rsk_vesselid`.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<RskVessel, K, A, N>;
type Collection<T> = rt::Collection<RskVessel, T>;

/// rsk\_vessel (`rsk_vessel`).
pub struct RskVessel;

/// The columns and relationships of [`RskVessel`].
pub struct Columns {
    /// **rsk\_portid**: lookup to [`RskPort`](super::rsk_port::RskPort).
    pub rsk_portid: Column<kind::Lookup<super::rsk_port::RskPort>>,
    /// **rsk\_vesselid**: unique identifier, required, set when the row is created.
    pub rsk_vesselid: Column<kind::PrimaryId<RskVessel>, access::CreateOnly, rt::Required>,
    /// Rows of `rsk_vessel`.
    pub Referencedrsk_convoy: Collection<RskVessel>,
    /// Rows of `rsk_vessel`.
    pub Referencingrsk_convoy: Collection<RskVessel>,
    /// Rows of `rsk_sailor`.
    pub rsk_crew: Collection<super::rsk_sailor::RskSailor>,
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
        rsk_portid: rt::lookup_to("_rsk_portid_value", "rsk_port", "rsk_PortId"),
        rsk_vesselid: rt::column("rsk_vesselid"),
        Referencedrsk_convoy: rt::many_to_many("Referencedrsk_convoy"),
        Referencingrsk_convoy: rt::many_to_many("Referencingrsk_convoy"),
        rsk_crew: rt::many_to_many("rsk_crew"),
    };
}
