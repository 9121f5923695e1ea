//! Queries and single rows by a client.

use super::{Position, Query, Rows};
use crate::message::Request;
use crate::write::OneRow;
use crate::{Client, Error, InvalidRequest, Row, Table, decode, select};

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

    /// Reads one row, by its id or an alternate key.
    ///
    /// # Errors
    /// As [`Client::execute`], where a row that isn't there is an
    /// [`Error::Service`] that [is not found](crate::ServiceError::is_not_found); if the answer doesn't hold what `R` reads.
    pub async fn retrieve<R: Row>(&self, row: impl OneRow<Table = R::Table>) -> Result<R, Error> {
        let meta = &R::Table::META;
        if meta.entity_set.is_empty() {
            return Err(Error::Invalid(InvalidRequest::NoEntitySet {
                table: meta.logical_name,
            }));
        }
        let response = self.execute(select::retrieval::<R>(&row.path())).await?;
        Ok(decode::row(&response.body)?)
    }

    /// Reads one row, if it is there.
    ///
    /// # Errors
    /// As [`retrieve`](Self::retrieve), but for a row that isn't there.
    pub async fn find<R: Row>(&self, row: impl OneRow<Table = R::Table>) -> Result<Option<R>, Error> {
        match self.retrieve(row).await {
            Ok(row) => Ok(Some(row)),
            Err(Error::Service(error)) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl<R: Row + Send + 'static> Query<R, Client> {
    /// The rows, fetched page by page as they are read.
    pub fn stream(self) -> Rows<R> {
        let first = self.first_request();
        Rows::new(self.client, self.plan, first, None)
    }

    /// The rows after a position that [`Rows::position`] gave. `top` counts from there.
    pub fn resume(self, from: Position) -> Rows<R> {
        let first = self.first_request();
        Rows::new(self.client, self.plan, first, Some(from))
    }

    fn first_request(&self) -> Result<Request, InvalidRequest> {
        self.verify()?;
        Ok(self.request())
    }

    /// All rows at once. Where there may be many, [`stream`](Self::stream) needs less memory.
    ///
    /// # Errors
    /// As [`Rows::try_next`].
    pub async fn all(self) -> Result<Vec<R>, Error> {
        let mut rows = self.stream();
        let mut all = Vec::new();
        while let Some(row) = rows.try_next().await? {
            all.push(row);
        }
        Ok(all)
    }

    /// The first row.
    ///
    /// # Errors
    /// As [`Rows::try_next`].
    pub async fn first(self) -> Result<Option<R>, Error> {
        self.top(1).stream().try_next().await
    }
}
