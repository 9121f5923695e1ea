//! Queries: which rows, in which order, how many at a time; and the request that asks for them.

#[cfg(feature = "client")]
mod asked;
mod change;
#[cfg(feature = "client")]
mod changed_rows;
mod changes;
#[cfg(feature = "client")]
mod client;
mod count;
mod expand;
mod plan;
mod records;
mod retrieve;
#[cfg(feature = "client")]
mod rows;
mod total;
mod view;

use crate::filter::{Filter, Orders};
use crate::message::Request;
use crate::pending::Offline;
use crate::write::OneRow;
use crate::{Accepts, Collection, InvalidRequest, Row, Table};
pub use change::Change;
#[cfg(feature = "client")]
pub use changed_rows::ChangedRows;
pub use changes::Changes;
#[cfg(feature = "client")]
pub(crate) use client::all;
pub(crate) use count::read as read_count;
pub use count::{Count, Counting};
pub(crate) use expand::Expanded;
pub use expand::{Expanding, Expands, Many, One};
use plan::Plan;
#[cfg(feature = "client")]
pub(crate) use records::Selection;
pub use records::Selects;
pub use retrieve::Retrieve;
#[cfg(feature = "client")]
pub(crate) use rows::ReadPage;
#[cfg(feature = "client")]
pub use rows::{Position, Rows};
use std::fmt;
use std::marker::PhantomData;
pub use total::{TotalRows, total_rows};
pub use view::{View, ViewId};

/// A query for rows of `R`, which also says what of each row is read.
///
/// Made by [`Client::query`](crate::Client::query), it is sent by one of the methods that give rows. Its text is the
/// request. Without a client, made by [`Query::new`], it is the request alone.
///
/// ```
/// # use crm::{account::Account, prelude::*};
/// # use dataverse_runtime::Query;
/// #[derive(Row)]
/// #[row(table = Account)]
/// struct Company {
///     name: Option<String>,
/// }
///
/// let query = Query::<Company>::new()
///     .filter(|a| a.revenue.gt(money!(1_000_000)))
///     .order_by(|a| a.name.asc())
///     .top(3);
/// assert_eq!(
///     query.to_string(),
///     "GET accounts?$select=name&$filter=revenue%20gt%201000000&$orderby=name%20asc,accountid%20asc&$top=3"
/// );
/// ```
#[must_use = "a query does nothing until its rows are asked for"]
pub struct Query<R, C = Offline> {
    plan: Plan,
    #[cfg(feature = "client")]
    read: ReadPage<R>,
    client: C,
    of: PhantomData<fn() -> R>,
}

impl<R: Row> Query<R> {
    /// A query for all rows.
    pub fn new() -> Self {
        Self::with_client(Offline)
    }
}

impl<R: Row> Default for Query<R> {
    fn default() -> Self {
        Self::new()
    }
}

impl<R: Row, C> Query<R, C> {
    fn with_client(client: C) -> Self {
        Self {
            plan: Plan::of::<R>(),
            #[cfg(feature = "client")]
            read: |body| crate::decode::page(body),
            client,
            of: PhantomData,
        }
    }

    /// Only rows that are related to this one, by a relationship to many rows.
    ///
    /// ```
    /// # use crm::{account::Account, contact::Contact, prelude::*};
    /// # #[derive(Row)]
    /// # #[row(table = Contact)]
    /// # struct Person { fullname: Option<String> }
    /// # let account = Id::<Account>::new(Uuid::from_u128(1));
    /// let people = Query::<Person>::new().related_to(account, |a| a.contact_customer_accounts);
    /// assert_eq!(
    ///     people.to_string(),
    ///     "GET accounts(00000000-0000-0000-0000-000000000001)/contact_customer_accounts?$select=fullname"
    /// );
    /// ```
    #[expect(clippy::needless_pass_by_value, reason = "an address is made for one request")]
    pub fn related_to<A: OneRow, U: Accepts<R::Table>>(
        mut self,
        row: A,
        relationship: impl FnOnce(&<A::Table as Table>::Columns) -> Collection<A::Table, U>,
    ) -> Self {
        let navigation = relationship(&<A::Table as Table>::COLUMNS).navigation();
        self.plan.place = format!("{}/{navigation}", row.path());
        self
    }

