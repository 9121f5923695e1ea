//! rsk\_plain (`rsk_plain`)
//!
//! Entity set `rsk_plains`; primary id `rsk_plainid`.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<RskPlain, K, A, N>;

/// rsk\_plain (`rsk_plain`).
pub struct RskPlain;

/// The columns and relationships of [`RskPlain`].
pub struct Columns {
    /// **rsk\_plainid**: unique identifier, required, set when the row is created.
    pub rsk_plainid: Column<kind::PrimaryId<RskPlain>, access::CreateOnly, rt::Required>,
    /// **rsk\_total**: money.
    pub rsk_total: Column<kind::MoneyAmount>,
    /// **rsk\_total\_base**: money, the value of `rsk_total` in the base currency, read-only.
    pub rsk_total_base: Column<kind::MoneyAmount, access::ReadOnly>,
    /// **rsk\_weight**: decimal number.
    pub rsk_weight: Column<kind::DecimalNumber>,
}

impl rt::Table for RskPlain {
    type Columns = Columns;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "rsk_plain",
        entity_set: "rsk_plains",
        primary_id: "rsk_plainid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: Columns = Columns {
        rsk_plainid: rt::column("rsk_plainid"),
        rsk_total: rt::column("rsk_total"),
        rsk_total_base: rt::column("rsk_total_base"),
        rsk_weight: rt::column("rsk_weight"),
    };
}

/// A row of [`RskPlain`] with all of its columns.
#[derive(::dataverse_runtime::Row)]
#[row(table = RskPlain, crate = ::dataverse_runtime)]
pub struct Row {
    /// rsk\_plainid
    pub rsk_plainid: rt::Id<RskPlain>,
    /// rsk\_total
    pub rsk_total: ::core::option::Option<rt::Money>,
    /// rsk\_total\_base
    pub rsk_total_base: ::core::option::Option<rt::Money>,
    /// rsk\_weight
    pub rsk_weight: ::core::option::Option<rt::Decimal>,
}
