//! What may be done with a column: markers for the third parameter of [`Column`](crate::Column).

use crate::write::{Create, Update, Upsert};

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
#[diagnostic::do_not_recommend]
impl Readable for ReadWrite {}
#[diagnostic::do_not_recommend]
impl Readable for ReadOnly {}
#[diagnostic::do_not_recommend]
impl Readable for CreateOnly {}
#[diagnostic::do_not_recommend]
impl Readable for UpdateOnly {}

/// Access under which a column can be set at all.
#[diagnostic::on_unimplemented(
    message = "this column is read-only",
    label = "the service sets this column itself and ignores what is sent for it",
    note = "leave it out of what is written"
)]
pub trait Writable {}
#[diagnostic::do_not_recommend]
impl Writable for ReadWrite {}
#[diagnostic::do_not_recommend]
impl Writable for CreateOnly {}
#[diagnostic::do_not_recommend]
impl Writable for UpdateOnly {}
#[diagnostic::do_not_recommend]
impl Writable for WriteOnly {}
#[diagnostic::do_not_recommend]
impl Writable for WriteOnlyOnCreate {}
#[diagnostic::do_not_recommend]
impl Writable for WriteOnlyOnUpdate {}

/// Writes, [`Create`], [`Update`] or [`Upsert`], in which a column with access `A` can be set.
// The write is `Self`, not the parameter, so that the compiler has to know it before it chooses an implementation:
// otherwise it would take a column that can only be set on create as proof that this is a create.
#[diagnostic::on_unimplemented(
    message = "this column can't be set on `{Self}`",
    label = "the column is `{A}`: the service ignores what is sent for it on `{Self}`",
    note = "a `CreateOnly` column can be set while a row is created, an `UpdateOnly` column only afterwards"
)]
pub trait MaySet<A> {}
#[diagnostic::do_not_recommend]
impl MaySet<ReadWrite> for Create {}
#[diagnostic::do_not_recommend]
impl MaySet<ReadWrite> for Update {}
#[diagnostic::do_not_recommend]
impl MaySet<CreateOnly> for Create {}
#[diagnostic::do_not_recommend]
impl MaySet<UpdateOnly> for Update {}
#[diagnostic::do_not_recommend]
impl MaySet<WriteOnly> for Create {}
#[diagnostic::do_not_recommend]
impl MaySet<WriteOnly> for Update {}
#[diagnostic::do_not_recommend]
impl MaySet<WriteOnlyOnCreate> for Create {}
#[diagnostic::do_not_recommend]
impl MaySet<WriteOnlyOnUpdate> for Update {}
#[diagnostic::do_not_recommend]
impl MaySet<ReadWrite> for Upsert {}
#[diagnostic::do_not_recommend]
impl MaySet<CreateOnly> for Upsert {}
#[diagnostic::do_not_recommend]
impl MaySet<WriteOnly> for Upsert {}
#[diagnostic::do_not_recommend]
impl MaySet<WriteOnlyOnCreate> for Upsert {}
// Never reached, because `Writable` refuses it first: this keeps the compiler to that one message.
#[diagnostic::do_not_recommend]
impl<M> MaySet<ReadOnly> for M {}
