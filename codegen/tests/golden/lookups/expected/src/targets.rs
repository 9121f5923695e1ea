//! The sets of tables that lookups with several targets point at.

use ::dataverse_runtime as rt;

/// The entity set of each table, by name.
const ENTITY_SETS: &[(&str, &str)] = &[
    ("account", "accounts"),
    ("contact", "contacts"),
    ("rsk_port", "rsk_ports"),
    ("rsk_vessel", "rsk_vessels"),
];

/// A row of one of 2 tables.
pub enum Customer {
    /// [`Account`](super::account::Account).
    Account,
    /// [`Contact`](super::contact::Contact).
    Contact,
}

impl rt::TargetSet for Customer {
    const TARGETS: &'static [(&'static str, Self)] = &[
        ("account", Self::Account),
        ("contact", Self::Contact),
    ];
    const ENTITY_SETS: &'static [(&'static str, &'static str)] = ENTITY_SETS;
}
impl rt::Accepts<super::account::Account> for Customer {}
impl rt::Accepts<super::contact::Contact> for Customer {}

/// A row of one of 4 tables.
pub enum RskPartyId {
    /// [`Account`](super::account::Account).
    Account,
    /// [`Contact`](super::contact::Contact).
    Contact,
    /// [`RskPort`](super::rsk_port::RskPort).
    RskPort,
    /// [Vessel](super::rsk_vessel::RskVessel).
    RskVessel,
}

impl rt::TargetSet for RskPartyId {
    const TARGETS: &'static [(&'static str, Self)] = &[
        ("account", Self::Account),
        ("contact", Self::Contact),
        ("rsk_port", Self::RskPort),
        ("rsk_vessel", Self::RskVessel),
    ];
    const ENTITY_SETS: &'static [(&'static str, &'static str)] = ENTITY_SETS;
}
impl rt::Accepts<super::account::Account> for RskPartyId {}
impl rt::Accepts<super::contact::Contact> for RskPartyId {}
impl rt::Accepts<super::rsk_port::RskPort> for RskPartyId {}
impl rt::Accepts<super::rsk_vessel::RskVessel> for RskPartyId {}
