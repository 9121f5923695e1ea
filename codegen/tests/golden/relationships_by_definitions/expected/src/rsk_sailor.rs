//! rsk\_sailor (`rsk_sailor`)
//!
//! Entity set `rsk_sailors`; primary id `rsk_sailorid`.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<RskSailor, K, A, N>;
type Collection<T> = rt::Collection<RskSailor, T>;

/// rsk\_sailor (`rsk_sailor`).
pub struct RskSailor;

/// The columns and relationships of [`RskSailor`].
pub struct Columns {
    /// **rsk\_sailorid**: unique identifier, required, set when the row is created.
    pub rsk_sailorid: Column<kind::PrimaryId<RskSailor>, access::CreateOnly, rt::Required>,
    /// Rows of `rsk_vessel`.
    pub rsk_vessels: Collection<super::rsk_vessel::RskVessel>,
}

impl rt::Table for RskSailor {
    type Columns = Columns;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "rsk_sailor",
        entity_set: "rsk_sailors",
        primary_id: "rsk_sailorid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: Columns = Columns {
        rsk_sailorid: rt::column("rsk_sailorid"),
        rsk_vessels: rt::many_to_many("rsk_vessels"),
    };
}
