//! What stands for an operation until its answer is there, and for a row until it is created.

use crate::message::Response;
use crate::write::OneRow;
use crate::{Error, Id, RowAddress, Table, Upserted, pending};
use std::any::Any;
use std::fmt;
use std::marker::PhantomData;
use std::sync::atomic::{AtomicU64, Ordering};

/// An operation of a batch, which [`Answers::get`](super::Answers::get) gives the answer to: an `O`.
///
/// `P` says where it stands: [`Alone`], or [`InChangeSet`].
pub struct Handle<O, P = Alone> {
    pub(super) number: u64,
    pub(super) reader: Reader<O>,
    of: PhantomData<fn() -> P>,
}

/// The operation stands by itself.
#[derive(Debug)]
pub enum Alone {}
/// The operation stands in a change set.
#[derive(Debug)]
pub enum InChangeSet {}

/// How an answer is read.
pub(crate) enum Reader<O> {
    /// By the request that was made, if the answer is a success.
    Sent(pending::Reader<O>),
    /// By the answer, or by why there is none.
    Answered(fn(Result<Response, Error>) -> Result<O, Error>),
    /// By what the operation keeps.
    Kept(fn(&dyn Any, &Response) -> Result<O, Error>),
}

impl<O> Clone for Reader<O> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<O> Copy for Reader<O> {}

impl<O, P> Handle<O, P> {
    pub(super) fn new(number: u64, reader: Reader<O>) -> Self {
        Self {
            number,
            reader,
            of: PhantomData,
        }
    }
}

impl<O, P> Clone for Handle<O, P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<O, P> Copy for Handle<O, P> {}

impl<O, P> fmt::Debug for Handle<O, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Handle").field(&self.number).finish()
    }
}

/// What operations give that tell one row's id: its row can be referred to behind them.
pub trait GivesRow {
    /// The row's table.
    type Table: Table;
}
impl<T: Table> GivesRow for Id<T> {
    type Table = T;
}
impl<T: Table> GivesRow for Upserted<Id<T>> {
    type Table = T;
}

impl<O: GivesRow> Handle<O, InChangeSet> {
    /// The row, for the operations behind this one in the same change set: lookups can be bound to it, and it can be
    /// written to. Elsewhere it makes the request [invalid](crate::InvalidRequest::UnknownReference).
    pub fn reference(self) -> CreatedRow<O::Table> {
        CreatedRow {
            number: self.number,
            of: PhantomData,
        }
    }
}

/// A row that a change set writes, for the operations behind the one that does.
///
/// Its text is the service's: `$1`. No two operations of a program have the same number.
pub struct CreatedRow<T> {
    number: u64,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for CreatedRow<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for CreatedRow<T> {}

impl<T> fmt::Display for CreatedRow<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "${}", self.number)
    }
}

impl<T> fmt::Debug for CreatedRow<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CreatedRow").field(&self.number).finish()
    }
}

impl<T: Table> RowAddress for CreatedRow<T> {
    type Table = T;

    fn key(&self) -> String {
        self.to_string()
    }

    fn path(&self) -> String {
        self.to_string()
    }
}

impl<T: Table> OneRow for CreatedRow<T> {}

/// A number that no other operation has.
pub(super) fn fresh_number() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}
