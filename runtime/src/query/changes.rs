//! The changes of a table: the request for them.

use super::plan::{Plan, Source};
use crate::message::Request;
use crate::pending::Offline;
use crate::{ChangeTracked, InvalidRequest, Row};
use std::fmt;
use std::marker::PhantomData;

/// The changes of a table, read into rows of `R`. The first time, all rows are new.
///
/// Made by [`Client::changes`](crate::Client::changes). Neither conditions nor orders can be said, and `R` can't hold
/// related rows: the service takes none of these for changes
/// (<https://learn.microsoft.com/power-apps/developer/data-platform/use-change-tracking-synchronize-data-external-systems>).
///
/// ```
/// # use crm::{account::Account, prelude::*};
/// # use dataverse_runtime::query::Changes;
/// #[derive(Row)]
/// #[row(table = Account)]
/// struct Company {
///     name: Option<String>,
/// }
///
/// assert_eq!(
///     Changes::<Company>::new().to_string(),
///     "GET accounts?$select=name\nprefer: odata.track-changes"
/// );
/// ```
#[must_use = "changes do nothing until they are asked for"]
pub struct Changes<R, C = Offline> {
    pub(super) plan: Plan,
    #[cfg(feature = "client")]
    pub(super) from: Option<super::Position>,
    #[cfg_attr(not(feature = "client"), expect(dead_code, reason = "nothing sends it"))]
    pub(super) client: C,
    of: PhantomData<fn() -> R>,
}

impl<R: Row> Changes<R>
where
    R::Table: ChangeTracked,
{
    /// All changes of the table, without a client.
    pub fn new() -> Self {
        Self::with_client(Offline)
    }
}

impl<R: Row> Default for Changes<R>
where
    R::Table: ChangeTracked,
{
    fn default() -> Self {
        Self::new()
    }
}

impl<R: Row, C> Changes<R, C> {
    pub(super) fn with_client(client: C) -> Self {
        let mut plan = Plan::of::<R>();
        plan.source = Source::Changes;
        Self {
            plan,
            #[cfg(feature = "client")]
            from: None,
            client,
            of: PhantomData,
        }
    }

    /// So many changes in each answer, between 1 and 5,000. Without it the service gives 5,000.
    pub fn page_size(mut self, rows: u32) -> Self {
        self.plan.page_of(rows);
        self
    }

    /// The request for the first page of all rows.
    ///
    /// # Errors
    /// If the table has no address, or `R` reads related rows.
    pub fn request(&self) -> Result<Request, InvalidRequest> {
        self.plan.verified()
    }
}

impl<R, C> fmt::Display for Changes<R, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.plan.request().fmt(f)
    }
}

impl<R, C> fmt::Debug for Changes<R, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Changes({})", self.plan.request().path())
    }
}
