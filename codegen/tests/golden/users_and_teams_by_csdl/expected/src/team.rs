//! team (`team`)
//!
//! Entity set `teams`; primary id `teamid`.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<Team, K, A, N>;

/// team (`team`).
pub struct Team;

/// The columns and relationships of [`Team`].
pub struct Columns {
    /// **name**: text.
    pub name: Column<kind::Text>,
    /// **ownerid**: unique identifier.
    pub ownerid: Column<kind::UniqueId>,
    /// **teamid**: unique identifier, required, set when the row is created.
    pub teamid: Column<kind::PrimaryId<Team>, access::CreateOnly, rt::Required>,
}

impl rt::Table for Team {
    type Columns = Columns;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "team",
        entity_set: "teams",
        primary_id: "teamid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: Columns = Columns {
        name: rt::column("name"),
        ownerid: rt::column("ownerid"),
        teamid: rt::column("teamid"),
    };
}
