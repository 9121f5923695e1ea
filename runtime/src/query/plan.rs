//! A query without its types, and its URL.

use super::expand::{self, Expanded};
#[cfg(feature = "client")]
use crate::DecodeError;
#[cfg(feature = "client")]
use crate::decode::Page;
use crate::filter::Expression;
use crate::message::{Origin, Request};
use crate::row::Part;
use crate::text::percent_encoded;
use crate::{InvalidRequest, Row, Table, TableMeta, select};
use http::{HeaderValue, Method};

/// The most rows that the service gives in one answer.
pub(super) const LARGEST_PAGE: u32 = 5_000;

/// The annotation that says whether there are more rows than were counted.
const COUNT_EXCEEDED: &str = "Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded";

#[derive(Clone, Debug)]
pub(crate) struct Plan {
    meta: &'static TableMeta,
    /// Where the rows are: the entity set, or a relationship of a row.
    pub(super) place: String,
    parts: &'static [Part],
    pub(super) select: String,
    pub(super) expanded: Vec<Expanded>,
    pub(super) annotations: Vec<&'static str>,
    pub(super) filter: Option<Expression>,
    pub(super) orders: Vec<String>,
    pub(super) top: Option<usize>,
    pub(super) page_size: Option<u32>,
    /// Whether the rows are counted.
    pub(super) total: bool,
    pub(super) source: Source,
}

/// Where the rows come from.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// The table, as the query says.
    Query,
    /// A view, as an option of the URL: it says all but the size of pages.
    View(String),
    /// The table's changes.
    Changes,
}

/// Asks for the address of later changes, on the last page.
const TRACK_CHANGES: HeaderValue = HeaderValue::from_static("odata.track-changes");

/// How the option of an address begins that says since when changes are wanted.
const DELTA_TOKEN: &str = "$deltatoken=";

impl Plan {
    /// All rows, of which an `R` reads its parts.
    pub(super) fn of<R: Row>() -> Self {
        Self {
            meta: &R::Table::META,
            place: R::Table::META.entity_set.to_owned(),
            parts: R::PARTS,
            select: select::select::<R>(),
            expanded: Vec::new(),
            annotations: select::annotations_of(R::PARTS),
            filter: None,
            orders: Vec::new(),
            top: None,
            page_size: None,
            total: false,
            source: Source::Query,
        }
    }

    /// Whether the service would take it.
    pub(super) fn verify(&self) -> Result<(), InvalidRequest> {
        if self.place.is_empty() {
            return Err(InvalidRequest::NoEntitySet {
                table: self.meta.logical_name,
            });
        }
        let expand = |part: &Part| match part {
            Part::Expand { navigation, .. } => Some(*navigation),
            _ => None,
        };
        match (&self.source, self.parts.iter().find_map(expand)) {
            (Source::View(_), Some(navigation)) => return Err(InvalidRequest::ViewExpands { navigation }),
            (Source::Changes, Some(navigation)) => return Err(InvalidRequest::ChangesExpand { navigation }),
            _ => {}
        }
        expand::verify(self.parts, &self.expanded, self.page_size.is_some())?;
        self.filter.as_ref().map_or(Ok(()), Expression::verify)
    }

    /// So many rows in each answer.
    pub(super) fn page_of(&mut self, rows: u32) {
        self.page_size = Some(rows.clamp(1, LARGEST_PAGE));
    }

    /// The request for the first page, if the service would take it.
    pub(super) fn verified(&self) -> Result<Request, InvalidRequest> {
        self.verify().map(|()| self.request())
    }

    /// Adds a condition to those that have to hold.
    pub(super) fn and(&mut self, more: Expression) {
        self.filter = Some(match self.filter.take() {
            Some(known) => known.and(more),
            None => more,
        });
    }

    /// The request for the first page.
    pub(super) fn request(&self) -> Request {
        if let Source::View(view) = &self.source {
            return self.prepared(format!("{}?{view}", self.place));
        }
        let mut path = format!("{}?$select={}", self.place, self.select);
        let mut option = |name: &str, value: &str| {
            path.push('&');
            path.push_str(name);
            path.push('=');
            path.push_str(value);
        };
        if let Some(filter) = &self.filter {
            option("$filter", &percent_encoded(&filter.to_odata()));
        }
        if let Some(orders) = self.ordered() {
            option("$orderby", &orders);
        }
        if let Some(expand) = select::expanded(self.parts, &self.expanded) {
            option("$expand", &expand);
        }
        if let Some(top) = self.top_in_url() {
            option("$top", &top.to_string());
        }
        if self.total {
            option("$count", "true");
        }
        self.prepared(path)
    }

    /// The request that counts the rows.
    pub(super) fn count_request(&self) -> Request {
        let mut path = format!("{}/$count", self.place);
        if let Some(filter) = &self.filter {
            path.push_str("?$filter=");
            path.push_str(&percent_encoded(&filter.to_odata()));
        }
        Request::new(Method::GET, path, self.origin("count"))
    }

    /// The request for the page at this address, which stays as the service gave it.
    #[cfg(feature = "client")]
    pub(super) fn page(&self, address: &str) -> Request {
        self.prepared(address.to_owned())
    }

    /// The address of the page after this one. The last page of changes has the address of later ones.
    #[cfg(feature = "client")]
    pub(super) fn next<R>(&self, page: &Page<R>) -> Result<Option<String>, DecodeError> {
        let ends = page.next_link.is_none() && page.delta_link.is_none();
        if ends && matches!(self.source, Source::Changes) {
            return Err(DecodeError::missing(
                "the address of later changes (`@odata.deltaLink`), or of the next page",
            ));
        }
        Ok(page.next_link.clone())
    }

    pub(super) fn origin(&self, operation: &'static str) -> Origin {
        Origin {
            operation,
            table: Some(self.meta.logical_name),
        }
    }

    /// Preferences aren't part of a page's address: each request carries them.
    fn prepared(&self, path: String) -> Request {
        let operation = match self.source {
            Source::Query => "query",
            Source::View(_) => "view",
            Source::Changes => "changes",
        };
        let is_first_sync = matches!(self.source, Source::Changes) && !path.contains(DELTA_TOKEN);
        let size = self
            .page_size
            .and_then(|rows| HeaderValue::from_str(&format!("odata.maxpagesize={rows}")).ok());
        let mut annotations = self.annotations.clone();
        if self.total {
            annotations.push(COUNT_EXCEEDED);
        }
        let annotations = (!annotations.is_empty()).then(|| annotations.join(","));
        let annotations = annotations.as_deref().and_then(select::including);
        let request = Request::new(Method::GET, path, self.origin(operation));
        let tracking = is_first_sync.then_some(TRACK_CHANGES);
        tracking
            .into_iter()
            .chain(size)
            .chain(annotations)
            .fold(request, Request::prefer)
    }

    /// The service ignores `$top` where a page size is given, and cuts it at 5,000: then the client counts
    /// (Microsoft Learn, "Page results using OData").
    fn top_in_url(&self) -> Option<usize> {
        let fits = |top: &usize| *top <= LARGEST_PAGE as usize && self.page_size.is_none();
        self.top.filter(fits)
    }

    fn ordered(&self) -> Option<String> {
        if self.orders.is_empty() {
            return None;
        }
        let mut orders = self.orders.clone();
        let primary_id = self.meta.primary_id;
        let by_id = |order: &String| order.split(' ').next() == Some(primary_id);
        if !orders.iter().any(by_id) {
            orders.push(format!("{primary_id} asc"));
        }
        Some(orders.join(",").replace(' ', "%20"))
    }
}
