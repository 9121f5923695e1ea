//! Schiff (`rsk_vessel`)
//!
//! What sails. Or steams.
//!
//! In other languages: Vessel (1033), 船 (1041).
//!
//! Entity set `rsk_vessels`; primary id `rsk_vesselid`; primary name `rsk_name`; elastic table; ownership `UserOwned`; changes are tracked; updates can be conditional on the row version.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<RskVessel, K, A, N>;

/// Schiff (`rsk_vessel`).
pub struct RskVessel;

/// The columns and relationships of [`RskVessel`].
pub struct Columns {
    /// **rsk\_draught**: floating-point number, 2 decimals, rolled up from related rows.
    pub rsk_draught: Column<kind::FloatNumber>,
    /// **rsk\_kind**: table name.
    pub rsk_kind: Column<kind::TableName>,
    /// **rsk\_length**: whole number from 0 to 500.
    pub rsk_length: Column<kind::WholeNumber>,
    /// **rsk\_lock**: managed property.
    pub rsk_lock: Column<kind::ManagedPropertyFlag>,
    /// **rsk\_log**: multiline text, at most 2000 characters.
    pub rsk_log: Column<kind::Memo>,
    /// **rsk\_name**: text (Email), at most 100 characters, required by forms, numbered as `V-{SEQNUM:5}`.
    pub rsk_name: Column<kind::Text>,
    /// **rsk\_portid**: lookup to [`RskPort`](super::rsk_port::RskPort).
    pub rsk_portid: Column<kind::Lookup<super::rsk_port::RskPort>>,
    /// **rsk\_secured**: text, required, protected by column security.
    pub rsk_secured: Column<kind::Text, access::ReadWrite, rt::Needed<needs::rsk_secured>>,
    /// **rsk\_seen**: date and time, an instant.
    pub rsk_seen: Column<kind::UserLocal>,
    /// **rsk\_tide**: date and time, the same in every time zone, recommended.
    pub rsk_tide: Column<kind::TimeZoneIndependent>,
    /// **rsk\_vesselid**: unique identifier, required, set when the row is created.
    pub rsk_vesselid: Column<kind::PrimaryId<RskVessel>, access::CreateOnly, rt::Required>,
}

/// Markers of the columns that a create has to set.
pub mod needs {
    /// `rsk_secured`
    pub enum rsk_secured {}
}

impl rt::Table for RskVessel {
    type Columns = Columns;
    type ChangeTracking = rt::capability::Supported;
    type Storage = rt::storage::Elastic;
    type Mandatory = (needs::rsk_secured, ());
    const MANDATORY: &'static [&'static str] = &[
        "rsk_secured",
    ];
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "rsk_vessel",
        entity_set: "rsk_vessels",
        primary_id: "rsk_vesselid",
        primary_name: ::core::option::Option::Some("rsk_name"),
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::Some(true),
    };
    const COLUMNS: Columns = Columns {
        rsk_draught: rt::column("rsk_draught"),
        rsk_kind: rt::column("rsk_kind"),
        rsk_length: rt::column("rsk_length"),
        rsk_lock: rt::column("rsk_lock"),
        rsk_log: rt::text("rsk_log", 2000),
        rsk_name: rt::text("rsk_name", 100),
        rsk_portid: rt::lookup_to("_rsk_portid_value", "rsk_port", "rsk_PortId"),
        rsk_secured: rt::column("rsk_secured"),
        rsk_seen: rt::column("rsk_seen"),
        rsk_tide: rt::column("rsk_tide"),
        rsk_vesselid: rt::column("rsk_vesselid"),
    };
}

/// A row of [`RskVessel`] with all of its columns.
#[derive(::dataverse_runtime::Row)]
#[row(table = RskVessel, crate = ::dataverse_runtime)]
pub struct Row {
    /// rsk\_draught
    pub rsk_draught: ::core::option::Option<f64>,
    /// rsk\_kind
    pub rsk_kind: ::core::option::Option<::std::string::String>,
    /// rsk\_length
    pub rsk_length: ::core::option::Option<i32>,
    /// rsk\_lock
    pub rsk_lock: ::core::option::Option<rt::ManagedFlag>,
    /// rsk\_log
    pub rsk_log: ::core::option::Option<::std::string::String>,
    /// rsk\_name
    pub rsk_name: ::core::option::Option<::std::string::String>,
    /// rsk\_portid
    pub rsk_portid: ::core::option::Option<rt::Id<super::rsk_port::RskPort>>,
    /// rsk\_secured
    pub rsk_secured: ::core::option::Option<::std::string::String>,
    /// rsk\_seen
    pub rsk_seen: ::core::option::Option<rt::Timestamp>,
    /// rsk\_tide
    pub rsk_tide: ::core::option::Option<rt::civil::DateTime>,
    /// rsk\_vesselid
    pub rsk_vesselid: rt::Id<RskVessel>,
}
