//! What a table can do: markers for [`Table::ChangeTracking`], and the bound that asks for it.

use crate::Table;

/// The environment says yes.
pub enum Supported {}
/// The environment says no.
pub enum Unsupported {}
/// The metadata doesn't say.
pub enum Unknown {}

/// Tables whose changes can be followed. Implemented for every table that doesn't rule it out.
pub trait ChangeTracked: Table {}
impl<T: Table> ChangeTracked for T where T::ChangeTracking: TracksChangesOf<T> {}

/// A capability marker that doesn't rule out following the changes of `T`.
#[diagnostic::on_unimplemented(
    message = "`{T}` does not track changes",
    label = "change tracking is turned off for this table",
    note = "turn on \"Track changes\" in the table's properties, fetch the metadata and generate again"
)]
pub trait TracksChangesOf<T> {}
impl<T> TracksChangesOf<T> for Supported {}
impl<T> TracksChangesOf<T> for Unknown {}
