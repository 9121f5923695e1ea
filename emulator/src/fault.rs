//! What the service says when it refuses a request.

use http::StatusCode;
use serde_json::json;
use std::fmt;

/// A refusal: the HTTP status, and the code and message of the error body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The HTTP status.
    pub status: StatusCode,
    /// The service's code, such as `0x80040217`.
    pub code: u32,
    /// The message.
    pub message: String,
}

impl Fault {
    /// A refusal with this status, code and message.
    pub fn new(status: StatusCode, code: u32, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
        }
    }

    /// 400 of the OData layer: unknown property, bad option, unreadable URL.
    pub fn bad_query(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, 0x8006_0888, message)
    }

    /// 400: the body can't be read, or names what isn't there.
    pub fn bad_payload(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, 0x8004_8d19, message)
    }

    /// 404: the row isn't there.
    pub fn no_row(table: &str, id: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            0x8004_0217,
            format!("{table} With Id = {id} Does Not Exist"),
        )
    }

    /// 404: no such resource.
    pub fn no_resource(segment: &str) -> Self {
        let segment: String = segment.chars().take(260).collect();
        Self::new(
            StatusCode::NOT_FOUND,
            0x8006_088a,
            format!("Resource not found for the segment '{segment}'."),
        )
    }

    /// 501: this emulator doesn't do that.
    pub fn unsupported(feature: &str) -> Self {
        Self::new(
            StatusCode::NOT_IMPLEMENTED,
            0x8004_8d0b,
            format!("This emulator does not support {feature}."),
        )
    }

    /// The error body.
    pub fn body(&self) -> serde_json::Value {
        json!({"error": {"code": format!("0x{:08x}", self.code), "message": self.message}})
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} 0x{:08x} {}", self.status, self.code, self.message)
    }
}

impl std::error::Error for Fault {}
