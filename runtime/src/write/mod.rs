//! Writes: assignments to columns, checked against what each write may set, the bodies they make, and the requests.
//!
//! A write is made of assignments. A column that isn't assigned stays as it is, `clear()` empties it, `set(..)` gives it a
//! value; lookups are written with `bind(..)`, and rows that are created along with `insert(..)`.

mod answer;
mod assign;
mod assignments;
mod body;
#[doc(hidden)]
pub(crate) mod checks;
#[cfg(feature = "client")]
mod client;
mod entry;
mod field;
mod links;
mod mandatory;
mod merge;
mod new_row;
mod party;
mod place;
mod related;
mod rows;
mod single;
mod state;

pub use answer::Upserted;
pub(crate) use answer::nothing;
pub use assign::{Assignment, Clearable};
pub use assignments::Assignments;
pub(crate) use body::body;
pub use body::{Body, create_body, update_body};
pub(crate) use entry::Entries;
#[doc(hidden)]
pub use field::Written;
pub use field::{ClearsBy, Fills, MayClear, NeverClears, Patch, WrittenTo};
pub use links::{associate, disassociate};
pub use mandatory::{At, Has, Here, In, Incomplete, Marked, SetBy, Sets, Unchecked, incomplete};
pub use merge::{Merging, merge};
pub use new_row::{NewRow, RowChanges};
pub use party::{Parties, Party, TakesParties, set_parties};
#[doc(hidden)]
pub use place::Place;
pub use place::TargetOf;
pub use related::Nests;
#[doc(hidden)]
pub use related::{BoundRows, NewRows};
pub use rows::{
    Deleting, New, OneRow, Updating, Upserting, create, create_row, delete, update, update_row, upsert,
    upsert_row,
};
pub use single::{Single, set_property};

/// A write that creates a row.
#[derive(Debug)]
pub enum Create {}
/// A write that changes a row.
#[derive(Debug)]
pub enum Update {}
/// A write that changes a row, or creates it if it isn't there.
#[derive(Debug)]
pub enum Upsert {}
