//! A query without its types, and its URL.

use crate::TableMeta;
use crate::message::{Origin, Request};
use crate::text::percent_encoded;
use http::{HeaderValue, Method};

/// The most rows that the service gives in one answer.
pub(super) const LARGEST_PAGE: u32 = 5_000;

#[derive(Clone, Debug)]
pub(super) struct Plan {
    table: &'static str,
    entity_set: &'static str,
    primary_id: &'static str,
    select: String,
    expand: Option<String>,
    annotations: Option<HeaderValue>,
    pub(super) orders: Vec<String>,
    pub(super) top: Option<usize>,
    pub(super) page_size: Option<u32>,
}

impl Plan {
    pub(super) fn new(
        meta: &TableMeta,
        select: String,
        expand: Option<String>,
        annotations: Option<HeaderValue>,
    ) -> Self {
        Self {
            table: meta.logical_name,
            entity_set: meta.entity_set,
            primary_id: meta.primary_id,
            select,
            expand,
            annotations,
            orders: Vec::new(),
            top: None,
            page_size: None,
        }
    }

    /// The request for the first page of the rows for which the condition holds.
    pub(super) fn request(&self, filter: Option<String>) -> Request {
        let mut path = format!("{}?$select={}", self.entity_set, self.select);
        let mut option = |name: &str, value: &str| {
            path.push('&');
            path.push_str(name);
            path.push('=');
            path.push_str(value);
        };
        if let Some(filter) = filter {
            option("$filter", &percent_encoded(&filter));
        }
        if let Some(orders) = self.ordered() {
            option("$orderby", &orders);
        }
        if let Some(expand) = &self.expand {
            option("$expand", expand);
        }
        if let Some(top) = self.top_in_url() {
            option("$top", &top.to_string());
        }
        self.prepared(path)
    }

    /// The request for the page at this address, which stays as the service gave it.
    #[cfg(feature = "client")]
    pub(super) fn page(&self, address: &str) -> Request {
        self.prepared(address.to_owned())
    }

    /// Preferences aren't part of a page's address: each request carries them.
    fn prepared(&self, path: String) -> Request {
        let origin = Origin {
            operation: "query",
            table: Some(self.table),
        };
        let size = self
            .page_size
            .and_then(|rows| HeaderValue::from_str(&format!("odata.maxpagesize={rows}")).ok());
        let preferences = size.into_iter().chain(self.annotations.clone());
        preferences.fold(Request::new(Method::GET, path, origin), Request::prefer)
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
        let by_id = |order: &String| order.split(' ').next() == Some(self.primary_id);
        if !orders.iter().any(by_id) {
            orders.push(format!("{} asc", self.primary_id));
        }
        Some(orders.join(",").replace(' ', "%20"))
    }
}
