//! rsk\_port (`rsk_port`)
//!
//! Entity set `rsk_ports`; primary id `rsk_portid`.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<RskPort, K, A, N>;
type Collection<T> = rt::Collection<RskPort, T>;

/// rsk\_port (`rsk_port`).
pub struct RskPort;

/// The columns and relationships of [`RskPort`].
pub struct Columns {
    /// **iscustomizable**: managed property, required.
    pub iscustomizable: Column<kind::ManagedPropertyFlag, access::ReadWrite, rt::Required>,
    /// **rsk\_portid**: unique identifier, required, set when the row is created.
    pub rsk_portid: Column<kind::PrimaryId<RskPort>, access::CreateOnly, rt::Required>,
    /// Rows of `activitypointer`.
    pub rsk_port_activities: Collection<super::activitypointer::Activitypointer>,
    /// Rows of `rsk_sailor`.
    pub rsk_port_sailor: Collection<super::rsk_sailor::RskSailor>,
    /// Rows of `rsk_visit`.
    pub rsk_port_visits: Collection<super::rsk_visit::RskVisit>,
}

impl rt::Table for RskPort {
    type Columns = Columns;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "rsk_port",
        entity_set: "rsk_ports",
        primary_id: "rsk_portid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: Columns = Columns {
        iscustomizable: rt::column("iscustomizable"),
        rsk_portid: rt::column("rsk_portid"),
        rsk_port_activities: rt::collection("rsk_port_activities"),
        rsk_port_sailor: rt::many_to_many("rsk_port_sailor"),
        rsk_port_visits: rt::collection("rsk_port_visits"),
    };
}
