//! The sets of tables that lookups with several targets point at.

use ::dataverse_runtime as rt;

/// The entity set of each table, by name.
const ENTITY_SETS: &[(&str, &str)] = &[
    ("rsk_berth", "rsk_berths"),
    ("rsk_buoy", "rsk_buoys"),
    ("rsk_crane", "rsk_cranes"),
    ("rsk_defect", "rsk_defects"),
    ("rsk_lock", "rsk_locks"),
    ("rsk_note", "rsk_notes"),
    ("rsk_photo", "rsk_photos"),
    ("rsk_pilot", "rsk_pilots"),
    ("rsk_survey", "rsk_surveys"),
];

/// A row of one of 6 tables.
pub enum RskAbout_RskDefect_RskAbout {
    /// [`RskBerth`](super::rsk_berth::RskBerth).
    RskBerth,
    /// [`RskBuoy`](super::rsk_buoy::RskBuoy).
    RskBuoy,
    /// [`RskCrane`](super::rsk_crane::RskCrane).
    RskCrane,
    /// [`RskDefect`](super::rsk_defect::RskDefect).
    RskDefect,
    /// [`RskLock`](super::rsk_lock::RskLock).
    RskLock,
    /// [`RskPilot`](super::rsk_pilot::RskPilot).
    RskPilot,
}

impl rt::TargetSet for RskAbout_RskDefect_RskAbout {
    const TARGETS: &'static [(&'static str, Self)] = &[
        ("rsk_berth", Self::RskBerth),
        ("rsk_buoy", Self::RskBuoy),
        ("rsk_crane", Self::RskCrane),
        ("rsk_defect", Self::RskDefect),
        ("rsk_lock", Self::RskLock),
        ("rsk_pilot", Self::RskPilot),
    ];
    const ENTITY_SETS: &'static [(&'static str, &'static str)] = ENTITY_SETS;
}
impl rt::Accepts<super::rsk_defect::RskDefect> for RskAbout_RskDefect_RskAbout {}
/// The groups below that are in this set.
#[diagnostic::do_not_recommend]
impl<T: rt::Grouped> rt::Accepts<T> for RskAbout_RskDefect_RskAbout
    where T::Group: rt::Within<RskAbout_RskDefect_RskAbout>
{}

/// A row of one of 6 tables.
pub enum RskAbout_RskNote_RskAbout {
    /// [`RskBerth`](super::rsk_berth::RskBerth).
    RskBerth,
    /// [`RskBuoy`](super::rsk_buoy::RskBuoy).
    RskBuoy,
    /// [`RskCrane`](super::rsk_crane::RskCrane).
    RskCrane,
    /// [`RskLock`](super::rsk_lock::RskLock).
    RskLock,
    /// [`RskNote`](super::rsk_note::RskNote).
    RskNote,
    /// [`RskPilot`](super::rsk_pilot::RskPilot).
    RskPilot,
}

impl rt::TargetSet for RskAbout_RskNote_RskAbout {
    const TARGETS: &'static [(&'static str, Self)] = &[
        ("rsk_berth", Self::RskBerth),
        ("rsk_buoy", Self::RskBuoy),
        ("rsk_crane", Self::RskCrane),
        ("rsk_lock", Self::RskLock),
        ("rsk_note", Self::RskNote),
        ("rsk_pilot", Self::RskPilot),
    ];
    const ENTITY_SETS: &'static [(&'static str, &'static str)] = ENTITY_SETS;
}
impl rt::Accepts<super::rsk_note::RskNote> for RskAbout_RskNote_RskAbout {}
/// The groups below that are in this set.
#[diagnostic::do_not_recommend]
impl<T: rt::Grouped> rt::Accepts<T> for RskAbout_RskNote_RskAbout
    where T::Group: rt::Within<RskAbout_RskNote_RskAbout>
{}

