//! systemuser (`systemuser`)
//!
//! Entity set `systemusers`; primary id `systemuserid`.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<Systemuser, K, A, N>;

/// systemuser (`systemuser`).
pub struct Systemuser;

/// The columns and relationships of [`Systemuser`].
pub struct Columns {
    /// **fullname**: text.
    pub fullname: Column<kind::Text>,
    /// **ownerid**: unique identifier.
    pub ownerid: Column<kind::UniqueId>,
    /// **systemuserid**: unique identifier, required, set when the row is created.
    pub systemuserid: Column<kind::PrimaryId<Systemuser>, access::CreateOnly, rt::Required>,
}

impl rt::Table for Systemuser {
    type Columns = Columns;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "systemuser",
        entity_set: "systemusers",
        primary_id: "systemuserid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: Columns = Columns {
        fullname: rt::column("fullname"),
        ownerid: rt::column("ownerid"),
        systemuserid: rt::column("systemuserid"),
    };
}
