//! Requests that are ready to be sent, together with how their answers are read.

mod answered;
#[cfg(feature = "client")]
mod sent;

use crate::message::{Origin, Repeat, Request, Response};
use crate::storage::is_elastic;
use crate::write::Entries;
use crate::{Error, InvalidRequest, Row, ServiceError, Table, Uuid, bulk, select};
use http::header::{IF_MATCH, IF_NONE_MATCH};
use http::{HeaderValue, Method};
use std::fmt;
use std::marker::PhantomData;

pub use answered::Answered;
#[cfg(feature = "client")]
pub use sent::Sending;

/// A write or call that isn't sent yet. Made with a client it is sent by awaiting it; its request can be looked at before.
///
/// `W` says what it does, which decides the methods that it has, and `O` what it gives. Without a client, which
/// [`Offline`] stands for, it is a request as text, and reads the answer that somebody else got.
#[must_use = "nothing is sent until it is awaited"]
pub struct Pending<W, O, C = Offline> {
    pub(crate) draft: Draft,
    pub(crate) read: Reader<O>,
    pub(crate) client: C,
    pub(crate) of: PhantomData<fn() -> W>,
}

/// In place of a client: nothing is sent.
#[derive(Clone, Copy, Debug)]
pub struct Offline;

/// Reads a successful answer.
pub(crate) type Reader<O> = fn(&Draft, &Response) -> Result<O, Error>;

/// A request in the making.
#[derive(Debug)]
pub(crate) struct Draft {
    pub method: Method,
    /// Path under the service's root, percent-encoded, possibly with a query.
    pub path: String,
    pub content: Content,
    pub condition: Condition,
    pub preferences: Vec<HeaderValue>,
    pub repeat: Repeat,
    pub origin: Origin,
    /// The id that the row is created under: the primary id's name, and the value.
    pub own_id: Option<(&'static str, Uuid)>,
    /// The request that reads the row, where the answer doesn't hold it.
    pub reads_row: Option<ReadsRow>,
    /// Why the service would refuse it.
    pub problem: Option<InvalidRequest>,
    /// The table's rows live where there are no transactions.
    pub elastic: bool,
}

#[derive(Debug)]
pub(crate) enum Content {
    Nothing,
    Properties(Entries),
    Json(String),
    Targets(Vec<bulk::Target>),
}

/// What has to be true of the row.
#[derive(Debug)]
pub(crate) enum Condition {
    None,
    Exists,
    IsNew,
    Version(HeaderValue),
}

/// A request for the row that was written.
#[derive(Debug)]
pub(crate) struct ReadsRow {
    pub request: Request,
    /// Also if the answer to the write holds a row: not all that is wanted of it.
    pub always: bool,
}

impl Draft {
    pub fn new(method: Method, path: String, operation: &'static str, table: Option<&'static str>) -> Self {
        Self {
            method,
            path,
            content: Content::Nothing,
            condition: Condition::None,
            preferences: Vec::new(),
            repeat: Repeat::Never,
            origin: Origin { operation, table },
            own_id: None,
            reads_row: None,
            problem: None,
            elastic: false,
        }
    }

    /// A draft about rows of `T`.
    pub fn of<T: Table>(method: Method, path: String, operation: &'static str) -> Self {
        let table = T::META.logical_name;
        let problem = T::META
            .entity_set
            .is_empty()
            .then_some(InvalidRequest::NoEntitySet { table });
        Self {
            problem,
            elastic: is_elastic::<T>(),
            ..Self::new(method, path, operation, Some(table))
        }
    }

    /// The same that carries these properties.
    pub fn with(mut self, entries: Entries) -> Self {
        self.problem = self.problem.take().or_else(|| entries.problem());
        self.content = Content::Properties(entries);
        self
    }

    /// Makes it depend on the row's version.
    pub fn require_version(&mut self, etag: &str) {
        match HeaderValue::from_str(etag) {
            Ok(version) => self.condition = Condition::Version(version),
            Err(_) => {
                let etag = etag.to_owned();
                self.problem = self.problem.take().or(Some(InvalidRequest::BadVersion { etag }));
            }
        }
    }

