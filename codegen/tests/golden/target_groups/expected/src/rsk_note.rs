//! rsk\_note (`rsk_note`)
//!
//! Entity set `rsk_notes`; primary id `rsk_noteid`.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<RskNote, K, A, N>;

/// rsk\_note (`rsk_note`).
pub struct RskNote;

/// The columns and relationships of [`RskNote`].
pub struct Columns {
    /// **rsk\_about**: lookup to one of 6 tables, see [`RskAbout_RskNote_RskAbout`](super::targets::RskAbout_RskNote_RskAbout).
    pub rsk_about: Column<kind::Lookup<super::targets::RskAbout_RskNote_RskAbout>>,
    /// **rsk\_noteid**: unique identifier, required, set when the row is created.
    pub rsk_noteid: Column<kind::PrimaryId<RskNote>, access::CreateOnly, rt::Required>,
}

impl rt::Table for RskNote {
    type Columns = Columns;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "rsk_note",
        entity_set: "rsk_notes",
        primary_id: "rsk_noteid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: Columns = Columns {
        rsk_about: rt::lookup("_rsk_about_value", &[("rsk_berth", "rsk_about_rsk_berth"), ("rsk_buoy", "rsk_about_rsk_buoy"), ("rsk_crane", "rsk_about_rsk_crane"), ("rsk_lock", "rsk_about_rsk_lock"), ("rsk_note", "rsk_about_rsk_note"), ("rsk_pilot", "rsk_about_rsk_pilot")]),
        rsk_noteid: rt::column("rsk_noteid"),
    };
}
