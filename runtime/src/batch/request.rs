//! The request that carries a batch.

use super::write::{Inner, Multipart};
use super::{Batch, Entry, Item, LONGEST_URL, MOST_OPERATIONS, PATH, reference};
use crate::InvalidRequest;
use crate::message::{Origin, Repeat, Request};
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method};

const BOUNDARY: &str = "batch";

/// What errors call the whole.
pub(super) const ORIGIN: Origin = Origin {
    operation: "batch",
    table: None,
};

impl<C> Batch<C> {
    /// The request. `root` is the path of the service's root, such as `/api/data/v9.2/`: addresses in a batch are absolute.
    ///
    /// # Errors
    /// If the service would refuse it: there are more than 1,000 operations, one of them is invalid by itself or has a URL
    /// that is too long, or one refers to a row that isn't created before it in the same change set.
    pub fn request(&self, root: &str) -> Result<Request, InvalidRequest> {
        self.request_from(0, root)
    }

    /// The request for the items from there on.
    pub(super) fn request_from(&self, item: usize, root: &str) -> Result<Request, InvalidRequest> {
        let operations = self.operations.len();
        if operations > MOST_OPERATIONS {
            return Err(InvalidRequest::TooManyOperations { operations });
        }
        let mut body = Vec::new();
        let mut parts = Multipart::new(&mut body, BOUNDARY);
        for (at, item) in self.items.iter().enumerate().skip(item) {
            self.push_item(&mut parts, at, item, root)?;
        }
        parts.end();
        let mut request = Request::new(Method::POST, PATH, ORIGIN)
            .header(CONTENT_TYPE, Multipart::content_type(BOUNDARY))
            .repeat(self.may_repeat());
        if self.continue_on_error {
            request = request.prefer(HeaderValue::from_static("odata.continue-on-error"));
        }
        Ok(request.body(body))
    }

    fn push_item(
        &self,
        to: &mut Multipart<'_>,
        at: usize,
        item: &Item,
        root: &str,
    ) -> Result<(), InvalidRequest> {
        let entries = &self.operations[item.operations.clone()];
        let mut before = Vec::new();
        let mut requests = Vec::with_capacity(entries.len());
        for entry in entries {
            let request = entry.request.as_ref().map_err(Clone::clone)?;
            let unknown = reference::of(request)
                .into_iter()
                .find(|number| !before.contains(number));
            if let Some(number) = unknown {
                return Err(reference::unknown(number));
            }
            if item.is_set {
                before.push(entry.number);
            }
            let path = absolute(request, root);
            if path.len() > LONGEST_URL {
                return Err(InvalidRequest::UrlTooLong { length: path.len() });
            }
            requests.push((item.is_set.then_some(entry.number), request, path));
        }
        let write = |to: &mut Multipart<'_>| {
            for (content_id, request, path) in &requests {
                to.request(&Inner {
                    content_id: *content_id,
                    method: request.method(),
                    path,
                    headers: request.headers(),
                    content: request.content().map_or(&[], |content| content),
                });
            }
        };
        match item.is_set {
            // The service takes no empty change set.
            true if requests.is_empty() => {}
            true => to.nested(&format!("changeset_{}", at + 1), write),
            false => write(to),
        }
        Ok(())
    }

    /// A batch is repeated if it only reads and creates rows under ids of their own. Other writes may each be repeated, but
    /// not one behind the other: an update whose row a later operation deletes would fail the second time.
    pub(super) fn may_repeat(&self) -> Repeat {
        let repeat = |entry: &Entry| match &entry.request {
            Ok(request) if *request.method() == Method::GET => Repeat::Safe,
            Ok(request) if request.may_repeat() == Repeat::CreatesOnce => Repeat::CreatesOnce,
            _ => Repeat::Never,
        };
        let mut all = Repeat::Safe;
        for item in &self.items {
            let entries = &self.operations[item.operations.clone()];
            let several = item.is_set && entries.len() > 1;
            for entry in entries {
                // Elastic tables have no transactions: that one row is there says nothing of the others.
                let elastic = entry.draft.as_ref().is_some_and(|draft| draft.elastic);
                match repeat(entry) {
                    Repeat::Safe => {}
                    Repeat::CreatesOnce if !(several && elastic) => all = Repeat::CreatesOnce,
                    _ => return Repeat::Never,
                }
            }
        }
        all
    }
}

/// Rows that a change set writes have an address of their own, and further pages have whole URLs.
fn absolute(request: &Request, root: &str) -> String {
    let path = request.path();
    if request.is_whole_url() || path.starts_with('$') {
        return path.to_owned();
    }
    format!("{root}{path}")
}
