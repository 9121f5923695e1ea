//! The sets of tables that lookups with several targets point at.

use ::dataverse_runtime as rt;

/// The entity set of each table, by name.
const ENTITY_SETS: &[(&str, &str)] = &[
    ("systemuser", "systemusers"),
    ("team", "teams"),
];

/// A row of one of 2 tables.
pub enum Owner {
    /// [`SystemUser`](super::systemuser::SystemUser).
    SystemUser,
    /// [`Team`](super::team::Team).
    Team,
}

impl rt::TargetSet for Owner {
    const TARGETS: &'static [(&'static str, Self)] = &[
        ("systemuser", Self::SystemUser),
        ("team", Self::Team),
    ];
    const ENTITY_SETS: &'static [(&'static str, &'static str)] = ENTITY_SETS;
}
impl rt::Accepts<super::systemuser::SystemUser> for Owner {}
impl rt::Accepts<super::team::Team> for Owner {}
