//! What the service says when it refuses a request.

use crate::message::{Origin, Response};
use http::StatusCode;
use std::fmt;

/// The service refused a request.
#[derive(Debug)]
pub struct ServiceError {
    status: StatusCode,
    origin: Origin,
    message: String,
}

impl ServiceError {
    /// Reads it from an answer that is no success.
    pub fn from_response(response: &Response, origin: Origin) -> Self {
        Self {
            status: response.status,
            origin,
            message: String::from_utf8_lossy(&response.body).into_owned(),
        }
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.status
    }
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} {}", self.origin, self.status, self.message)
    }
}

impl std::error::Error for ServiceError {}
