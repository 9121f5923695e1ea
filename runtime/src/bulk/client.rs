//! Messages and bulks by a client.

use super::chunk::Job;
use super::message::{CreatingMultiple, DeletesMultiple, DeletingMultiple, Message};
use super::message::{UpdatingMultiple, UpsertingMultiple};
use super::parts::{BulkParts, Values};
use super::report::BulkReport;
use super::target::{self, Target};
use crate::message::RequestOptions;
use crate::pending::Pending;
use crate::storage::is_elastic;
use crate::write::{NewRow, OneRow, RowChanges};
use crate::{AlternateKey, Client, Id, Table};
use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;

/// A request that this client sends when it is awaited.
type Ours<W, O> = Pending<W, O, Client>;

/// Several rows of one table by one request. All rows of a standard table are written, or none; of an elastic table each by
/// itself. How many rows a request takes the service doesn't say: some hundreds are usual, and 100 of an elastic table.
/// For more, there are [bulks](#method.bulk_create).
impl Client {
    /// Creates several rows, and gives their ids in the same order.
    ///
    /// ```
    /// # use crm::{account::Account, prelude::*};
    /// # use dataverse_runtime::{Client, Error};
    /// # async fn example(client: Client) -> Result<(), Error> {
    /// #[derive(Create)]
    /// #[create(table = Account)]
    /// struct NewAccount {
    ///     name: &'static str,
    /// }
    ///
    /// let ids = client.create_multiple([NewAccount { name: "Contoso" }, NewAccount { name: "Fabrikam" }]).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn create_multiple<R: NewRow>(
        &self,
        rows: impl IntoIterator<Item = R>,
    ) -> Ours<CreatingMultiple<R::Table>, Vec<Id<R::Table>>> {
        super::create_multiple(rows).on(self)
    }

    /// Changes several rows, each given by its id or an alternate key, with what is changed: structs that derive `Update`,
    /// or bodies that [`update_body`](crate::update_body) makes. No row may come twice.
    pub fn update_multiple<A: OneRow, B: RowChanges<Table = A::Table>>(
        &self,
        rows: impl IntoIterator<Item = (A, B)>,
    ) -> Ours<UpdatingMultiple<A::Table>, ()> {
        super::update_multiple(rows).on(self)
    }

    /// Changes several rows, or creates those that aren't there. What an [update](Self::update_multiple) says of them holds;
    /// the columns of an alternate key that a row is given by must not be among its changes. Which rows were created, the
    /// service doesn't say.
    pub fn upsert_multiple<A: OneRow, B: RowChanges<Table = A::Table>>(
        &self,
        rows: impl IntoIterator<Item = (A, B)>,
    ) -> Ours<UpsertingMultiple<A::Table>, ()> {
        super::upsert_multiple(rows).on(self)
    }

    /// Deletes several rows of an elastic table, each given by the key that has its id and its partition.
    pub fn delete_multiple<K: AlternateKey>(
        &self,
        rows: impl IntoIterator<Item = K>,
    ) -> Ours<DeletingMultiple<K::Table>, ()>
    where
        K::Table: DeletesMultiple,
    {
        super::delete_multiple(rows).on(self)
    }
}

/// Any number of rows of one table, by as many requests as they need, side by side. What becomes of each row is told, also
/// where others fail. Rows are taken from the iterator as requests go out, so that it may make them on the way.
impl Client {
    /// Creates rows.
    ///
    /// ```
    /// # use crm::{account::Account, prelude::*};
    /// # use dataverse_runtime::{Client, Error};
    /// # #[derive(Create)]
    /// # #[create(table = Account)]
    /// # struct NewAccount { name: String }
    /// # async fn example(client: Client) -> Result<(), Error> {
    /// let rows = (1..=100_000).map(|number| NewAccount { name: format!("Company {number}") });
    /// let report = client.bulk_create(rows).await;
    /// for failure in &report.failures {
    ///     println!("{:?}: {}", failure.rows, failure.error);
    /// }
    /// println!("{} accounts are there", report.written());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Each row gets an id of its own, so that a request can be repeated after a fault without creating a row twice.
    pub fn bulk_create<'r, R: NewRow + 'r>(
        &self,
        rows: impl IntoIterator<Item = R, IntoIter: Send + 'r>,
    ) -> Bulk<'r, Id<R::Table>> {
        let rows = rows.into_iter().map(Target::new_row);
        Bulk::new::<R::Table>(self, Message::Create, rows, |_, ids| target::ids(ids))
    }

    /// Changes rows: see [`update_multiple`](Self::update_multiple).
    pub fn bulk_update<'r, A: OneRow + 'r, B: RowChanges<Table = A::Table> + 'r>(
        &self,
        rows: impl IntoIterator<Item = (A, B), IntoIter: Send + 'r>,
    ) -> Bulk<'r, ()> {
        let rows = target::changed(rows.into_iter());
        Bulk::new::<A::Table>(self, Message::Update, rows, units)
    }

    /// Changes rows, or creates those that aren't there: see [`upsert_multiple`](Self::upsert_multiple).
    pub fn bulk_upsert<'r, A: OneRow + 'r, B: RowChanges<Table = A::Table> + 'r>(
        &self,
        rows: impl IntoIterator<Item = (A, B), IntoIter: Send + 'r>,
    ) -> Bulk<'r, ()> {
        let rows = target::changed(rows.into_iter());
        Bulk::new::<A::Table>(self, Message::Upsert, rows, units)
    }

    /// Deletes rows of an elastic table: see [`delete_multiple`](Self::delete_multiple).
    pub fn bulk_delete<'r, K: AlternateKey + 'r>(
        &self,
        rows: impl IntoIterator<Item = K, IntoIter: Send + 'r>,
    ) -> Bulk<'r, ()>
    where
        K::Table: DeletesMultiple,
    {
        let rows = rows.into_iter().map(Target::gone);
        Bulk::new::<K::Table>(self, Message::Delete, rows, units)
    }
}

