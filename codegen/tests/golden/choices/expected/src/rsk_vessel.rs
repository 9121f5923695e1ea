//! rsk\_vessel (`rsk_vessel`)
//!
//! Entity set `rsk_vessels`; primary id `rsk_vesselid`.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<RskVessel, K, A, N>;

/// rsk\_vessel (`rsk_vessel`).
pub struct RskVessel;

/// The columns and relationships of [`RskVessel`].
pub struct Columns {
    /// **Afloat**: yes/no.
    /// True is “Afloat”, false is “Sunk”. New rows have true.
    pub rsk_afloat: Column<kind::YesNo>,
    /// **Hull**: choice.
    /// New rows have 2 “Steel”.
    ///
    /// In other languages: بدن (1025), Rumpf (1031).
    pub rsk_hull: Column<kind::ChoiceOf<RskHull>>,
    /// **rsk\_rig**: choice.
    pub rsk_rig: Column<kind::ChoiceOf<super::choices::RskRig>>,
    /// **rsk\_uses**: choices.
    pub rsk_uses: Column<kind::ChoicesOf<RskUses>>,
    /// **rsk\_vesselid**: unique identifier, required, set when the row is created.
    pub rsk_vesselid: Column<kind::PrimaryId<RskVessel>, access::CreateOnly, rt::Required>,
    /// **Status**: state, set by updates alone.
    pub statecode: Column<kind::ChoiceOf<Statecode>, access::UpdateOnly>,
    /// **Status Reason**: status.
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
        rsk_rig: rt::column("rsk_rig"),
        rsk_uses: rt::column("rsk_uses"),
        rsk_vesselid: rt::column("rsk_vesselid"),
        statecode: rt::column("statecode"),
        statuscode: rt::column("statuscode"),
    };
}

/// A row of [`RskVessel`] with all of its columns.
#[derive(::dataverse_runtime::Row)]
#[row(table = RskVessel, crate = ::dataverse_runtime)]
pub struct Row {
    /// Afloat
    pub rsk_afloat: ::core::option::Option<bool>,
    /// Hull
    pub rsk_hull: ::core::option::Option<rt::Choice<RskHull>>,
    /// rsk\_rig
    pub rsk_rig: ::core::option::Option<rt::Choice<super::choices::RskRig>>,
    /// rsk\_uses
    pub rsk_uses: ::core::option::Option<rt::Choices<RskUses>>,
    /// rsk\_vesselid
    pub rsk_vesselid: rt::Id<RskVessel>,
    /// Status
    pub statecode: ::core::option::Option<rt::Choice<Statecode>>,
    /// Status Reason
    pub statuscode: ::core::option::Option<rt::Choice<Statuscode>>,
}

/// **Hull**: the options of `rsk_hull`.
pub enum RskHull {
    /// -1: no label
    ValueMinus1,
    /// 1: Wood
    ///
    /// In other languages: خشب (1025), Holz (1031).
    Wood,
    /// 2: Steel
    ///
    /// In other languages: فولاذ (1025), Stahl (1031).
    ///
    /// Of steel.
    Steel_2,
    /// 3: ألياف
    ألياف,
    /// 4: steel
    Steel_4,
}

impl rt::ChoiceSet for RskHull {
    const NAME: &'static str = "rsk_vessel_rsk_hull";
    const OPTIONS: &'static [(i32, Self, &'static str)] = &[
        (-1, Self::ValueMinus1, ""),
        (1, Self::Wood, "Wood"),
        (2, Self::Steel_2, "Steel"),
        (3, Self::ألياف, "ألياف"),
        (4, Self::Steel_4, "steel"),
    ];
}

/// the options of `rsk_uses`.
pub enum RskUses {
    /// 1: Cargo
    Cargo,
    /// 2: Tow
    Tow,
}

impl rt::ChoiceSet for RskUses {
    const NAME: &'static str = "rsk_vessel_rsk_uses";
    const OPTIONS: &'static [(i32, Self, &'static str)] = &[
        (1, Self::Cargo, "Cargo"),
        (2, Self::Tow, "Tow"),
    ];
}

/// **Status**: the options of `statecode`.
pub enum Statecode {
    /// 0: Active
    ///
    /// In other languages: Aktiv (1031).
    Active,
    /// 1: Inactive
    Inactive,
}

impl rt::ChoiceSet for Statecode {
    const NAME: &'static str = "rsk_vessel_statecode";
    const OPTIONS: &'static [(i32, Self, &'static str)] = &[
        (0, Self::Active, "Active"),
        (1, Self::Inactive, "Inactive"),
    ];
}

/// **Status Reason**: the options of `statuscode`.
pub enum Statuscode {
    /// 1: Active, of state 0
    Active_1,
    /// 2: Inactive, of state 1
    Inactive,
    /// 3: Active, of state 0
    Active_3,
}

impl rt::ChoiceSet for Statuscode {
    const NAME: &'static str = "rsk_vessel_statuscode";
    const OPTIONS: &'static [(i32, Self, &'static str)] = &[
        (1, Self::Active_1, "Active"),
        (2, Self::Inactive, "Inactive"),
        (3, Self::Active_3, "Active"),
    ];
    const STATES: &'static [(i32, i32)] = &[
        (1, 0),
        (2, 1),
        (3, 0),
    ];
}
