//! Where a table's rows live: markers for [`Table::Storage`], and the bound that asks whether an id is enough.

use crate::Table;
use std::any::TypeId;

/// Rows in the environment's SQL database.
pub enum Standard {}
/// Rows in partitions of a document store.
pub enum Elastic {}
/// Rows that a provider fetches from elsewhere.
pub enum Virtual {}

/// Tables in which an id alone identifies a row.
pub trait FoundById: Table {}
impl<T: Table> FoundById for T where T::Storage: FindsById<T> {}

/// Storage in which an id alone identifies a row of `T`.
#[diagnostic::on_unimplemented(
    message = "a row of `{T}` is not identified by its id alone",
    label = "`{T}` is an elastic table: the same id can exist once per partition",
    note = "give the partition together with the id"
)]
pub trait FindsById<T> {}
impl<T> FindsById<T> for Standard {}
impl<T> FindsById<T> for Virtual {}

/// Whether rows of `T` live in partitions.
pub(crate) fn is_elastic<T: Table>() -> bool {
    TypeId::of::<T::Storage>() == TypeId::of::<Elastic>()
}
