//! What the service says when it refuses a request.

use super::body::{self, Told};
use super::{Code, shortened};
use crate::message::{Origin, Response};
use bytes::Bytes;
use http::StatusCode;
use std::fmt;
use std::time::{Duration, SystemTime};

/// The service refused a request.
///
/// Nothing of what it said is lost: [`body`](Self::body) has its answer as it came.
pub struct ServiceError {
    status: StatusCode,
    origin: Origin,
    told: Told,
    request_ids: Vec<String>,
    retry_after: Option<Duration>,
    body: Bytes,
    maybe_done: bool,
}

/// The headers in which the service names a request, for its support.
const REQUEST_IDS: [&str; 4] = [
    "x-ms-service-request-id",
    "req_id",
    "x-ms-client-request-id",
    "authactivityid",
];

/// The detail that says which rows of a message failed.
const FAILED_ROWS: &str = "ErrorDetails.Plugin.BulkApiErrorDetails";

/// A row of a message that wasn't written.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[non_exhaustive]
pub struct FailedRow {
    /// Its position in the message, from 0 on.
    #[serde(rename = "RequestIndex")]
    pub position: usize,
    /// The HTTP status that it would have had by itself.
    #[serde(rename = "StatusCode")]
    pub status: u16,
}

impl ServiceError {
    /// Reads it from an answer that is no success.
    pub fn from_response(response: &Response, origin: Origin) -> Self {
        let mut request_ids: Vec<String> = Vec::new();
        for value in REQUEST_IDS
            .iter()
            .flat_map(|name| response.headers.get_all(*name))
        {
            if let Ok(id) = value.to_str()
                && !request_ids.iter().any(|known| known == id)
            {
                request_ids.push(id.to_owned());
            }
        }
        Self {
            status: response.status,
            origin,
            told: body::read(&response.body),
            request_ids,
            retry_after: retry_after(response, SystemTime::now()),
            body: response.body.clone(),
            maybe_done: false,
        }
    }

    /// The same for a request that may have been carried out all the same.
    #[cfg(feature = "client")]
    pub(crate) fn maybe_done(self) -> Self {
        Self {
            maybe_done: true,
            ..self
        }
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The service's code. `None` where it gives none, such as in the pages of a gateway.
    pub fn code(&self) -> Option<Code> {
        self.told.code
    }

    /// What the service says, in the language of the user. Don't compare it: compare [`code`](Self::code).
    pub fn message(&self) -> &str {
        &self.told.message
    }

    /// More that the service says, by name: `TraceText`, `InnerError.Message`, `ErrorDetails.HttpStatusCode`. Most of it
    /// comes only when annotations were asked for.
    pub fn details(&self) -> impl Iterator<Item = (&str, &str)> {
        self.told
            .details
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// Which rows of a message such as `CreateMultiple` failed, where the service says it: of elastic tables, whose other
    /// rows are written.
    pub fn failed_rows(&self) -> Option<Vec<FailedRow>> {
        let (_, text) = self.details().find(|(name, _)| *name == FAILED_ROWS)?;
        serde_json::from_str(text).ok()
    }

    /// The names of the request in the service's logs, for its support.
    pub fn request_ids(&self) -> impl Iterator<Item = &str> {
        self.request_ids.iter().map(String::as_str)
    }

    /// The body as it came.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// What was asked for.
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// How long the service asks to wait before the next request.
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// Whether the same request may succeed later: throttling, a busy or unreachable service, a deadlock.
    pub fn is_transient(&self) -> bool {
        let by_status = matches!(self.status.as_u16(), 429 | 502 | 503 | 504);
        by_status || self.told.code.is_some_and(Code::is_transient)
    }

    /// Whether a service protection limit was hit. The request wasn't carried out.
    pub fn is_throttled(&self) -> bool {
        self.status == StatusCode::TOO_MANY_REQUESTS || self.told.code.is_some_and(Code::is_throttling)
    }

    /// Whether the row isn't there, or not to be seen.
    pub fn is_not_found(&self) -> bool {
        match self.told.code {
            Some(Code::OBJECT_DOES_NOT_EXIST | Code::RECORD_NOT_FOUND_BY_ENTITY_KEY) => true,
            Some(_) => false,
            None => self.status == StatusCode::NOT_FOUND,
        }
    }

    /// Whether there is a row already with the same id or the same values of a key, or a duplicate by the environment's
    /// rules.
    pub fn is_duplicate(&self) -> bool {
        matches!(
            self.told.code,
            Some(Code::DUPLICATE_RECORD | Code::DUPLICATE_RECORD_ENTITY_KEY | Code::DUPLICATE_RECORDS_FOUND)
        )
    }

    /// Whether the row has changed since the version that the write depends on.
    pub fn is_version_mismatch(&self) -> bool {
        self.told.code == Some(Code::CONCURRENCY_VERSION_MISMATCH)
    }

    /// Whether nobody knows if the request was carried out: a gateway gave up on one that isn't safe to repeat, or a create was
    /// repeated in vain after its answer was lost.
    pub fn may_have_been_done(&self) -> bool {
        self.maybe_done
    }
}

/// The wait that the answer asks for, in seconds or until a date.
fn retry_after(response: &Response, now: SystemTime) -> Option<Duration> {
    let text = response.header("retry-after")?.trim();
    if let Ok(seconds) = text.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds.max(0.0)).ok();
    }
    let at = jiff::fmt::rfc2822::parse(text).ok()?;
    let at = Duration::try_from_secs_f64(at.timestamp().as_second() as f64).ok()?;
    let now = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Some(at.saturating_sub(now))
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.origin)?;
        match (&*self.told.message, self.told.code) {
            ("", None) => write!(f, "{}", self.status)?,
            ("", Some(code)) => write!(f, "{code:?}")?,
            (message, Some(code)) => write!(f, "{message} [{code:?}]")?,
            (message, None) => write!(f, "{message} [{}]", self.status)?,
        }
        if let Some(advice) = self.told.code.and_then(Code::advice) {
            write!(f, ". {}{}", advice[..1].to_uppercase(), &advice[1..])?;
        }
        if let Some(wait) = self.retry_after {
            write!(f, ". The service asks to wait {} s", wait.as_secs_f64().ceil())?;
        }
        if self.maybe_done {
            f.write_str(". It may have been carried out all the same: it wasn't repeated")?;
        }
        if let Some(id) = self.request_ids.first() {
            write!(f, " (request {id})")?;
        }
        Ok(())
    }
}

