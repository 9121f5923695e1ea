//! rsk\_photo (`rsk_photo`)
//!
//! Entity set `rsk_photos`; primary id `rsk_photoid`.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<RskPhoto, K, A, N>;

/// rsk\_photo (`rsk_photo`).
pub struct RskPhoto;

/// The columns and relationships of [`RskPhoto`].
pub struct Columns {
    /// **rsk\_about**: lookup to one of 6 tables, see [`RskAbout_RskPhoto_RskAbout`](super::targets::RskAbout_RskPhoto_RskAbout).
    pub rsk_about: Column<kind::Lookup<super::targets::RskAbout_RskPhoto_RskAbout>>,
    /// **rsk\_photoid**: unique identifier, required, set when the row is created.
    pub rsk_photoid: Column<kind::PrimaryId<RskPhoto>, access::CreateOnly, rt::Required>,
}

impl rt::Table for RskPhoto {
    type Columns = Columns;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "rsk_photo",
        entity_set: "rsk_photos",
        primary_id: "rsk_photoid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: Columns = Columns {
        rsk_about: rt::lookup("_rsk_about_value", &[("rsk_berth", "rsk_about_rsk_berth"), ("rsk_buoy", "rsk_about_rsk_buoy"), ("rsk_crane", "rsk_about_rsk_crane"), ("rsk_lock", "rsk_about_rsk_lock"), ("rsk_photo", "rsk_about_rsk_photo"), ("rsk_pilot", "rsk_about_rsk_pilot")]),
        rsk_photoid: rt::column("rsk_photoid"),
    };
}
