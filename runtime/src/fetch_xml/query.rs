//! A text and the rows that it is read into.

use super::{FetchPlan, FetchXml};
use crate::InvalidRequest;
use crate::message::Request;
use crate::pending::Offline;
use crate::row::FetchRow;
use std::fmt;
use std::marker::PhantomData;

/// A query in FetchXML whose answer is read into rows of `R`.
///
/// Made by [`Client::fetch_xml`](crate::Client::fetch_xml), it is sent by one of the methods that give rows. Without a client,
/// made by [`FetchQuery::new`], it is the request alone.
///
/// ```
/// # use crm::{account::Account, prelude::*};
/// use dataverse_runtime::fetch_xml::FetchQuery;
///
/// #[derive(Row)]
/// #[row(table = Account)]
/// struct Company {
///     name: Option<String>,
/// }
///
/// let query = fetch_xml!(
///     <fetch top="5">
///       <entity name="account"><attribute name="name"/></entity>
///     </fetch>
/// );
/// let request = FetchQuery::<Company>::new(query).request()?;
/// assert_eq!(
///     request.path(),
///     "accounts?fetchXml=%3Cfetch%20top%3D%225%22%3E%3Centity%20name%3D%22account%22%3E\
///      %3Cattribute%20name%3D%22name%22%2F%3E%3C%2Fentity%3E%3C%2Ffetch%3E"
/// );
/// # Ok::<(), InvalidRequest>(())
/// ```
#[must_use = "a query does nothing until its rows are asked for"]
pub struct FetchQuery<R, C = Offline> {
    pub(super) plan: FetchPlan,
    #[cfg(feature = "client")]
    pub(super) read: crate::query::ReadPage<R>,
    pub(crate) client: C,
    of: PhantomData<fn() -> R>,
}

impl<R: FetchRow> FetchQuery<R> {
    /// The query without a client.
    pub fn new(query: FetchXml<R::Table>) -> Self {
        Self::with_client(&query, Offline)
    }
}

impl<R: FetchRow, C> FetchQuery<R, C> {
    pub(super) fn with_client(query: &FetchXml<R::Table>, client: C) -> Self {
        Self {
            plan: FetchPlan::of::<R>(&query.text),
            #[cfg(feature = "client")]
            read: |body| crate::decode::view_page(body),
            client,
            of: PhantomData,
        }
    }
}

impl<R, C> FetchQuery<R, C> {
    /// So many rows in each answer, between 1 and 5,000, in place of the text's `count`.
    pub fn page_size(mut self, rows: u32) -> Self {
        self.plan.set("count", rows.clamp(1, 5_000).to_string());
        self
    }

    /// Asks along how many rows there are on all pages, as `returntotalrecordcount` does: see `Rows::total`.
    pub fn with_total(mut self) -> Self {
        self.plan.set("returntotalrecordcount", "true".to_owned());
        self
    }

    /// The request for the first page.
    ///
    /// # Errors
    /// If the table has no address, if the text doesn't give what `R` reads, or if a page size or a total is asked for
    /// of a text with `top`.
    pub fn request(&self) -> Result<Request, InvalidRequest> {
        self.plan.request()
    }
}

impl<R, C> fmt::Debug for FetchQuery<R, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("FetchQuery").field(&self.plan).finish()
    }
}
