//! What may be done with a column: markers for the third parameter of [`Column`](crate::Column).

use crate::write::{Create, Update};

/// Readable, and set on create and on update.
pub enum ReadWrite {}
/// Readable; the service sets it.
pub enum ReadOnly {}
/// Readable, and set on create only.
pub enum CreateOnly {}
/// Readable, and set on update only.
pub enum UpdateOnly {}
/// Set on create and on update, never returned.
pub enum WriteOnly {}
/// Set on create only, never returned.
pub enum WriteOnlyOnCreate {}
/// Set on update only, never returned.
pub enum WriteOnlyOnUpdate {}

/// Access under which a column can be read, filtered and sorted by.
#[diagnostic::on_unimplemented(
    message = "this column can't be read",
    label = "the service never returns a `{Self}` column",
    note = "it can only be set; leave it out of rows, filters and orders"
)]
pub trait Readable {}
impl Readable for ReadWrite {}
impl Readable for ReadOnly {}
impl Readable for CreateOnly {}
impl Readable for UpdateOnly {}

/// Access under which a column can be set at all.
#[diagnostic::on_unimplemented(
    message = "this column is read-only",
    label = "the service sets this column itself and ignores what is sent for it",
    note = "leave it out of what is written"
)]
pub trait Writable {}
impl Writable for ReadWrite {}
impl Writable for CreateOnly {}
impl Writable for UpdateOnly {}
impl Writable for WriteOnly {}
impl Writable for WriteOnlyOnCreate {}
impl Writable for WriteOnlyOnUpdate {}

/// Access under which a column can be set by the write `M`: [`Create`] or [`Update`].
#[diagnostic::on_unimplemented(
    message = "this column can't be set on `{M}`",
    label = "the column's access is `{Self}`: the service ignores what is sent for it on `{M}`",
    note = "`CreateOnly` columns can be set while a row is created, `UpdateOnly` columns only afterwards"
)]
pub trait SettableOn<M> {}
impl SettableOn<Create> for ReadWrite {}
impl SettableOn<Update> for ReadWrite {}
impl SettableOn<Create> for CreateOnly {}
impl SettableOn<Update> for UpdateOnly {}
impl SettableOn<Create> for WriteOnly {}
impl SettableOn<Update> for WriteOnly {}
impl SettableOn<Create> for WriteOnlyOnCreate {}
impl SettableOn<Update> for WriteOnlyOnUpdate {}
// Never reached, because `Writable` refuses it first: this keeps the compiler to that one message.
impl<M> SettableOn<M> for ReadOnly {}
