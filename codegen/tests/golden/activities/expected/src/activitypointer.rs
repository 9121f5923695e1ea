//! activitypointer (`activitypointer`)
//!
//! Entity set `activitypointers`; primary id `activityid`; an activity.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<Activitypointer, K, A, N>;

/// activitypointer (`activitypointer`).
pub struct Activitypointer;

/// The columns and relationships of [`Activitypointer`].
pub struct Columns {
    /// **activityid**: unique identifier, required, set when the row is created.
    pub activityid: Column<kind::PrimaryId<Activitypointer>, access::CreateOnly, rt::Required>,
    /// **createdby**: lookup to [`Systemuser`](super::systemuser::Systemuser), read-only.
    pub createdby: Column<kind::Lookup<super::systemuser::Systemuser>, access::ReadOnly>,
    /// **regardingobjectid**: lookup to [`Account`](super::account::Account) or [`RskVessel`](super::rsk_vessel::RskVessel).
    pub regardingobjectid: Column<kind::Lookup<super::targets::AccountOrRskVessel>>,
    /// **slaid**: lookup to [`Sla`](super::sla::Sla).
    pub slaid: Column<kind::Lookup<super::sla::Sla>>,
    /// **subject**: text.
    pub subject: Column<kind::Text>,
}

impl rt::Table for Activitypointer {
    type Columns = Columns;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "activitypointer",
        entity_set: "activitypointers",
        primary_id: "activityid",
        primary_name: ::core::option::Option::None,
        is_activity: true,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: Columns = Columns {
        activityid: rt::column("activityid"),
        createdby: rt::lookup_to("_createdby_value", "systemuser", "createdby_activitypointer"),
        regardingobjectid: rt::lookup("_regardingobjectid_value", &[("account", "regardingobjectid_account"), ("rsk_vessel", "regardingobjectid_rsk_vessel")]),
        slaid: rt::lookup_to("_slaid_value", "sla", "sla_activitypointer_sla"),
        subject: rt::column("subject"),
    };
}
