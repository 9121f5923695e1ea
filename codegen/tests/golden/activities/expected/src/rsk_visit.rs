//! rsk\_visit (`rsk_visit`)
//!
//! Entity set `rsk_visits`; primary id `activityid`; an activity.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<RskVisit, K, A, N>;

/// rsk\_visit (`rsk_visit`).
pub struct RskVisit;

/// The columns and relationships of [`RskVisit`].
pub struct Columns {
    /// **activityid**: unique identifier, required, set when the row is created.
    pub activityid: Column<kind::PrimaryId<RskVisit>, access::CreateOnly, rt::Required>,
    /// **createdby**: lookup to [`Systemuser`](super::systemuser::Systemuser), read-only.
    pub createdby: Column<kind::Lookup<super::systemuser::Systemuser>, access::ReadOnly>,
    /// **regardingobjectid**: lookup to [`Account`](super::account::Account) or [`RskVessel`](super::rsk_vessel::RskVessel).
    pub regardingobjectid: Column<kind::Lookup<super::targets::AccountOrRskVessel>>,
    /// **rsk\_berthid**: lookup to [`RskBerth`](super::rsk_berth::RskBerth).
    pub rsk_berthid: Column<kind::Lookup<super::rsk_berth::RskBerth>>,
    /// **rsk\_length**: whole number.
    pub rsk_length: Column<kind::WholeNumber>,
    /// **slaid**: lookup to [`Sla`](super::sla::Sla).
    pub slaid: Column<kind::Lookup<super::sla::Sla>>,
    /// **subject**: text.
    pub subject: Column<kind::Text>,
}

impl rt::Table for RskVisit {
    type Columns = Columns;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "rsk_visit",
        entity_set: "rsk_visits",
        primary_id: "activityid",
        primary_name: ::core::option::Option::None,
        is_activity: true,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: Columns = Columns {
        activityid: rt::column("activityid"),
        createdby: rt::lookup_to("_createdby_value", "systemuser", "createdby_rsk_visit"),
        regardingobjectid: rt::lookup("_regardingobjectid_value", &[("account", "regardingobjectid_account_rsk_visit"), ("rsk_vessel", "regardingobjectid_rsk_vessel_rsk_visit")]),
        rsk_berthid: rt::lookup_to("_rsk_berthid_value", "rsk_berth", "rsk_BerthId_rsk_visit"),
        rsk_length: rt::column("rsk_length"),
        slaid: rt::lookup_to("_slaid_value", "sla", "sla_rsk_visit_sla"),
        subject: rt::column("subject"),
    };
}
