//! What rows are asked for by: a query, or a text in FetchXML.

use super::plan::Plan;
use crate::decode::Page;
use crate::fetch_xml::FetchPlan;
use crate::message::Request;
use crate::{DecodeError, InvalidRequest};

/// Makes the requests for pages.
pub(crate) enum Asked {
    Query(Plan),
    Fetch(FetchPlan),
}

impl From<Plan> for Asked {
    fn from(plan: Plan) -> Self {
        Self::Query(plan)
    }
}

impl From<FetchPlan> for Asked {
    fn from(plan: FetchPlan) -> Self {
        Self::Fetch(plan)
    }
}

impl Asked {
    /// The request for the page at this address, or the first.
    pub(super) fn begin(&mut self, from: Option<&str>) -> Result<Request, InvalidRequest> {
        match (self, from) {
            (Self::Query(plan), None) => plan.verified(),
            (Self::Query(plan), Some(address)) => plan.verify().map(|()| plan.page(address)),
            (Self::Fetch(plan), None) => plan.request(),
            (Self::Fetch(plan), Some(address)) => plan.resume(address),
        }
    }

    /// The request for the page at this address, which [`next`](Self::next) gave.
    pub(super) fn page(&self, address: &str) -> Request {
        match self {
            Self::Query(plan) => plan.page(address),
            Self::Fetch(plan) => plan.page(address.to_owned()),
        }
    }

    /// How many rows are wanted, where the client counts them.
    pub(super) fn top(&self) -> Option<usize> {
        match self {
            Self::Query(plan) => plan.top,
            Self::Fetch(plan) => plan.first,
        }
    }

    /// The address of the page after this one.
    pub(super) fn next<R>(&mut self, page: &Page<R>) -> Result<Option<String>, DecodeError> {
        match self {
            Self::Query(plan) => plan.next(page),
            Self::Fetch(plan) => plan.next(page),
        }
    }
}
