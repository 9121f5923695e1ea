//! rsk\_order (`rsk_order`)
//!
//! Entity set `rsk_orders`; primary id `rsk_orderid`.

use ::dataverse_runtime::{self as rt, access, kind};

type Column<K, A = access::ReadWrite, N = rt::Nullable> = rt::Column<RskOrder, K, A, N>;

/// rsk\_order (`rsk_order`).
pub struct RskOrder;

/// The columns and relationships of [`RskOrder`].
pub struct Columns {
    /// **exchangerate**: decimal number from 0.0000000001 to 100000000000, 10 decimals, read-only.
    pub exchangerate: Column<kind::DecimalNumber, access::ReadOnly>,
    /// **rsk\_orderid**: unique identifier, required, set when the row is created.
    pub rsk_orderid: Column<kind::PrimaryId<RskOrder>, access::CreateOnly, rt::Required>,
    /// **rsk\_share**: decimal number, 1 decimal, calculated.
    pub rsk_share: Column<kind::DecimalNumber>,
    /// **Total**: money from -922337203685477 to 922337203685477, with the currency's decimals.
    pub rsk_total: Column<kind::MoneyAmount>,
    /// **rsk\_total\_base**: money, 4 decimals, the value of `rsk_total` in the base currency, read-only.
    pub rsk_total_base: Column<kind::MoneyAmount, access::ReadOnly>,
}

impl rt::Table for RskOrder {
    type Columns = Columns;
    type ChangeTracking = rt::capability::Unknown;
    type Storage = rt::storage::Standard;
    type Mandatory = ();
    const META: rt::TableMeta = rt::TableMeta {
        logical_name: "rsk_order",
        entity_set: "rsk_orders",
        primary_id: "rsk_orderid",
        primary_name: ::core::option::Option::None,
        is_activity: false,
        optimistic_concurrency: ::core::option::Option::None,
    };
    const COLUMNS: Columns = Columns {
        exchangerate: rt::column("exchangerate"),
        rsk_orderid: rt::column("rsk_orderid"),
        rsk_share: rt::column("rsk_share"),
        rsk_total: rt::column("rsk_total"),
        rsk_total_base: rt::column("rsk_total_base"),
    };
}

/// A row of [`RskOrder`] with all of its columns.
#[derive(::dataverse_runtime::Row)]
#[row(table = RskOrder, crate = ::dataverse_runtime)]
pub struct Row {
    /// exchangerate
    pub exchangerate: ::core::option::Option<rt::Decimal>,
    /// rsk\_orderid
    pub rsk_orderid: rt::Id<RskOrder>,
    /// rsk\_share
    pub rsk_share: ::core::option::Option<rt::Decimal>,
    /// Total
    pub rsk_total: ::core::option::Option<rt::Money>,
    /// rsk\_total\_base
    pub rsk_total_base: ::core::option::Option<rt::Money>,
}
