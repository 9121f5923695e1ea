//! Changes by a client, page by page.

use super::{Change, Changes, Position, Rows};
use crate::message::RequestOptions;
use crate::{ChangeTracked, Client, Error, Record, Row};
use futures_core::Stream;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

impl Client {
    /// Begins to read what has changed in a table, to keep a copy of it up to date.
    ///
    /// ```
    /// # use crm::{account::Account, prelude::*};
    /// # #[derive(Row)]
    /// # #[row(table = Account)]
    /// # struct Company { accountid: Id<Account>, name: Option<String> }
    /// # async fn example(client: Client, stored: Option<Position>) -> Result<(), Error> {
    /// let mut changes = match stored {
    ///     Some(position) => client.changes::<Company>().since(position).stream(),
    ///     None => client.changes::<Company>().stream(),
    /// };
    /// while let Some(change) = changes.try_next().await? {
    ///     match change {
    ///         Change::NewOrUpdated(company) => println!("{}: {:?}", company.accountid, company.name),
    ///         Change::RemovedOrDeleted(id) => println!("{id} is gone"),
    ///     }
    /// }
    /// let next_time = changes.position().to_string();
    /// # Ok(())
    /// # }
    /// ```
    pub fn changes<R: Row>(&self) -> Changes<R, Self>
    where
        R::Table: ChangeTracked,
    {
        Changes::with_client(self.clone())
    }

    /// The same for rows whose columns are chosen when the program runs.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "the table is a marker: `changed_records(Account)` reads best"
    )]
    pub fn changed_records<T: ChangeTracked>(&self, table: T) -> Changes<Record<T>, Self> {
        let _ = table;
        self.changes()
    }
}

impl<R> Changes<R, Client> {
    /// The same with options of its own, besides those of the client.
    pub fn with(mut self, change: impl FnOnce(RequestOptions) -> RequestOptions) -> Self {
        self.client = self.client.with(change);
        self
    }

    /// Only the changes after a position that [`ChangedRows::position`] gave.
    ///
    /// The service keeps what it needs for this for a week, if the environment says nothing else, and not beyond a change of
    /// the table's columns. Then the first change is an [`Error::Service`] with the code
    /// [`EXPIRED_VERSION_STAMP`](crate::Code::EXPIRED_VERSION_STAMP): begin again without a position.
    pub fn since(mut self, position: Position) -> Self {
        self.from = Some(position);
        self
    }
}

impl<R: Row> Changes<R, Client> {
    /// The changes, fetched page by page as they are read.
    pub fn stream(self) -> ChangedRows<R> {
        ChangedRows {
            rows: Rows::new(self.client, self.plan, |body| Change::page(body), self.from),
        }
    }
}

/// The changes of a table. A stream, which can be read without any other crate by [`try_next`](Self::try_next).
///
/// A row that changes while changes are read comes again later, and a row that was created and deleted in between comes as a
/// deleted one alone: apply each as "write or overwrite" and "delete if it is there". Dropping it ends the reading.
#[must_use = "changes are fetched when they are asked for"]
pub struct ChangedRows<R: Row> {
    rows: Rows<Change<R>>,
}

impl<R: Row> ChangedRows<R> {
    /// The next change. `None`: there are no more for now.
    ///
    /// # Errors
    /// As [`Rows::try_next`]; if `R` reads related rows; if the service doesn't say where the changes after these will be;
    /// if the [position](Changes::since) is too old.
    pub async fn try_next(&mut self) -> Result<Option<Change<R>>, Error> {
        self.rows.try_next().await
    }

    /// Where to go on: after the last change the changes that come later, and before it the page that is being read, from
    /// its beginning. Changes may come twice by that, and none is lost. It is text that a program stores once it has
    /// stored the changes themselves.
    pub fn position(&self) -> Position {
        self.rows.page_position()
    }

    /// All changes at once. Where there may be many, [`try_next`](Self::try_next) needs less memory.
    ///
    /// # Errors
    /// As [`try_next`](Self::try_next).
    pub async fn all(mut self) -> Result<(Vec<Change<R>>, Position), Error> {
        let mut all = Vec::new();
        while let Some(change) = self.try_next().await? {
            all.push(change);
        }
        Ok((all, self.position()))
    }
}

impl<R: Row> Stream for ChangedRows<R> {
    type Item = Result<Change<R>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut self.rows).poll_next(context)
    }
}

impl<R: Row> fmt::Debug for ChangedRows<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ChangedRows").field(&self.rows).finish()
    }
}
