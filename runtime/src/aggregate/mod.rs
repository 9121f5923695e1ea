//! Groups of rows, and sums, averages and counts of them: `$apply`.
//!
//! What is asked for is what comes back: a plain column of the tuple is what rows are grouped by, the others are
//! aggregated.
//!
//! ```
//! # use crm::{account::Account, prelude::*};
//! # use dataverse_runtime::{Client, Error};
//! # async fn example(client: Client) -> Result<(), Error> {
//! let groups = client
//!     .aggregate(Account, |a| (a.industrycode, a.revenue.sum(), count_rows()))
//!     .filter(|a| a.revenue.is_not_null())
//!     .await?;
//! for (industry, revenue, accounts) in groups {
//!     println!("{industry:?}: {accounts} accounts, {revenue:?}");
//! }
//! # Ok(())
//! # }
//! ```
//!
//! The service aggregates at most 50,000 rows, gives all groups in one answer and in no order, and doesn't group by dates
//! (<https://learn.microsoft.com/power-apps/developer/data-platform/webapi/query/aggregate-data>).

mod answer;
mod functions;
mod kinds;
mod part;

use crate::filter::{Expression, Filter};
use crate::message::{Origin, Request, Response};
use crate::pending::Offline;
use crate::text::percent_encoded;
use crate::{Error, InvalidRequest, ServiceError, Table, select};
#[doc(hidden)]
pub use answer::Group;
pub use functions::{Aggregate, count_rows};
pub use kinds::{Extreme, Groupable, Summable};
#[doc(hidden)]
pub use part::Parts;
pub use part::{Aggregated, Keys, Through};

use http::Method;
use std::fmt;
use std::marker::PhantomData;

/// An aggregation that isn't sent yet: made by `Client::aggregate` it is sent by awaiting it, and gives one value per
/// group. `P` is what it asks for.
#[must_use = "nothing is asked for until it is awaited"]
pub struct Aggregation<T, P, C = Offline> {
    what: P,
    filter: Option<Expression>,
    client: C,
    of: PhantomData<fn() -> T>,
}

/// An aggregation of the rows of `table`, without a client: see `Client::aggregate`.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the table is a marker: `aggregate(Account, ..)` reads best"
)]
pub fn aggregate<T: Table, P: Aggregated<T>>(
    table: T,
    what: impl FnOnce(&T::Columns) -> P,
) -> Aggregation<T, P> {
    let _ = table;
    begin(what(&T::COLUMNS), Offline)
}

fn begin<T, P, C>(what: P, client: C) -> Aggregation<T, P, C> {
    Aggregation {
        what,
        filter: None,
        client,
        of: PhantomData,
    }
}

impl<T: Table, P: Aggregated<T>, C> Aggregation<T, P, C> {
    /// Only rows for which this holds. Of several conditions all have to hold.
    pub fn filter(mut self, condition: impl FnOnce(&T::Columns) -> Filter<T>) -> Self {
        let more = condition(&T::COLUMNS).into_expression();
        self.filter = Some(match self.filter {
            Some(known) => known.and(more),
            None => more,
        });
        self
    }

    /// The request.
    ///
    /// # Errors
    /// If the service would refuse it: the table has no address, or a condition is one that it doesn't take. If two groups
    /// would come back under the same name.
    pub fn request(&self) -> Result<Request, InvalidRequest> {
        let meta = &T::META;
        if meta.entity_set.is_empty() {
            return Err(InvalidRequest::NoEntitySet {
                table: meta.logical_name,
            });
        }
        let parts = self.parts();
        if let Some(key) = parts.doubled() {
            return Err(InvalidRequest::AmbiguousGroups { key });
        }
        let mut apply = String::new();
        if let Some(filter) = &self.filter {
            filter.verify()?;
            apply = format!("filter({})/", filter.to_odata());
        }
        apply.push_str(&parts.to_apply());
        let path = format!("{}?$apply={}", meta.entity_set, percent_encoded(&apply));
        let origin = Origin {
            operation: "aggregate",
            table: Some(meta.logical_name),
        };
        let preference = parts
            .needs_targets()
            .then(|| select::including(select::TARGET))
            .flatten();
        let request = Request::new(Method::GET, path, origin);
        Ok(preference.into_iter().fold(request, Request::prefer))
    }

