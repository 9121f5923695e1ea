//! The service's answer to a request.

use super::Limits;
use crate::DecodeError;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};

/// The service's answer to one request.
#[derive(Clone, Debug)]
pub struct Response {
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Bytes,
}

impl Response {
    /// The body as text. `expected` is what it should hold.
    pub(crate) fn text(&self, expected: &str) -> Result<&str, DecodeError> {
        std::str::from_utf8(&self.body).map_err(|_| DecodeError::mismatch(expected, "bytes that are no text"))
    }

    /// What is left of the service's protection limits.
    pub fn limits(&self) -> Limits {
        Limits::of(self)
    }

    /// The text of a header, if it is there and readable.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}
