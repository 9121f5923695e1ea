//! One request to the service, not yet sent.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use std::fmt;

/// One request to the service.
///
/// It is made by queries, writes and operations, and can be looked at before it is sent: its text is the method, the
/// path under the service's root and the body.
#[derive(Clone)]
pub struct Request {
    method: Method,
    path: String,
    headers: HeaderMap,
    body: Option<Bytes>,
    repeat: Repeat,
    origin: Origin,
}

/// Whether a request may be sent again when nobody knows if the service has carried it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// Carrying it out twice is the same as once: reads, and writes that say what the row is afterwards.
    Safe,
    /// It creates the row under an id of its own, and only if that isn't there: when it is repeated, the answer
    /// "already there" means that it was carried out.
    CreatesOnce,
    /// Twice is not the same as once: never sent again unless the service has said that it did nothing.
    Never,
}

/// What a request is for, to say so in errors and traces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// What it does: `create`, `query`, the name of an action.
    pub operation: &'static str,
    /// Logical name of the table, if there is one.
    pub table: Option<&'static str>,
}

impl Request {
    /// A request without a body. The path stands under the service's root and is percent-encoded already: `accounts(…)`.
    pub fn new(method: Method, path: impl Into<String>, origin: Origin) -> Self {
        let repeat = if method == Method::POST {
            Repeat::Never
        } else {
            Repeat::Safe
        };
        Self {
            method,
            path: path.into(),
            headers: HeaderMap::new(),
            body: None,
            repeat,
            origin,
        }
    }

    /// The same with this JSON as its body.
    #[must_use]
    pub fn json(self, body: impl Into<Bytes>) -> Self {
        let json = HeaderValue::from_static("application/json; charset=utf-8");
        self.header(http::header::CONTENT_TYPE, json).body(body)
    }

    /// The same with this body, whose content type is a header of its own.
    #[must_use]
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// The same with this header, in place of one of the same name.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// The same with one more preference: `return=representation`.
    #[must_use]
    pub fn prefer(mut self, preference: HeaderValue) -> Self {
        self.headers.append(HeaderName::from_static("prefer"), preference);
        self
    }

    /// The same, which may be repeated like this.
    #[must_use]
    pub fn repeat(mut self, repeat: Repeat) -> Self {
        self.repeat = repeat;
        self
    }

    /// The same with one more option in its query, percent-encoded already.
    #[must_use]
    pub fn with_query(mut self, option: &str) -> Self {
        self.path.push(if self.path.contains('?') { '&' } else { '?' });
        self.path.push_str(option);
        self
    }

    /// Whether the path is a whole URL, as the address of a further page is.
    pub fn is_whole_url(&self) -> bool {
        self.path.starts_with("https://") || self.path.starts_with("http://")
    }

    /// The method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path and query under the service's root, percent-encoded. The address of a further page is a whole URL.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The headers, without those that every request carries.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The headers, to add some.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        &mut self.headers
    }

    /// The body.
    pub fn content(&self) -> Option<&Bytes> {
        self.body.as_ref()
    }

    /// Whether it may be repeated.
    pub fn may_repeat(&self) -> Repeat {
        self.repeat
    }

    /// What it is for.
    pub fn origin(&self) -> Origin {
        self.origin
    }
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)?;
        for (name, value) in &self.headers {
            write!(f, "\n{name}: {}", String::from_utf8_lossy(value.as_bytes()))?;
        }
        match &self.body {
            Some(body) => write!(f, "\n\n{}", String::from_utf8_lossy(body)),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("repeat", &self.repeat)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.table {
            Some(table) => write!(f, "{} of `{table}`", self.operation),
            None => f.write_str(self.operation),
        }
    }
}
