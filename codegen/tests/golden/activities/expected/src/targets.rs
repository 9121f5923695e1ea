//! The sets of tables that lookups with several targets point at.

use ::dataverse_runtime as rt;

/// The entity set of each table, by name.
const ENTITY_SETS: &[(&str, &str)] = &[
    ("account", "accounts"),
    ("rsk_vessel", "rsk_vessels"),
];

/// A row of one of 2 tables.
pub enum AccountOrRskVessel {
    /// [`Account`](super::account::Account).
    Account,
    /// [`RskVessel`](super::rsk_vessel::RskVessel).
    RskVessel,
}

impl rt::TargetSet for AccountOrRskVessel {
    const TARGETS: &'static [(&'static str, Self)] = &[
        ("account", Self::Account),
        ("rsk_vessel", Self::RskVessel),
    ];
    const ENTITY_SETS: &'static [(&'static str, &'static str)] = ENTITY_SETS;
}
impl rt::Accepts<super::account::Account> for AccountOrRskVessel {}
impl rt::Accepts<super::rsk_vessel::RskVessel> for AccountOrRskVessel {}