/// A row of one of 6 tables.
pub enum RskAbout_RskPhoto_RskAbout {
    /// [`RskBerth`](super::rsk_berth::RskBerth).
    RskBerth,
    /// [`RskBuoy`](super::rsk_buoy::RskBuoy).
    RskBuoy,
    /// [`RskCrane`](super::rsk_crane::RskCrane).
    RskCrane,
    /// [`RskLock`](super::rsk_lock::RskLock).
    RskLock,
    /// [`RskPhoto`](super::rsk_photo::RskPhoto).
    RskPhoto,
    /// [`RskPilot`](super::rsk_pilot::RskPilot).
    RskPilot,
}

impl rt::TargetSet for RskAbout_RskPhoto_RskAbout {
    const TARGETS: &'static [(&'static str, Self)] = &[
        ("rsk_berth", Self::RskBerth),
        ("rsk_buoy", Self::RskBuoy),
        ("rsk_crane", Self::RskCrane),
        ("rsk_lock", Self::RskLock),
        ("rsk_photo", Self::RskPhoto),
        ("rsk_pilot", Self::RskPilot),
    ];
    const ENTITY_SETS: &'static [(&'static str, &'static str)] = ENTITY_SETS;
}
impl rt::Accepts<super::rsk_photo::RskPhoto> for RskAbout_RskPhoto_RskAbout {}
/// The groups below that are in this set.
#[diagnostic::do_not_recommend]
impl<T: rt::Grouped> rt::Accepts<T> for RskAbout_RskPhoto_RskAbout
    where T::Group: rt::Within<RskAbout_RskPhoto_RskAbout>
{}

/// A row of one of 6 tables.
pub enum RskAbout_RskSurvey_RskAbout {
    /// [`RskBerth`](super::rsk_berth::RskBerth).
    RskBerth,
    /// [`RskBuoy`](super::rsk_buoy::RskBuoy).
    RskBuoy,
    /// [`RskCrane`](super::rsk_crane::RskCrane).
    RskCrane,
    /// [`RskLock`](super::rsk_lock::RskLock).
    RskLock,
    /// [`RskPilot`](super::rsk_pilot::RskPilot).
    RskPilot,
    /// [`RskSurvey`](super::rsk_survey::RskSurvey).
    RskSurvey,
}

impl rt::TargetSet for RskAbout_RskSurvey_RskAbout {
    const TARGETS: &'static [(&'static str, Self)] = &[
        ("rsk_berth", Self::RskBerth),
        ("rsk_buoy", Self::RskBuoy),
        ("rsk_crane", Self::RskCrane),
        ("rsk_lock", Self::RskLock),
        ("rsk_pilot", Self::RskPilot),
        ("rsk_survey", Self::RskSurvey),
    ];
    const ENTITY_SETS: &'static [(&'static str, &'static str)] = ENTITY_SETS;
}
impl rt::Accepts<super::rsk_survey::RskSurvey> for RskAbout_RskSurvey_RskAbout {}
/// The groups below that are in this set.
#[diagnostic::do_not_recommend]
impl<T: rt::Grouped> rt::Accepts<T> for RskAbout_RskSurvey_RskAbout
    where T::Group: rt::Within<RskAbout_RskSurvey_RskAbout>
{}

/// Groups of tables that are in the same sets. What is told of a group is told of each of its tables.
pub mod groups {
    /// 5 tables.
    pub enum Group1 {}
}

impl rt::Within<RskAbout_RskDefect_RskAbout> for groups::Group1 {}
impl rt::Within<RskAbout_RskNote_RskAbout> for groups::Group1 {}
impl rt::Within<RskAbout_RskPhoto_RskAbout> for groups::Group1 {}
impl rt::Within<RskAbout_RskSurvey_RskAbout> for groups::Group1 {}
impl rt::Grouped for super::rsk_berth::RskBerth {
    type Group = groups::Group1;
}
impl rt::Grouped for super::rsk_buoy::RskBuoy {
    type Group = groups::Group1;
}
impl rt::Grouped for super::rsk_crane::RskCrane {
    type Group = groups::Group1;
}
impl rt::Grouped for super::rsk_lock::RskLock {
    type Group = groups::Group1;
}
impl rt::Grouped for super::rsk_pilot::RskPilot {
    type Group = groups::Group1;
}
