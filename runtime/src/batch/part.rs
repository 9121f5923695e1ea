//! What can stand in a batch, and what of it in a change set.

use super::handle::Reader;
use crate::decode::Page;
use crate::message::{Origin, Repeat, Request, RequestOptions};
use crate::operation::{Calling, OperationKind};
use crate::pending::{Draft, Offline, Pending};
use crate::query::{Query, Retrieve};
use crate::write::{Deleting, Merging, New, Single, Updating, Upserting};
use crate::{InvalidRequest, Operation, Row, decode};

/// What can stand in a batch: a write, call or read that isn't sent yet, made by a client or without one.
///
/// One that a client made keeps the options of that client, others get those of the batch's.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't stand in a batch",
    label = "expected a write, a call, a query or a read of one row, which isn't awaited",
    note = "as in `batch.add(client.update(id, |a| ..))`"
)]
pub trait InBatch {
    /// What its answer is read into.
    type Output;

    /// The request.
    #[doc(hidden)]
    fn part(self) -> Part<Self::Output>;
}

/// A request on its way into a batch.
#[doc(hidden)]
pub struct Part<O> {
    pub(super) request: Result<Request, InvalidRequest>,
    pub(super) reader: Reader<O>,
    pub(super) draft: Option<Draft>,
    pub(super) origin: Origin,
    /// Its options are in the request already.
    pub(super) has_options: bool,
}

/// What makes a request: a client, whose options it carries, or nobody.
#[doc(hidden)]
pub trait Maker {
    fn options(&self) -> Option<&RequestOptions>;
}

impl Maker for Offline {
    fn options(&self) -> Option<&RequestOptions> {
        None
    }
}

#[cfg(feature = "client")]
impl Maker for crate::Client {
    fn options(&self) -> Option<&RequestOptions> {
        Some(self.options())
    }
}

fn part<O>(
    maker: &impl Maker,
    request: Result<Request, InvalidRequest>,
    origin: Origin,
    reader: Reader<O>,
    draft: Option<Draft>,
) -> Part<O> {
    let options = maker.options();
    Part {
        request: match options {
            Some(options) => request.map(|request| options.apply(request)),
            None => request,
        },
        reader,
        draft,
        origin,
        has_options: options.is_some(),
    }
}

impl<W, O, C: Maker> InBatch for Pending<W, O, C> {
    type Output = O;

    fn part(self) -> Part<O> {
        let Self {
            draft, read, client, ..
        } = self;
        let origin = draft.origin;
        let request = match &draft.reads_row {
            Some(reads) if reads.always => Err(InvalidRequest::ReadsAgain { write: origin }),
            // Of a create that turns out to be done before, the row isn't there to be given.
            Some(_) if draft.repeat == Repeat::CreatesOnce => {
                draft.request().map(|request| request.repeat(Repeat::Never))
            }
            _ => draft.request(),
        };
        part(&client, request, origin, Reader::Sent(read), Some(draft))
    }
}

/// Gives one page. What a single query counts itself, the service can't: with [`top`](Query::top) there is no page size.
impl<R: Row, C: Maker> InBatch for Query<R, C> {
    type Output = Page<R>;

    fn part(self) -> Part<Page<R>> {
        let (request, client) = self.only_page();
        let origin = request.origin();
        let valid = self.verify().map(|()| request);
        part(
            client,
            valid,
            origin,
            Reader::Answered(|answer| Ok(decode::page(&answer?.body)?)),
            None,
        )
    }
}

impl<R, O, C: Maker> InBatch for Retrieve<R, O, C> {
    type Output = O;

    fn part(self) -> Part<O> {
        let origin = self.origin();
        let (request, read) = (self.request(), Reader::Answered(self.read));
        part(&self.client, request, origin, read, None)
    }
}

/// What can stand in a change set: writes and calls of actions.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't stand in a change set",
    label = "a change set takes writes and calls of actions alone",
    note = "reads stand beside it: `batch.add(client.query::<Company>())`"
)]
pub trait Change: InBatch {
    /// Fails, while compiling, for a function.
    #[doc(hidden)]
    const IS_WRITE: ();
}
impl<W: Changes, O, C: Maker> Change for Pending<W, O, C> {
    const IS_WRITE: () = W::IS_WRITE;
}

/// What a request does that can stand in a change set.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this can't stand in a change set",
    label = "a change set takes writes and calls of actions alone",
    note = "reads stand beside it: `batch.add(client.total_rows(Account))`"
)]
pub trait Changes {
    const IS_WRITE: () = ();
}
impl<T> Changes for New<T> {}
impl<T> Changes for Updating<T> {}
impl<T> Changes for Upserting<T> {}
impl<T> Changes for Deleting<T> {}
impl<T> Changes for Merging<T> {}
impl Changes for Single {}
impl<O: Operation> Changes for Calling<O> {
    const IS_WRITE: () = assert!(
        matches!(O::KIND, OperationKind::Action),
        "a function reads, and a change set takes writes and calls of actions alone: add it to the batch beside the change set"
    );
}