    /// Reads the answer.
    ///
    /// # Errors
    /// If the answer is no success, or has another shape than expected.
    pub fn read(&self, response: &Response) -> Result<Vec<P::Value>, Error> {
        if response.status.is_success() {
            return Ok(answer::read(&self.what, &self.parts(), response)?);
        }
        let origin = Origin {
            operation: "aggregate",
            table: Some(T::META.logical_name),
        };
        Err(Box::new(ServiceError::from_response(response, origin)).into())
    }

    fn parts(&self) -> Parts {
        let mut parts = Parts::default();
        self.what.push_to(&mut parts);
        parts
    }
}

impl<T, P, C> Aggregation<T, P, C> {
    /// The same without a client, and that.
    pub(crate) fn without_client(self) -> (Aggregation<T, P>, C) {
        let aggregation = Aggregation {
            what: self.what,
            filter: self.filter,
            client: Offline,
            of: PhantomData,
        };
        (aggregation, self.client)
    }
}

impl<T, P: Aggregated<T>, C> fmt::Debug for Aggregation<T, P, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Parts::default();
        self.what.push_to(&mut parts);
        write!(f, "Aggregation({})", parts.to_apply())
    }
}

#[cfg(feature = "client")]
mod client {
    use super::{Aggregated, Aggregation, Keys, begin};
    use crate::message::RequestOptions;
    use crate::pending::Sending;
    use crate::{Client, Table};
    use std::future::IntoFuture;

    impl Client {
        /// Groups the rows of `table` and aggregates them: see [`aggregate`](crate::aggregate).
        #[expect(
            clippy::needless_pass_by_value,
            reason = "the table is a marker: `aggregate(Account, ..)` reads best"
        )]
        pub fn aggregate<T: Table, P: Aggregated<T>>(
            &self,
            table: T,
            what: impl FnOnce(&T::Columns) -> P,
        ) -> Aggregation<T, P, Self> {
            let _ = table;
            begin(what(&T::COLUMNS), self.clone())
        }

        /// The values that these columns have together, each once.
        ///
        /// ```
        /// # use crm::{account::Account, prelude::*};
        /// # use dataverse_runtime::{Client, Error};
        /// # async fn example(client: Client) -> Result<(), Error> {
        /// let industries = client.distinct(Account, |a| a.industrycode).await?;
        /// # Ok(())
        /// # }
        /// ```
        #[expect(
            clippy::needless_pass_by_value,
            reason = "the table is a marker: `distinct(Account, ..)` reads best"
        )]
        pub fn distinct<T: Table, P: Aggregated<T> + Keys>(
            &self,
            table: T,
            columns: impl FnOnce(&T::Columns) -> P,
        ) -> Aggregation<T, P, Self> {
            let _ = table;
            begin(columns(&T::COLUMNS), self.clone())
        }
    }

    impl<T, P> Aggregation<T, P, Client> {
        /// The same with options of its own, besides those of the client.
        pub fn with(mut self, change: impl FnOnce(RequestOptions) -> RequestOptions) -> Self {
            self.client = self.client.with(change);
            self
        }
    }

    impl<T: Table, P: Aggregated<T> + Send + 'static> IntoFuture for Aggregation<T, P, Client> {
        type Output = Result<Vec<P::Value>, crate::Error>;
        type IntoFuture = Sending<Vec<P::Value>>;

        fn into_future(self) -> Self::IntoFuture {
            Box::pin(async move {
                let response = self.client.execute(self.request()?).await?;
                self.read(&response)
            })
        }
    }
}
