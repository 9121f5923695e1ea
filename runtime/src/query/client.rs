//! Queries and single rows by a client.

use super::{Position, Query, Retrieve, Rows, TotalRows, View, ViewId};
use crate::message::RequestOptions;
use crate::pending::{Pending, Sending};
use crate::write::OneRow;
use crate::{Client, Error, Record, Row, Table};
use std::future::IntoFuture;

impl Client {
    /// Begins a query for rows of `R`.
    ///
    /// ```
    /// # use crm::{account::Account, prelude::*};
    /// # use dataverse_runtime::{Client, Error};
    /// # #[derive(Row)]
    /// # #[row(table = Account)]
    /// # struct Company { name: Option<String> }
    /// # async fn example(client: Client) -> Result<(), Error> {
    /// let mut rows = client
    ///     .query::<Company>()
    ///     .filter(|a| a.name.contains("Contoso"))
    ///     .order_by(|a| a.revenue.desc())
    ///     .stream();
    /// while let Some(row) = rows.try_next().await? {
    ///     println!("{:?}", row.name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn query<R: Row>(&self) -> Query<R, Self> {
        Query::with_client(self.clone())
    }

    /// Begins a query for rows of `table` whose columns are chosen when the program runs.
    ///
    /// ```
    /// # use crm::{account::Account, prelude::*};
    /// # use dataverse_runtime::{Client, Error};
    /// # async fn example(client: Client, with_revenue: bool) -> Result<(), Error> {
    /// let mut records = client.records(Account).select(|a| a.name);
    /// if with_revenue {
    ///     records = records.select(|a| a.revenue);
    /// }
    /// for record in records.all().await? {
    ///     let name: Option<String> = record.get(|a| a.name)?;
    ///     println!("{name:?}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[expect(
        clippy::needless_pass_by_value,
        reason = "the table is a marker: `records(Account)` reads best"
    )]
    pub fn records<T: Table>(&self, table: T) -> Query<Record<T>, Self> {
        let _ = table;
        self.query()
    }

    /// The rows of a view that is stored in the environment. A [`Record`] takes them with whatever columns it has.
    pub fn view<R: Row>(&self, view: ViewId) -> View<R, Self> {
        View::with_client(view, self.clone())
    }

    /// Reads one row, by its id or an alternate key.
    ///
    /// Awaiting it fails as [`Client::execute`], where a row that isn't there is an [`Error::Service`] that
    /// [is not found](crate::ServiceError::is_not_found), or if the answer doesn't hold what `R` reads.
    #[expect(clippy::needless_pass_by_value, reason = "an address is made for one request")]
    pub fn retrieve<R: Row>(&self, row: impl OneRow<Table = R::Table>) -> Retrieve<R, R, Self> {
        Retrieve::at(row.path(), super::retrieve::one, self.clone())
    }

    /// Reads one row, if it is there.
    ///
    /// Awaiting it fails as [`retrieve`](Self::retrieve) does, but for a row that isn't there.
    #[expect(clippy::needless_pass_by_value, reason = "an address is made for one request")]
    pub fn find<R: Row>(&self, row: impl OneRow<Table = R::Table>) -> Retrieve<R, Option<R>, Self> {
        Retrieve::at(row.path(), super::retrieve::any, self.clone())
    }

    /// How many rows a table has, by the service's own books: without a cap, and at most 24 hours old
    /// (Microsoft Learn, "RetrieveTotalRecordCount function").
    #[expect(
        clippy::needless_pass_by_value,
        reason = "the table is a marker: `total_rows(Account)` reads best"
    )]
    pub fn total_rows<T: Table>(&self, table: T) -> Pending<TotalRows<T>, i64, Self> {
        let _ = table;
        super::total::total_rows::<T>().on(self)
    }
}

/// Dropping the future cancels the read.
impl<R: 'static, O: 'static> IntoFuture for Retrieve<R, O, Client> {
    type Output = Result<O, Error>;
    type IntoFuture = Sending<O>;

    fn into_future(self) -> Sending<O> {
        let request = self.request();
        let (client, read) = (self.client, self.read);
        Box::pin(async move { read(client.execute(request?).await) })
    }
}

impl<R, O> Retrieve<R, O, Client> {
    /// The same with options of its own, besides those of the client.
    pub fn with(mut self, change: impl FnOnce(RequestOptions) -> RequestOptions) -> Self {
        self.client = self.client.with(change);
        self
    }
}

// Nothing from here on needs `R: Row`: a struct that is no row is one error, where the query is begun.
impl<R> Query<R, Client> {
    /// The same with options of its own, besides those of the client.
    pub fn with(mut self, change: impl FnOnce(RequestOptions) -> RequestOptions) -> Self {
        self.client = self.client.with(change);
        self
    }
}

impl<R: Send + 'static> Query<R, Client> {
    /// The rows, fetched page by page as they are read.
    pub fn stream(self) -> Rows<R> {
        Rows::new(self.client, self.plan, self.read, None)
    }

    /// The rows after a position that [`Rows::position`] gave. `top` counts from there.
    pub fn resume(self, from: Position) -> Rows<R> {
        Rows::new(self.client, self.plan, self.read, Some(from))
    }

    /// All rows at once. Where there may be many, [`stream`](Self::stream) needs less memory.
    ///
    /// # Errors
    /// As [`Rows::try_next`].
    pub fn all(self) -> impl Future<Output = Result<Vec<R>, Error>> + Send {
        all(self.stream())
    }

    /// The first row.
    ///
    /// # Errors
    /// As [`Rows::try_next`].
    pub fn first(self) -> impl Future<Output = Result<Option<R>, Error>> + Send {
        let mut rows = self.at_most(1).stream();
        async move { rows.try_next().await }
    }
}

impl<R: Send + 'static> View<R, Client> {
    /// The rows, fetched page by page as they are read.
    pub fn stream(self) -> Rows<R> {
        Rows::new(self.client, self.plan, self.read, None)
    }

    /// All rows at once.
    ///
    /// # Errors
    /// As [`Rows::try_next`].
    pub fn all(self) -> impl Future<Output = Result<Vec<R>, Error>> + Send {
        all(self.stream())
    }
}

pub(crate) async fn all<R: Send + 'static>(mut rows: Rows<R>) -> Result<Vec<R>, Error> {
    let mut all = Vec::new();
    while let Some(row) = rows.try_next().await? {
        all.push(row);
    }
    Ok(all)
}
