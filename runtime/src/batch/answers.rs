//! The answers to the operations of a batch.

use super::handle::{Handle, Reader};
use super::{Batch, Entry};
use crate::error::FailedOperation;
use crate::message::{Origin, Response};
use crate::pending::Answered;
use crate::{BatchError, Error, InvalidRequest, ServiceError};
use std::sync::Arc;

/// The answers to the operations of a batch, one for each.
#[derive(Debug)]
pub struct Answers {
    pub(super) operations: Vec<Entry>,
    pub(super) outcomes: Vec<Outcome>,
}

/// How an operation ended.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    /// With this answer.
    Answered(Response),
    /// Its change set was undone, because one of its operations failed, which the service may not say.
    Undone(Option<usize>, Response),
    /// It wasn't carried out, because this operation before it failed.
    NotReached(Option<usize>),
    /// There is no answer to it.
    Unanswered,
}

impl Answers {
    pub(super) fn of<C>(batch: Batch<C>, outcomes: Vec<Outcome>) -> Self {
        Self {
            operations: batch.operations,
            outcomes,
        }
    }

    /// What an operation gave. It can be asked for as often as one likes.
    ///
    /// # Errors
    /// As if the operation had been sent by itself, if the service refused it; with [`Error::Batch`] if it wasn't carried out,
    /// or undone with its change set, because another one failed; if the handle is another batch's.
    pub fn get<O, P>(&self, handle: Handle<O, P>) -> Result<O, Error> {
        self.read(handle).map(|(value, _)| value)
    }

    /// The same with what else the answer says: the session token of a write to an elastic table, and the row's version.
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub fn answered<O, P>(&self, handle: Handle<O, P>) -> Result<Answered<O>, Error> {
        let (value, response) = self.read(handle)?;
        Ok(Answered::of(value, response))
    }

    fn read<O, P>(&self, handle: Handle<O, P>) -> Result<(O, &Response), Error> {
        let found = self
            .operations
            .binary_search_by_key(&handle.number, |entry| entry.number);
        let at = found.map_err(|_| InvalidRequest::OtherBatch)?;
        let (entry, outcome) = (&self.operations[at], self.outcomes.get(at));
        let response = match outcome {
            Some(Outcome::Answered(response)) => response,
            _ => return Err(self.not_done(entry.origin, outcome)),
        };
        let value = Self::value(handle, entry, response)?;
        Ok((value, response))
    }

    fn value<O, P>(handle: Handle<O, P>, entry: &Entry, response: &Response) -> Result<O, Error> {
        let done = response.status.is_success();
        match handle.reader {
            Reader::Answered(read) if done => read(Ok(response.clone())),
            Reader::Answered(read) => read(Err(refused(response, entry.origin))),
            Reader::Sent(read) => match &entry.draft {
                Some(draft) if done => read(draft, response),
                _ => Err(refused(response, entry.origin)),
            },
            Reader::Kept(read) => match entry.kept.as_deref() {
                Some(kept) => read(kept, response),
                None => Err(refused(response, entry.origin)),
            },
        }
    }

    /// Fails if an operation wasn't done.
    ///
    /// # Errors
    /// That of the operation which failed first, as [`get`](Self::get) gives it.
    pub fn all_done(&self) -> Result<(), Error> {
        for (entry, outcome) in self.operations.iter().zip(&self.outcomes) {
            let (response, origin) = match outcome {
                Outcome::Answered(response) if response.status.is_success() => continue,
                Outcome::Answered(response) => (response, entry.origin),
                // Of its change set, the one that failed tells more.
                Outcome::Undone(Some(at), response) => match self.operations.get(*at) {
                    Some(failed) => (response, failed.origin),
                    None => (response, entry.origin),
                },
                other => return Err(self.not_done(entry.origin, Some(other))),
            };
            return Err(refused(response, origin));
        }
        Ok(())
    }

    fn not_done(&self, operation: Origin, outcome: Option<&Outcome>) -> Error {
        let failed = |at: Option<usize>| {
            let at = at?;
            let origin = self.operations.get(at)?.origin;
            Some(FailedOperation {
                position: at + 1,
                operation: origin,
            })
        };
        let error = match outcome {
            Some(Outcome::Undone(at, response)) => {
                let failed = failed(*at);
                let origin = failed.map_or(super::request::ORIGIN, |failed| failed.operation);
                BatchError::Undone {
                    operation,
                    failed,
                    cause: Arc::new(ServiceError::from_response(response, origin)),
                }
            }
            Some(Outcome::NotReached(at)) => BatchError::NotReached {
                operation,
                failed: failed(*at),
            },
            _ => BatchError::Unanswered { operation },
        };
        error.into()
    }
}

fn refused(response: &Response, origin: Origin) -> Error {
    Box::new(ServiceError::from_response(response, origin)).into()
}