impl fmt::Debug for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceError")
            .field("status", &self.status)
            .field("origin", &self.origin)
            .field("told", &self.told)
            .field("request_ids", &self.request_ids)
            .field("retry_after", &self.retry_after)
            .field("body", &shortened(&String::from_utf8_lossy(&self.body)))
            .field("maybe_done", &self.maybe_done)
            .finish()
    }
}

impl std::error::Error for ServiceError {}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderMap, HeaderValue};

    fn response(status: u16, headers: &[(&'static str, &str)], body: &'static str) -> Response {
        let mut all = HeaderMap::new();
        for (name, value) in headers {
            all.append(*name, HeaderValue::from_str(value).unwrap());
        }
        Response {
            status: StatusCode::from_u16(status).unwrap(),
            headers: all,
            body: Bytes::from_static(body.as_bytes()),
        }
    }

    const ORIGIN: Origin = Origin {
        operation: "update",
        table: Some("account"),
    };

    #[test]
    fn the_text_says_what_was_wrong_where_and_what_to_do() {
        let headers = [
            ("x-ms-service-request-id", "first"),
            ("x-ms-service-request-id", "second"),
            ("req_id", "second"),
        ];
        let body = r#"{"error":{"code":"0x80060882","message":"The version has changed."}}"#;
        let error = ServiceError::from_response(&response(412, &headers, body), ORIGIN);
        assert_eq!(
            error.to_string(),
            "update of `account`: The version has changed. [0x80060882 (CONCURRENCY_VERSION_MISMATCH)]. \
             Read the row again and repeat the change (request first)"
        );
        assert!(error.is_version_mismatch() && !error.is_transient());
        assert_eq!(error.request_ids().collect::<Vec<_>>(), ["first", "second"]);
    }

    #[test]
    fn the_wait_is_read_in_both_forms() {
        let at = |text: &str| {
            // 2026-11-24T05:00:00Z
            let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_496_400);
            retry_after(&response(429, &[("retry-after", text)], ""), now)
        };
        assert_eq!(at("17"), Some(Duration::from_secs(17)));
        assert_eq!(at(" 0.5"), Some(Duration::from_millis(500)));
        assert_eq!(at("-3"), Some(Duration::ZERO));
        assert_eq!(at("Tue, 24 Nov 2026 05:00:30 GMT"), Some(Duration::from_secs(30)));
        assert_eq!(at("Tue, 24 Nov 2026 04:00:30 GMT"), Some(Duration::ZERO));
        assert_eq!(at("soon"), None);
        assert_eq!(at("NaN"), Some(Duration::ZERO));
        assert_eq!(at("1e400"), None);
    }

    #[test]
    fn gateways_are_transient_and_refusals_are_not() {
        let transient =
            |status, body| ServiceError::from_response(&response(status, &[], body), ORIGIN).is_transient();
        assert!(transient(503, "<html>busy</html>"));
        assert!(transient(
            400,
            r#"{"error":{"code":"0x80044150","message":"Sql error"}}"#
        ));
        assert!(!transient(
            400,
            r#"{"error":{"code":"0x80040203","message":"no"}}"#
        ));
        assert!(!transient(501, ""));
    }
}
