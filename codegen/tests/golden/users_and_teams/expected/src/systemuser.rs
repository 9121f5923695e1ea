//! systemuser (`systemuser`)
//!
//! Entity set `systemusers`; primary id `systemuserid`; primary name `fullname`.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<SystemUser, K, A, N>;

/// systemuser (`systemuser`).
pub struct SystemUser;

/// The columns and relationships of [`SystemUser`].
pub struct Columns {
    /// **fullname**: text, at most 200 characters, read-only.
    pub fullname: Column<kind::Text, access::ReadOnly>,
    /// **ownerid**: unique identifier.
    pub ownerid: Column<kind::UniqueId>,
    /// **systemuserid**: unique identifier, required, set when the row is created.
    pub systemuserid: Column<kind::PrimaryId<SystemUser>, access::CreateOnly, rt::Required>,
}

impl rt::Table for SystemUser {
    type Columns = Columns;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "systemuser",
        entity_set: "systemusers",
        primary_id: "systemuserid",
        primary_name: ::core::option::Option::Some("fullname"),
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: Columns = Columns {
        fullname: rt::text("fullname", 200),
        ownerid: rt::column("ownerid"),
        systemuserid: rt::column("systemuserid"),
    };
}
