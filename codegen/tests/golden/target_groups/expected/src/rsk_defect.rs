//! rsk\_defect (`rsk_defect`)
//!
//! Entity set `rsk_defects`; primary id `rsk_defectid`.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<RskDefect, K, A, N>;

/// rsk\_defect (`rsk_defect`).
pub struct RskDefect;

/// The columns and relationships of [`RskDefect`].
pub struct Columns {
    /// **rsk\_about**: lookup to one of 6 tables, see [`RskAbout_RskDefect_RskAbout`](super::targets::RskAbout_RskDefect_RskAbout).
    pub rsk_about: Column<kind::Lookup<super::targets::RskAbout_RskDefect_RskAbout>>,
    /// **rsk\_defectid**: unique identifier, required, set when the row is created.
    pub rsk_defectid: Column<kind::PrimaryId<RskDefect>, access::CreateOnly, rt::Required>,
}

impl rt::Table for RskDefect {
    type Columns = Columns;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "rsk_defect",
        entity_set: "rsk_defects",
        primary_id: "rsk_defectid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: Columns = Columns {
        rsk_about: rt::lookup("_rsk_about_value", &[("rsk_berth", "rsk_about_rsk_berth"), ("rsk_buoy", "rsk_about_rsk_buoy"), ("rsk_crane", "rsk_about_rsk_crane"), ("rsk_defect", "rsk_about_rsk_defect"), ("rsk_lock", "rsk_about_rsk_lock"), ("rsk_pilot", "rsk_about_rsk_pilot")]),
        rsk_defectid: rt::column("rsk_defectid"),
    };
}
