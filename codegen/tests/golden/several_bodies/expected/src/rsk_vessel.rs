//! rsk\_vessel (`rsk_vessel`)
//!
//! Entity set `rsk_vessels`; primary id `rsk_vesselid`.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<RskVessel, K, A, N>;

/// rsk\_vessel (`rsk_vessel`).
pub struct RskVessel;

/// The columns and relationships of [`RskVessel`].
pub struct Columns {
    /// **rsk\_afloat**: yes/no.
    /// True is “Yes”, false is “No”.
    pub rsk_afloat: Column<kind::YesNo>,
    /// **Hull**: choice.
    pub rsk_hull: Column<kind::ChoiceOf<RskHull>>,
    /// **rsk\_name**: text, at most 42 characters.
    pub rsk_name: Column<kind::Text>,
    /// **rsk\_vesselid**: unique identifier, required, set when the row is created.
    pub rsk_vesselid: Column<kind::PrimaryId<RskVessel>, access::CreateOnly, rt::Required>,
    /// **statuscode**: status.
    pub statuscode: Column<kind::ChoiceOf<Statuscode>>,
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
        rsk_afloat: rt::column("rsk_afloat"),
        rsk_hull: rt::column("rsk_hull"),
        rsk_name: rt::text("rsk_name", 42),
        rsk_vesselid: rt::column("rsk_vesselid"),
        statuscode: rt::column("statuscode"),
    };
}

/// the alternate key `rsk_named` of [`RskVessel`].
pub struct RskNamedKey<'a> {
    /// rsk\_name
    pub rsk_name: &'a str,
}

impl rt::AlternateKey for RskNamedKey<'_> {
    type Table = RskVessel;
    const NAME: &'static str = "rsk_named";
    fn parts(&self, key: &mut rt::KeyWriter) {
        key.part("rsk_name", &self.rsk_name);
    }
}

/// **Hull**: the options of `rsk_hull`.
pub enum RskHull {
    /// 1: Steel
    Steel,
}

impl rt::ChoiceSet for RskHull {
    const NAME: &'static str = "rsk_vessel_rsk_hull";
    const OPTIONS: &'static [(i32, Self, &'static str)] = &[
        (1, Self::Steel, "Steel"),
    ];
}

/// the options of `statuscode`.
pub enum Statuscode {
    /// 1: Open, of state 0
    Open,
}

impl rt::ChoiceSet for Statuscode {
    const NAME: &'static str = "rsk_vessel_statuscode";
    const OPTIONS: &'static [(i32, Self, &'static str)] = &[
        (1, Self::Open, "Open"),
    ];
    const STATES: &'static [(i32, i32)] = &[
        (1, 0),
    ];
}
