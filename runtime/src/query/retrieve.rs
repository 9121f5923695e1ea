//! Reading one row.

use super::expand::{self, Expanded, Expanding, Expands};
use crate::message::Request;
use crate::pending::Offline;
use crate::write::OneRow;
use crate::{InvalidRequest, Row, Table, select};
use std::fmt;
use std::marker::PhantomData;

/// A read of one row that isn't sent yet: made by [`Client::retrieve`](crate::Client::retrieve) or
/// [`Client::find`](crate::Client::find) it is sent by awaiting it. `R` reads the row, `O` is what is given.
#[must_use = "nothing is read until it is awaited"]
pub struct Retrieve<R, O = R, C = Offline> {
    path: String,
    pub(super) select: String,
    pub(super) annotations: Vec<&'static str>,
    expanded: Vec<Expanded>,
    /// What is given of a row that was found or not.
    pub(super) read: fn(Result<R, crate::Error>) -> Result<O, crate::Error>,
    pub(super) client: C,
    of: PhantomData<fn() -> (R, O)>,
}

impl<R: Row> Retrieve<R> {
    /// A read of the row with this id or alternate key, without a client.
    #[expect(clippy::needless_pass_by_value, reason = "an address is made for one request")]
    pub fn new(row: impl OneRow<Table = R::Table>) -> Self {
        Self::at(row.path(), |found| found, Offline)
    }
}

impl<R: Row, O, C> Retrieve<R, O, C> {
    pub(super) fn at(
        path: String,
        read: fn(Result<R, crate::Error>) -> Result<O, crate::Error>,
        client: C,
    ) -> Self {
        Self {
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

    /// The request.
    ///
    /// # Errors
    /// If the table has no address, or if the service doesn't take what is said about related rows.
    pub fn request(&self) -> Result<Request, InvalidRequest> {
        let meta = &R::Table::META;
        if meta.entity_set.is_empty() {
            return Err(InvalidRequest::NoEntitySet {
                table: meta.logical_name,
            });
        }
        expand::verify(R::PARTS, &self.expanded, false)?;
        let options = select::options_with(&self.select, select::expanded(R::PARTS, &self.expanded));
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

impl<R, O, C> fmt::Debug for Retrieve<R, O, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Retrieve({}?$select={})", self.path, self.select)
    }
}
