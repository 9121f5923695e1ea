//! The sets of tables that lookups with several targets point at.

use ::dataverse_runtime as rt;

/// The entity set of each table, by name.
const ENTITY_SETS: &[(&str, &str)] = &[
    ("activitypointer", "activitypointers"),
    ("rsk_visit", "rsk_visits"),
];

/// A row of one of 2 tables.
pub enum ActivitypointerOrRskVisit {
    /// [`Activitypointer`](super::activitypointer::Activitypointer).
    Activitypointer,
    /// [`RskVisit`](super::rsk_visit::RskVisit).
    RskVisit,
}

impl rt::TargetSet for ActivitypointerOrRskVisit {
    const TARGETS: &'static [(&'static str, Self)] = &[
        ("activitypointer", Self::Activitypointer),
        ("rsk_visit", Self::RskVisit),
    ];
    const ENTITY_SETS: &'static [(&'static str, &'static str)] = ENTITY_SETS;
}
impl rt::Accepts<super::activitypointer::Activitypointer> for ActivitypointerOrRskVisit {}
impl rt::Accepts<super::rsk_visit::RskVisit> for ActivitypointerOrRskVisit {}