    /// Asks for the written row as `R` reads it.
    ///
    /// A create's answer holds related rows too, an update's doesn't
    /// (<https://learn.microsoft.com/power-apps/developer/data-platform/webapi/update-delete-entities-using-web-api>):
    /// these are read by a request of their own.
    pub fn return_row<R: Row>(&mut self, row: Option<String>) {
        let creates = self.method == Method::POST;
        self.reads_row = row.map(|row| ReadsRow {
            request: select::retrieval::<R>(&row),
            always: !creates && select::expand::<R>().is_some(),
        });
        let query = if creates {
            select::options::<R>()
        } else {
            format!("$select={}", select::select::<R>())
        };
        self.path = format!("{}?{query}", self.path.split('?').next().unwrap_or_default());
        self.preferences = vec![HeaderValue::from_static("return=representation")];
        self.preferences.extend(select::preference::<R>());
    }

    fn body(&self) -> Option<String> {
        match &self.content {
            Content::Nothing => None,
            Content::Json(json) => Some(json.clone()),
            Content::Targets(targets) => Some(bulk::body(targets)),
            Content::Properties(entries) => {
                let own_id = self
                    .own_id
                    .map(|(name, id)| (name.to_owned(), format!("\"{id}\"")));
                Some(entries.to_json_after(own_id))
            }
        }
    }

    pub fn follow_up(&self, response: &Response) -> Option<&Request> {
        let reads = self.reads_row.as_ref()?;
        let wanted = reads.always || response.body.is_empty();
        (wanted && response.status.is_success()).then_some(&reads.request)
    }

    pub fn request(&self) -> Result<Request, InvalidRequest> {
        if let Some(problem) = &self.problem {
            return Err(problem.clone());
        }
        let mut request =
            Request::new(self.method.clone(), self.path.clone(), self.origin).repeat(self.repeat);
        request = match &self.condition {
            Condition::None => request,
            Condition::Exists => request.header(IF_MATCH, HeaderValue::from_static("*")),
            Condition::IsNew => request.header(IF_NONE_MATCH, HeaderValue::from_static("*")),
            Condition::Version(version) => request.header(IF_MATCH, version.clone()),
        };
        for preference in &self.preferences {
            request = request.prefer(preference.clone());
        }
        Ok(match self.body() {
            Some(body) => request.json(body),
            None => request,
        })
    }
}

impl<W, O> Pending<W, O> {
    pub(crate) fn new(draft: Draft, read: Reader<O>) -> Self {
        Self {
            draft,
            read,
            client: Offline,
            of: PhantomData,
        }
    }

    /// The same, which this client sends.
    #[cfg(feature = "client")]
    pub fn on(self, client: &crate::Client) -> Pending<W, O, crate::Client> {
        Pending {
            draft: self.draft,
            read: self.read,
            client: client.clone(),
            of: PhantomData,
        }
    }
}

impl<W, O, C> Pending<W, O, C> {
    /// The request.
    ///
    /// # Errors
    /// If the service would refuse it: a text is too long, or a lookup is bound to a row of an unknown table.
    pub fn request(&self) -> Result<Request, InvalidRequest> {
        self.draft.request()
    }

    /// Reads the answer.
    ///
    /// # Errors
    /// If the answer is no success, or has another shape than expected.
    pub fn read(&self, response: &Response) -> Result<O, Error> {
        if response.status.is_success() {
            (self.read)(&self.draft, response)
        } else {
            Err(Box::new(ServiceError::from_response(response, self.draft.origin)).into())
        }
    }

    /// The request that reads the written row, if it is to be read and this answer doesn't hold it: the answer to that
    /// request is the one to [`read`](Self::read), with the status of this one.
    pub fn follow_up(&self, response: &Response) -> Option<&Request> {
        self.draft.follow_up(response)
    }

    /// The same with another answer.
    pub(crate) fn giving<V>(self, read: Reader<V>) -> Pending<W, V, C> {
        Pending {
            draft: self.draft,
            read,
            client: self.client,
            of: PhantomData,
        }
    }
}

impl<W, O, C> fmt::Debug for Pending<W, O, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pending")
            .field("draft", &self.draft)
            .finish_non_exhaustive()
    }
}
