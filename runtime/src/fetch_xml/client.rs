//! Queries in FetchXML by a client.

use super::{FetchQuery, FetchXml};
use crate::message::RequestOptions;
use crate::query::{Position, Rows};
use crate::row::FetchRow;
use crate::{Client, Error};

impl Client {
    /// Begins a query in FetchXML, whose answer is read into rows of `R`.
    ///
    /// ```
    /// # use crm::{account::Account, prelude::*};
    /// # #[derive(Row)]
    /// # #[row(table = Account)]
    /// # struct Company { name: Option<String> }
    /// # async fn example(client: Client) -> Result<(), Error> {
    /// let query = fetch_xml!(
    ///     <fetch>
    ///       <entity name="account">
    ///         <attribute name="name"/>
    ///         <filter><condition attribute="ownerid" operator="eq-userid"/></filter>
    ///       </entity>
    ///     </fetch>
    /// );
    /// let mut rows = client.fetch_xml::<Company>(query).stream();
    /// while let Some(row) = rows.try_next().await? {
    ///     println!("{:?}", row.name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[expect(clippy::needless_pass_by_value, reason = "a query is made for one call")]
    pub fn fetch_xml<R: FetchRow>(&self, query: FetchXml<R::Table>) -> FetchQuery<R, Self> {
        FetchQuery::with_client(&query, self.clone())
    }
}

impl<R> FetchQuery<R, Client> {
    /// The same with options of its own, besides those of the client.
    pub fn with(mut self, change: impl FnOnce(RequestOptions) -> RequestOptions) -> Self {
        self.client = self.client.with(change);
        self
    }
}

impl<R: Send + 'static> FetchQuery<R, Client> {
    /// The rows, fetched page by page as they are read. A text with `top` has one page.
    pub fn stream(self) -> Rows<R> {
        Rows::new(self.client, self.plan, self.read, None)
    }

    /// The rows after a position that [`Rows::position`] gave.
    pub fn resume(self, from: Position) -> Rows<R> {
        Rows::new(self.client, self.plan, self.read, Some(from))
    }

    /// All rows at once. Where there may be many, [`stream`](Self::stream) needs less memory.
    ///
    /// # Errors
    /// As [`Rows::try_next`].
    pub fn all(self) -> impl Future<Output = Result<Vec<R>, Error>> + Send {
        crate::query::all(self.stream())
    }

    /// The first row.
    ///
    /// # Errors
    /// As [`Rows::try_next`].
    pub fn first(mut self) -> impl Future<Output = Result<Option<R>, Error>> + Send {
        self.plan.first = Some(1);
        let mut rows = self.stream();
        async move { rows.try_next().await }
    }
}
