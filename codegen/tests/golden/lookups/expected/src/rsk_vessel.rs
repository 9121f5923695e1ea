//! Vessel (`rsk_vessel`)
//!
//! Entity set `rsk_vessels`; primary id `rsk_vesselid`.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<RskVessel, K, A, N>;

/// Vessel (`rsk_vessel`).
pub struct RskVessel;

/// The columns and relationships of [`RskVessel`].
pub struct Columns {
    /// **customerid**: customer: [`Account`](super::account::Account) or [`Contact`](super::contact::Contact).
    pub customerid: Column<kind::Lookup<super::targets::Customer>>,
    /// **rsk\_externalid**: lookup to [`RskElsewhere`](super::rsk_elsewhere::RskElsewhere).
    pub rsk_externalid: Column<kind::Lookup<super::rsk_elsewhere::RskElsewhere>>,
    /// **Home port**: lookup to [`RskPort`](super::rsk_port::RskPort), required by forms.
    pub rsk_homeportid: Column<
        kind::Lookup<super::rsk_port::RskPort>,
        access::ReadWrite,
        rt::Needed<needs::rsk_homeportid>,
    >,
    /// **rsk\_parentid**: lookup to [Vessel](super::rsk_vessel::RskVessel).
    pub rsk_parentid: Column<kind::Lookup<RskVessel>>,
    /// **Party**: lookup to [`Account`](super::account::Account), [`Contact`](super::contact::Contact), [`RskPort`](super::rsk_port::RskPort) or [Vessel](super::rsk_vessel::RskVessel).
    pub rsk_partyid: Column<kind::Lookup<super::targets::RskPartyId>>,
    /// **rsk\_vesselid**: unique identifier, required, set when the row is created.
    pub rsk_vesselid: Column<kind::PrimaryId<RskVessel>, access::CreateOnly, rt::Required>,
    /// **stageid**: lookup to [`Processstage`](super::processstage::Processstage).
    pub stageid: Column<kind::Lookup<super::processstage::Processstage>>,
}

/// Markers of the columns that a create has to set.
pub mod needs {
    /// `rsk_homeportid`
    pub enum rsk_homeportid {}
}

impl rt::Table for RskVessel {
    type Columns = Columns;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = (needs::rsk_homeportid, ());
    const MANDATORY: &'static [&'static str] = &[
        "_rsk_homeportid_value",
    ];
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "rsk_vessel",
        entity_set: "rsk_vessels",
        primary_id: "rsk_vesselid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: Columns = Columns {
        customerid: rt::lookup("_customerid_value", &[("account", "customerid_account"), ("contact", "customerid_contact")]),
        rsk_externalid: rt::lookup("_rsk_externalid_value", &[]),
        rsk_homeportid: rt::lookup_to("_rsk_homeportid_value", "rsk_port", "rsk_HomePortId"),
        rsk_parentid: rt::lookup_to("_rsk_parentid_value", "rsk_vessel", "rsk_ParentId"),
        rsk_partyid: rt::lookup("_rsk_partyid_value", &[("account", "rsk_PartyId_account"), ("contact", "rsk_PartyId_contact"), ("rsk_port", "rsk_PartyId_rsk_port"), ("rsk_vessel", "rsk_PartyId_rsk_vessel")]),
        rsk_vesselid: rt::column("rsk_vesselid"),
        stageid: rt::lookup_to("stageid", "processstage", "stageid_processstage"),
    };
}

/// A row of [`RskVessel`] with all of its columns.
#[derive(::dataverse_runtime::Row)]
#[row(table = RskVessel, crate = ::dataverse_runtime)]
pub struct Row {
    /// customerid
    pub customerid: ::core::option::Option<rt::Reference<super::targets::Customer>>,
    /// rsk\_externalid
    pub rsk_externalid: ::core::option::Option<
        rt::Id<super::rsk_elsewhere::RskElsewhere>,
    >,
    /// Home port
    pub rsk_homeportid: ::core::option::Option<rt::Id<super::rsk_port::RskPort>>,
    /// rsk\_parentid
    pub rsk_parentid: ::core::option::Option<rt::Id<RskVessel>>,
    /// Party
    pub rsk_partyid: ::core::option::Option<rt::Reference<super::targets::RskPartyId>>,
    /// rsk\_vesselid
    pub rsk_vesselid: rt::Id<RskVessel>,
    /// stageid
    pub stageid: ::core::option::Option<rt::Id<super::processstage::Processstage>>,
}
