//! rsk\_vessel (`rsk_vessel`)
//!
//! Entity set `rsk_vessels`; primary id `rsk_vesselid`.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<RskVessel, K, A, N>;

/// rsk\_vessel (`rsk_vessel`).
pub struct RskVessel;

/// The columns and relationships of [`RskVessel`].
pub struct Columns {
    /// **rsk\_photo**: image, thumbnail at most 144 by 144 pixels, in full at most 10240 KB.
    pub rsk_photo: Column<kind::ImageData>,
    /// **rsk\_photo\_timestamp**: big integer, read-only.
    pub rsk_photo_timestamp: Column<kind::BigInteger, access::ReadOnly>,
    /// **rsk\_photo\_url**: text (Url), at most 200 characters, read-only.
    pub rsk_photo_url: Column<kind::Text, access::ReadOnly>,
    /// **rsk\_photoid**: unique identifier, read-only.
    pub rsk_photoid: Column<kind::UniqueId, access::ReadOnly>,
    /// **rsk\_plan**: file, at most 32768 KB; the row holds its id.
    pub rsk_plan: Column<kind::FileContent>,
    /// **rsk\_plan\_name**: text, read-only.
    pub rsk_plan_name: Column<kind::Text, access::ReadOnly>,
    /// **rsk\_vesselid**: unique identifier, required, set when the row is created.
    pub rsk_vesselid: Column<kind::PrimaryId<RskVessel>, access::CreateOnly, rt::Required>,
}

impl rt::Table for RskVessel {
    type Columns = Columns;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "rsk_vessel",
        entity_set: "rsk_vessels",
        primary_id: "rsk_vesselid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: Columns = Columns {
        rsk_photo: rt::column("rsk_photo"),
        rsk_photo_timestamp: rt::column("rsk_photo_timestamp"),
        rsk_photo_url: rt::text("rsk_photo_url", 200),
        rsk_photoid: rt::column("rsk_photoid"),
        rsk_plan: rt::column("rsk_plan"),
        rsk_plan_name: rt::column("rsk_plan_name"),
        rsk_vesselid: rt::column("rsk_vesselid"),
    };
}

/// A row of [`RskVessel`] with all of its columns.
#[derive(::dataverse_runtime::Row)]
#[row(table = RskVessel, crate = ::dataverse_runtime)]
pub struct Row {
    /// rsk\_photo
    pub rsk_photo: ::core::option::Option<rt::Bytes>,
    /// rsk\_photo\_timestamp
    pub rsk_photo_timestamp: ::core::option::Option<i64>,
    /// rsk\_photo\_url
    pub rsk_photo_url: ::core::option::Option<::std::string::String>,
    /// rsk\_photoid
    pub rsk_photoid: ::core::option::Option<rt::Uuid>,
    /// rsk\_plan
    pub rsk_plan: ::core::option::Option<rt::Uuid>,
    /// rsk\_plan\_name
    pub rsk_plan_name: ::core::option::Option<::std::string::String>,
    /// rsk\_vesselid
    pub rsk_vesselid: rt::Id<RskVessel>,
}