    /// Only rows for which this holds. Of several conditions all have to hold.
    pub fn filter(
        mut self,
        condition: impl FnOnce(&<R::Table as Table>::Columns) -> Filter<R::Table>,
    ) -> Self {
        self.plan.and(condition(&R::Table::COLUMNS).into_expression());
        self
    }

    /// In this order; after an earlier one, within that.
    ///
    /// The primary id is added at the end, so that pages neither repeat nor lose rows that are otherwise equal.
    pub fn order_by<O: Orders<R::Table>>(
        mut self,
        orders: impl FnOnce(&<R::Table as Table>::Columns) -> O,
    ) -> Self {
        let mut list = Vec::new();
        orders(&R::Table::COLUMNS).push_to(&mut list);
        self.plan.orders.extend(list.iter().map(ToString::to_string));
        self
    }

    /// Which of the related rows are read that a field with `#[row(expand)]` holds: all of them without this.
    ///
    /// ```
    /// # use crm::{account::Account, contact::Contact, prelude::*};
    /// # #[derive(Row)]
    /// # #[row(table = Contact)]
    /// # struct Person { fullname: Option<String> }
    /// #[derive(Row)]
    /// #[row(table = Account)]
    /// struct Company {
    ///     name: Option<String>,
    ///     #[row(expand)]
    ///     contact_customer_accounts: Vec<Person>,
    /// }
    ///
    /// let query = Query::<Company>::new().expand(
    ///     |a| a.contact_customer_accounts,
    ///     |people| people.filter(|c| c.emailaddress1.is_not_null()).order_by(|c| c.fullname.asc()).top(3),
    /// );
    /// assert_eq!(
    ///     query.to_string(),
    ///     "GET accounts?$select=name&$expand=contact_customer_accounts($select=fullname\
    ///      ;$filter=emailaddress1%20ne%20null;$orderby=fullname%20asc;$top=3)"
    /// );
    /// ```
    ///
    /// What the service refuses makes the query [invalid](InvalidRequest).
    pub fn expand<E: Expands<R::Table>, P>(
        mut self,
        relationship: impl FnOnce(&<R::Table as Table>::Columns) -> E,
        options: impl FnOnce(Expanding<E::Table, E::Many>) -> Expanding<E::Table, P>,
    ) -> Self {
        let relationship = relationship(&R::Table::COLUMNS);
        expand::push_expanded(&mut self.plan.expanded, relationship, options);
        self
    }

    /// At most so many rows.
    pub fn top(mut self, most: usize) -> Self {
        self.plan.top = Some(most);
        self
    }

    /// So many rows in each answer, between 1 and 5,000. Without it the service gives 5,000.
    ///
    /// Smaller pages come sooner, and larger ones need fewer requests.
    pub fn page_size(mut self, rows: u32) -> Self {
        self.plan.page_of(rows);
        self
    }

    /// Asks along how many rows there are on all pages: see `Rows::total`.
    pub fn with_total(mut self) -> Self {
        self.plan.total = true;
        self
    }
}

impl<R, C> Query<R, C> {
    #[cfg(feature = "client")]
    fn at_most(mut self, most: usize) -> Self {
        self.plan.top = Some(most);
        self
    }

    /// The request for the one page that is read of it, and what makes it. Where the service counts the rows itself, their
    /// number needs no page size.
    pub(crate) fn only_page(&self) -> (Request, &C) {
        let mut plan = self.plan.clone();
        if plan.top.is_some_and(|most| most <= plan::LARGEST_PAGE as usize) {
            plan.page_size = None;
        }
        (plan.request(), &self.client)
    }

    /// Whether the service would take it: what is wrong is otherwise said when the first row is asked for.
    ///
    /// # Errors
    /// If the table has no address, if a function of the service stands behind `!` or in a condition on related rows, or if
    /// the service doesn't take what is said about related rows.
    pub fn verify(&self) -> Result<(), InvalidRequest> {
        self.plan.verify()
    }

    /// The request for the first page.
    pub fn request(&self) -> Request {
        self.plan.request()
    }
}

impl<R, C> fmt::Display for Query<R, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.request().fmt(f)
    }
}

impl<R, C> fmt::Debug for Query<R, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Query({})", self.request().path())
    }
}
