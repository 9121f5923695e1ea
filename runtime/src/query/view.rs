//! The rows of a view that is stored in the environment.

use super::plan::{Plan, Source};
use crate::message::Request;
use crate::pending::Offline;
use crate::{InvalidRequest, Row, Uuid};
use std::fmt;
use std::marker::PhantomData;

/// A view: a query that is stored in the environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViewId {
    /// A view that everybody has: the id of a row of `savedquery`.
    System(Uuid),
    /// A view that a user has made: the id of a row of `userquery`.
    Personal(Uuid),
}

/// The rows of a view, which says which rows and columns there are and in which order.
///
/// A view leaves out what is empty, so that a column which it doesn't have reads as an empty one.
#[must_use = "a view does nothing until its rows are asked for"]
pub struct View<R, C = Offline> {
    pub(super) plan: Plan,
    #[cfg(feature = "client")]
    pub(super) read: super::rows::ReadPage<R>,
    pub(crate) client: C,
    of: PhantomData<fn() -> R>,
}

impl<R: Row> View<R> {
    /// The rows of this view, without a client.
    pub fn new(view: ViewId) -> Self {
        Self::with_client(view, Offline)
    }
}

impl<R: Row, C> View<R, C> {
    pub(super) fn with_client(view: ViewId, client: C) -> Self {
        let mut plan = Plan::of::<R>();
        plan.source = Source::View(match view {
            ViewId::System(id) => format!("savedQuery={id}"),
            ViewId::Personal(id) => format!("userQuery={id}"),
        });
        Self {
            plan,
            #[cfg(feature = "client")]
            read: |body| crate::decode::view_page(body),
            client,
            of: PhantomData,
        }
    }

    /// So many rows in each answer, between 1 and 5,000.
    pub fn page_size(mut self, rows: u32) -> Self {
        self.plan.page_of(rows);
        self
    }

    /// The request for the first page.
    ///
    /// # Errors
    /// If the table has no address, or `R` reads related rows, which a view doesn't give.
    pub fn request(&self) -> Result<Request, InvalidRequest> {
        self.plan.verified()
    }
}

impl<R, C> fmt::Debug for View<R, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "View({})", self.plan.request().path())
    }
}