fn units(count: usize, _: Vec<crate::Uuid>) -> Vec<()> {
    vec![(); count]
}

/// A bulk that isn't begun yet. Awaiting it carries it out and gives a [`BulkReport`]; [`parts`](Self::parts) tells on the
/// way what becomes of the rows, in constant memory.
#[must_use = "nothing is sent until it is awaited"]
pub struct Bulk<'r, V> {
    client: Client,
    job: Job,
    rows: Box<dyn Iterator<Item = Target> + Send + 'r>,
    size: usize,
    split: bool,
    values: Values<V>,
}

/// Rows of a request, where nothing else is said: large enough for speed, and small enough for the locks and the two minutes
/// that the service gives a transaction. Of elastic tables, as recommended
/// (<https://learn.microsoft.com/power-apps/developer/data-platform/bulk-operations>).
const SIZE: usize = 200;
const ELASTIC_SIZE: usize = 100;

impl<'r, V> Bulk<'r, V> {
    fn new<T: Table>(
        client: &Client,
        message: Message,
        rows: impl Iterator<Item = Target> + Send + 'r,
        values: Values<V>,
    ) -> Self {
        let elastic = is_elastic::<T>();
        Self {
            client: client.clone(),
            job: Job {
                message,
                draft: Message::draft::<T>,
                elastic,
            },
            rows: Box::new(rows),
            size: if elastic { ELASTIC_SIZE } else { SIZE },
            split: true,
            values,
        }
    }

    /// So many rows in each request, from 1 on; without this 200, and 100 of an elastic table. A request also ends at 4 MiB.
    pub fn rows_per_request(mut self, rows: usize) -> Self {
        self.size = rows.max(1);
        self
    }

    /// Leaves a request that is refused at that: none of its rows is written.
    ///
    /// Without this its rows are sent again, half as many at a time, until all are written but those that the service
    /// refuses. Of an elastic table all others are written anyway.
    pub fn without_splitting(mut self) -> Self {
        self.split = false;
        self
    }

    /// Lets the service choose the ids of new rows, for tables that don't take them. Then a request isn't repeated after a
    /// fault, because nobody knows whether its rows were created.
    pub fn without_own_ids(mut self) -> Self {
        self.rows = Box::new(self.rows.map(|mut target| {
            target.without_own_id();
            target
        }));
        self
    }

    /// The same with options of its own, besides those of the client.
    pub fn with(mut self, change: impl FnOnce(RequestOptions) -> RequestOptions) -> Self {
        self.client = self.client.with(change);
        self
    }

    /// Carries it out, and tells on the way what becomes of the rows.
    pub fn parts(self) -> BulkParts<'r, V> {
        let settings = (self.size, self.split);
        BulkParts::new(self.client, self.job, self.rows, settings, self.values)
    }
}

impl<'r, V: Send + 'r> IntoFuture for Bulk<'r, V> {
    type Output = BulkReport<V>;
    type IntoFuture = Pin<Box<dyn Future<Output = BulkReport<V>> + Send + 'r>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let mut report = BulkReport::new();
            let mut parts = self.parts();
            while let Some(part) = parts.next().await {
                report.add(part);
            }
            report.finish()
        })
    }
}

impl<V> fmt::Debug for Bulk<'_, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bulk")
            .field("job", &self.job)
            .finish_non_exhaustive()
    }
}
