//! rsk\_port (`rsk_port`)
//!
//! Entity set `rsk_ports`; primary id `rsk_portid`.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<RskPort, K, A, N>;

/// rsk\_port (`rsk_port`).
pub struct RskPort;

/// The columns and relationships of [`RskPort`].
pub struct Columns {
    /// **rsk\_code**: text.
    pub rsk_code: Column<kind::Text>,
    /// **rsk\_number**: whole number.
    pub rsk_number: Column<kind::WholeNumber>,
    /// **rsk\_portid**: unique identifier, required, set when the row is created.
    pub rsk_portid: Column<kind::PrimaryId<RskPort>, access::CreateOnly, rt::Required>,
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
        rsk_code: rt::column("rsk_code"),
        rsk_number: rt::column("rsk_number"),
        rsk_portid: rt::column("rsk_portid"),
    };
}

/// the alternate key `rsk_code_rsk_number` of [`RskPort`].
pub struct RskCodeRskNumberKey<'a> {
    /// rsk\_code
    pub rsk_code: &'a str,
    /// rsk\_number
    pub rsk_number: i32,
}

impl rt::AlternateKey for RskCodeRskNumberKey<'_> {
    type Table = RskPort;
    const NAME: &'static str = "rsk_code_rsk_number";
    fn parts(&self, key: &mut rt::KeyWriter) {
        key.part("rsk_code", &self.rsk_code);
        key.part("rsk_number", &self.rsk_number);
    }
}
