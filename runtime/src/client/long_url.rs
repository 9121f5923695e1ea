//! Reads whose URL is too long for a request of their own: they travel inside of a `$batch`, whose answer is taken out of its
//! wrapping again (<https://learn.microsoft.com/power-apps/developer/data-platform/webapi/execute-batch-operations-using-web-api>).

use super::multipart;
use crate::message::{Request, Response};
use crate::{DecodeError, InvalidRequest};
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use reqwest::Url;

/// The longest URL that is sent directly. The service takes 32,768 characters, gateways on the way may add some.
const LONGEST_DIRECT: usize = 32_000;
/// The longest URL that the service takes inside of a batch.
const LONGEST: usize = 65_536;

const BOUNDARY: &str = "batch_of_one";

/// The batch that holds this request. `None`: it goes by itself.
pub(super) fn packed(request: &Request, address: &Url) -> Result<Option<Request>, InvalidRequest> {
    let length = address.as_str().len();
    if length <= LONGEST_DIRECT || *request.method() != Method::GET {
        return Ok(None);
    }
    if length > LONGEST {
        return Err(InvalidRequest::UrlTooLong { length });
    }
    let body = body(address, request.headers());
    let content_type = HeaderValue::from_static("multipart/mixed; boundary=\"batch_of_one\"");
    let batch = Request::new(Method::POST, "$batch", request.origin());
    Ok(Some(batch.header(CONTENT_TYPE, content_type).body(body)))
}

/// Every line ends in CR and LF: the service reads no others. What the request carries besides is said inside, because a
/// batch hands on little of its own headers.
fn body(address: &Url, headers: &HeaderMap) -> Vec<u8> {
    let mut body = Vec::with_capacity(address.as_str().len() + 512);
    let mut line = |parts: &[&[u8]]| {
        parts.iter().for_each(|part| body.extend_from_slice(part));
        body.extend_from_slice(b"\r\n");
    };
    let query = address.query().unwrap_or_default();
    line(&[b"--", BOUNDARY.as_bytes()]);
    line(&[b"Content-Type: application/http"]);
    line(&[b"Content-Transfer-Encoding: binary"]);
    line(&[]);
    line(&[
        b"GET ",
        address.path().as_bytes(),
        b"?",
        query.as_bytes(),
        b" HTTP/1.1",
    ]);
    if !headers.contains_key(ACCEPT) {
        line(&[b"Accept: application/json"]);
    }
    for (name, value) in headers {
        line(&[name.as_str().as_bytes(), b": ", value.as_bytes()]);
    }
    line(&[]);
    line(&[b"--", BOUNDARY.as_bytes(), b"--"]);
    line(&[]);
    body
}

/// The answer as it would have come directly. A batch that was refused as a whole has no parts: its answer is the answer.
pub(super) fn unpacked(batch: Response) -> Result<Response, DecodeError> {
    let Some(boundary) = multipart::boundary(&batch) else {
        return Ok(batch);
    };
    let part = multipart::parts(&batch.body, &boundary)
        .next()
        .and_then(|part| multipart::response(&part));
    let mut part = part.ok_or_else(|| DecodeError::missing("the answer inside of a batch"))?;
    for (name, value) in &batch.headers {
        if is_about_the_request(name) && !part.headers.contains_key(name) {
            part.headers.append(name.clone(), value.clone());
        }
    }
    Ok(part)
}

/// Headers that the service gives once for all of a batch: names for its support, hints on the pace.
fn is_about_the_request(name: &HeaderName) -> bool {
    let name = name.as_str();
    name.starts_with("x-ms-") || matches!(name, "req_id" | "authactivityid" | "retry-after")
}
