//! Reading one row.

use super::expand::{self, Expanded, Expanding, Expands};
use crate::message::{Request, Response};
use crate::pending::Offline;
use crate::row::Part;
use crate::write::OneRow;
use crate::{Error, InvalidRequest, Row, ServiceError, Table, TableMeta, decode, select};
use std::fmt;
use std::marker::PhantomData;

/// A read of one row that isn't sent yet: made by [`Client::retrieve`](crate::Client::retrieve) or
/// [`Client::find`](crate::Client::find) it is sent by awaiting it. `R` reads the row, `O` is what is given.
#[must_use = "nothing is read until it is awaited"]
pub struct Retrieve<R, O = R, C = Offline> {
    meta: &'static TableMeta,
    parts: &'static [Part],
    path: String,
    pub(super) select: String,
    pub(super) annotations: Vec<&'static str>,
    expanded: Vec<Expanded>,
    pub(crate) read: Read<O>,
    pub(crate) client: C,
    of: PhantomData<fn() -> (R, O)>,
}

/// What is given of the answer, or of why there is none.
pub(crate) type Read<O> = fn(Result<Response, Error>) -> Result<O, Error>;

impl<R: Row> Retrieve<R> {
    /// A read of the row with this id or alternate key, without a client.
    #[expect(clippy::needless_pass_by_value, reason = "an address is made for one request")]
    pub fn new(row: impl OneRow<Table = R::Table>) -> Self {
        Self::at(row.path(), one, Offline)
    }
}

/// Reads the row.
pub(super) fn one<R: Row>(answer: Result<Response, Error>) -> Result<R, Error> {
    Ok(decode::row(&answer?.body)?)
}

/// Reads the row, if it is there.
#[cfg(feature = "client")]
pub(super) fn any<R: Row>(answer: Result<Response, Error>) -> Result<Option<R>, Error> {
    match answer {
        Err(Error::Service(error)) if error.is_not_found() => Ok(None),
        other => one(other).map(Some),
    }
}

impl<R: Row, O, C> Retrieve<R, O, C> {
    pub(super) fn at(path: String, read: Read<O>, client: C) -> Self {
        Self {
            meta: &R::Table::META,
            parts: R::PARTS,
            path,
            select: select::select::<R>(),
            annotations: select::annotations_of(R::PARTS),
            expanded: Vec::new(),
            read,
            client,
            of: PhantomData,
        }
    }

    /// Which of the related rows are read: as [`Query::expand`](super::Query::expand).
    pub fn expand<E: Expands<R::Table>, P>(
        mut self,
        relationship: impl FnOnce(&<R::Table as Table>::Columns) -> E,
        options: impl FnOnce(Expanding<E::Table, E::Many>) -> Expanding<E::Table, P>,
    ) -> Self {
        expand::push_expanded(&mut self.expanded, relationship(&R::Table::COLUMNS), options);
        self
    }
}

// What needs no `R: Row` doesn't ask for it, so that a struct that is no row is one error, where the request is begun.
impl<R, O, C> Retrieve<R, O, C> {
    /// The request.
    ///
    /// # Errors
    /// If the table has no address, or if the service doesn't take what is said about related rows.
    pub fn request(&self) -> Result<Request, InvalidRequest> {
        let meta = self.meta;
        if meta.entity_set.is_empty() {
            return Err(InvalidRequest::NoEntitySet {
                table: meta.logical_name,
            });
        }
        expand::verify(self.parts, &self.expanded, false)?;
        let options = select::options_with(&self.select, select::expanded(self.parts, &self.expanded));
        let annotations = (!self.annotations.is_empty()).then(|| self.annotations.join(","));
        let preference = annotations.as_deref().and_then(select::including);
        Ok(select::retrieval_of(
            &self.path,
            meta.logical_name,
            &options,
            preference,
        ))
    }
}

impl<R, O, C> Retrieve<R, O, C> {
    /// Reads the answer.
    ///
    /// # Errors
    /// If the answer is no success, or doesn't hold what `R` reads.
    pub fn read(&self, response: &Response) -> Result<O, Error> {
        if response.status.is_success() {
            return (self.read)(Ok(response.clone()));
        }
        let origin = select::retrieval_origin(self.meta.logical_name);
        (self.read)(Err(Box::new(ServiceError::from_response(response, origin)).into()))
    }
}

impl<R, O, C> fmt::Debug for Retrieve<R, O, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Retrieve({}?$select={})", self.path, self.select)
    }
}
