//! What can stand in a batch, and what of it in a change set.

use super::handle::Reader;
use crate::aggregate::{Aggregated, Aggregation};
use crate::decode::Page;
use crate::fetch_xml::FetchQuery;
use crate::message::{Origin, Repeat, Request, RequestOptions, Response};
use crate::operation::{Calling, kind};
use crate::pending::{Draft, Offline, Pending};
use crate::query::{self, Count, Counting, Query, Retrieve, View};
use crate::row::FetchRow;
use crate::write::{Deleting, Merging, New, Single, Updating, Upserting};
use crate::{Error, InvalidRequest, Operation, Row, Table, decode};
use std::any::Any;

/// What can stand in a batch: a write, call or read that isn't sent yet, made by a client or without one.
///
/// One that a client made keeps the options of that client, others get those of the batch's.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't stand in a batch",
    label = "expected a write, a call or a read, which isn't awaited",
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
    /// What the answer is read by besides.
    pub(super) kept: Option<Kept>,
    pub(super) origin: Origin,
    /// Its options are in the request already.
    pub(super) has_options: bool,
}

/// What is kept until the answer is there.
pub(crate) type Kept = Box<dyn Any + Send + Sync>;

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

fn part<O>(maker: &impl Maker, request: Result<Request, InvalidRequest>, reader: Reader<O>) -> Part<O> {
    let options = maker.options();
    Part {
        // A batch with a request that is invalid is never sent: nothing is said of its answer.
        origin: request.as_ref().map_or(super::request::ORIGIN, Request::origin),
        request: match options {
            Some(options) => request.map(|request| options.apply(request)),
            None => request,
        },
        reader,
        draft: None,
        kept: None,
        has_options: options.is_some(),
    }
}

impl<W, O, C: Maker> InBatch for Pending<W, O, C> {
    type Output = O;

    fn part(self) -> Part<O> {
        let Self {
            draft, read, client, ..
        } = self;
        let request = match &draft.reads_row {
            Some(reads) if reads.always => Err(InvalidRequest::ReadsAgain { write: draft.origin }),
            // Of a create that turns out to be done before, the row isn't there to be given.
            Some(_) if draft.repeat == Repeat::CreatesOnce => {
                draft.request().map(|request| request.repeat(Repeat::Never))
            }
            _ => draft.request(),
        };
        Part {
            draft: Some(draft),
            ..part(&client, request, Reader::Sent(read))
        }
    }
}

/// Gives one page. What a single query counts itself, the service can't: with [`top`](Query::top) there is no page size.
impl<R: Row, C: Maker> InBatch for Query<R, C> {
    type Output = Page<R>;

    fn part(self) -> Part<Page<R>> {
        let (request, client) = self.only_page();
        let valid = self.verify().map(|()| request);
        part(
            client,
            valid,
            Reader::Answered(|answer| Ok(decode::page(&answer?.body)?)),
        )
    }
}

impl<C: Maker> InBatch for Counting<C> {
    type Output = Count;

    fn part(self) -> Part<Count> {
        let read = Reader::Answered(|answer| Ok(query::read_count(&answer?)?));
        part(&self.client, self.request(), read)
    }
}

/// Gives one page.
impl<R: Row, C: Maker> InBatch for View<R, C> {
    type Output = Page<R>;

    fn part(self) -> Part<Page<R>> {
        part(&self.client, self.request(), Reader::Answered(view_page))
    }
}

/// Gives one page.
impl<R: FetchRow, C: Maker> InBatch for FetchQuery<R, C> {
    type Output = Page<R>;

    fn part(self) -> Part<Page<R>> {
        part(&self.client, self.request(), Reader::Answered(view_page))
    }
}

/// A page in which what is empty is left out.
fn view_page<R: FetchRow>(answer: Result<Response, Error>) -> Result<Page<R>, Error> {
    Ok(decode::view_page(&answer?.body)?)
}

impl<R, O, C: Maker> InBatch for Retrieve<R, O, C> {
    type Output = O;

    fn part(self) -> Part<O> {
        part(&self.client, self.request(), Reader::Answered(self.read))
    }
}

impl<T: Table, P: Aggregated<T> + Send + Sync + 'static, C: Maker> InBatch for Aggregation<T, P, C> {
    type Output = Vec<P::Value>;

    fn part(self) -> Part<Vec<P::Value>> {
        let (aggregation, client) = self.without_client();
        let request = aggregation.request();
        Part {
            kept: Some(Box::new(aggregation)),
            ..part(&client, request, Reader::Kept(groups::<T, P>))
        }
    }
}

fn groups<T: Table, P: Aggregated<T> + 'static>(
    kept: &dyn Any,
    response: &Response,
) -> Result<Vec<P::Value>, Error> {
    match kept.downcast_ref::<Aggregation<T, P>>() {
        Some(aggregation) => aggregation.read(response),
        // A handle reads what it was made for.
        None => Err(InvalidRequest::OtherBatch.into()),
    }
}

/// What can stand in a change set: writes and calls of actions.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't stand in a change set",
    label = "a change set takes writes and calls of actions alone",
    note = "reads stand beside it: `batch.add(client.query::<Company>())`"
)]
pub trait Change: InBatch {}
impl<W: Changes, O, C: Maker> Change for Pending<W, O, C> {}

/// What a request does that can stand in a change set.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this can't stand in a change set",
    label = "a change set takes writes and calls of actions alone",
    note = "reads stand beside it: `batch.add(client.total_rows(Account))`"
)]
pub trait Changes {}
impl<T> Changes for New<T> {}
impl<T> Changes for Updating<T> {}
impl<T> Changes for Upserting<T> {}
impl<T> Changes for Deleting<T> {}
impl<T> Changes for Merging<T> {}
impl Changes for Single {}
impl<O: Operation> Changes for Calling<O> where O::Kind: CanBeUndone {}

/// Kinds of operations that can stand in a change set.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a function can't stand in a change set",
    label = "a change set takes writes and calls of actions alone",
    note = "functions read: add it to the batch, beside the change set"
)]
pub trait CanBeUndone {}
impl CanBeUndone for kind::Action {}
