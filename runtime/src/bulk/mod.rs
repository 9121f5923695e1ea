//! Many rows of one table: the messages `CreateMultiple`, `UpdateMultiple`, `UpsertMultiple` and `DeleteMultiple`, and any
//! number of rows by many of them side by side.
//!
//! A message is one request: [`Client::create_multiple`](crate::Client::create_multiple) and its like. In a standard table
//! all its rows are written or none; in an elastic table each is written by itself.
//!
//! A bulk is as many requests as its rows need, as many at once as the service takes:
//! [`Client::bulk_create`](crate::Client::bulk_create) and its like give a `Bulk`.
//!
//! Without a client the functions here give a message as text
//! (<https://learn.microsoft.com/power-apps/developer/data-platform/bulk-operations>).

mod answer;
#[cfg(feature = "client")]
mod chunk;
#[cfg(feature = "client")]
mod client;
mod message;
#[cfg(feature = "client")]
mod parts;
#[cfg(feature = "client")]
mod report;
mod target;

#[cfg(feature = "client")]
pub use client::Bulk;
pub use message::{
    CreatingMultiple, DeletesMultiple, DeletesMultipleOf, DeletingMultiple, UpdatingMultiple,
    UpsertingMultiple, create_multiple, delete_multiple, update_multiple, upsert_multiple,
};
#[cfg(feature = "client")]
pub use parts::{BulkPart, BulkParts};
#[cfg(feature = "client")]
pub use report::BulkReport;
pub(crate) use target::{Target, body};
