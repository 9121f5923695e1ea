//! rsk\_vessel (`rsk_vessel`)
//!
//! Entity set `rsk_vessels`; primary id `rsk_vesselid`.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<RskVessel, K, A, N>;

/// rsk\_vessel (`rsk_vessel`).
pub struct RskVessel;

/// The columns and relationships of [`RskVessel`].
pub struct Columns {
    /// **rsk\_homeportid**: lookup to [`RskPort`](super::rsk_port::RskPort).
    pub rsk_homeportid: Column<kind::Lookup<super::rsk_port::RskPort>>,
    /// **rsk\_hull**: choice.
    pub rsk_hull: Column<kind::ChoiceOf<RskHull>>,
    /// **IMO number**: text, at most 7 characters.
    pub rsk_imo: Column<kind::Text>,
    /// **rsk\_launched**: date, without time.
    pub rsk_launched: Column<kind::DateOnly>,
    /// **rsk\_vesselid**: unique identifier, required, set when the row is created.
    pub rsk_vesselid: Column<kind::PrimaryId<RskVessel>, access::CreateOnly, rt::Required>,
    /// **rsk\_weight**: floating-point number.
    pub rsk_weight: Column<kind::FloatNumber>,
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
        rsk_homeportid: rt::lookup_to("_rsk_homeportid_value", "rsk_port", "rsk_HomePortId"),
        rsk_hull: rt::column("rsk_hull"),
        rsk_imo: rt::text("rsk_imo", 7),
        rsk_launched: rt::column("rsk_launched"),
        rsk_vesselid: rt::column("rsk_vesselid"),
        rsk_weight: rt::column("rsk_weight"),
    };
}

/// the alternate key `rsk_home` of [`RskVessel`].
pub struct RskHomeKey {
    /// rsk\_launched
    pub rsk_launched: rt::civil::Date,
    /// rsk\_homeportid
    pub rsk_homeportid: rt::Id<super::rsk_port::RskPort>,
}

impl rt::AlternateKey for RskHomeKey {
    type Table = RskVessel;
    const NAME: &'static str = "rsk_home";
    fn parts(&self, key: &mut rt::KeyWriter) {
        key.part("rsk_launched", &self.rsk_launched);
        key.part("_rsk_homeportid_value", &self.rsk_homeportid);
    }
}

/// the alternate key `rsk_hullkey` of [`RskVessel`].
pub struct RskHullkeyKey {
    /// rsk\_hull
    pub rsk_hull: rt::Choice<RskHull>,
}

impl rt::AlternateKey for RskHullkeyKey {
    type Table = RskVessel;
    const NAME: &'static str = "rsk_hullkey";
    fn parts(&self, key: &mut rt::KeyWriter) {
        key.part("rsk_hull", &self.rsk_hull);
    }
}

/// **IMO**: the alternate key `rsk_imokey` of [`RskVessel`].
pub struct RskImokeyKey<'a> {
    /// IMO number
    pub rsk_imo: &'a str,
}

impl rt::AlternateKey for RskImokeyKey<'_> {
    type Table = RskVessel;
    const NAME: &'static str = "rsk_imokey";
    fn parts(&self, key: &mut rt::KeyWriter) {
        key.part("rsk_imo", &self.rsk_imo);
    }
}

/// the options of `rsk_hull`.
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
