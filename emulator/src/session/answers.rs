//! Answers as the service makes them.

use crate::Answer;
use crate::json::Json;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

/// 204.
pub(crate) fn no_content() -> Answer {
    Answer {
        status: StatusCode::NO_CONTENT,
        headers: HeaderMap::new(),
        body: Bytes::new(),
    }
}

/// JSON of the Web API.
pub(crate) fn json(status: StatusCode, body: &Json) -> Answer {
    let mut headers = HeaderMap::new();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json; odata.metadata=minimal"),
    );
    Answer {
        status,
        headers,
        body: Bytes::from(body.to_string()),
    }
}

/// Adds a header. What no header can hold is left out.
pub(crate) fn with(mut answer: Answer, name: &'static str, value: &str) -> Answer {
    if let Ok(value) = HeaderValue::from_str(value) {
        answer.headers.append(HeaderName::from_static(name), value);
    }
    answer
}
