//! What every answer of the service carries.

use super::body::Sent;
use super::state::Shared;
use crate::Answer;
use crate::limits::Remaining;
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use std::io::Write;

/// Answers below this size aren't worth compressing.
const SMALLEST: usize = 1_024;

/// A new id of a request.
pub(crate) fn request_id() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// Adds the headers of the Web API. Seen of the service: two ids under one name, of which the second is `REQ_ID` too.
pub(super) fn dress(answer: &mut Answer, shared: &Shared, remaining: Option<Remaining>) {
    let headers = &mut answer.headers;
    let id = request_id();
    let always = [
        ("odata-version", "4.0".to_owned()),
        ("cache-control", "no-cache".to_owned()),
        ("expires", "-1".to_owned()),
        ("req_id", id.clone()),
        ("crm.serviceid", "framework".to_owned()),
        ("authactivityid", request_id()),
        ("x-ms-dop-hint", shared.protection.hint().to_string()),
        ("public", "OPTIONS,GET,HEAD,POST".to_owned()),
        (
            "access-control-expose-headers",
            "Preference-Applied,OData-EntityId,Location,ETag,OData-Version,Content-Encoding,Transfer-Encoding,Content-Length,Retry-After"
                .to_owned(),
        ),
    ];
    for (name, value) in always {
        if !headers.contains_key(name) {
            insert(headers, name, &value);
        }
    }
    for id in [request_id(), id] {
        append(headers, "x-ms-service-request-id", &id);
    }
    let cookie = format!("ARRAffinity={}; path=/; HttpOnly", shared.affinity);
    append(headers, "set-cookie", &cookie);
    if let Some(remaining) = remaining {
        insert(
            headers,
            "x-ms-ratelimit-burst-remaining-xrm-requests",
            &remaining.requests.to_string(),
        );
        insert(
            headers,
            "x-ms-ratelimit-time-remaining-xrm-requests",
            &with_commas(remaining.execution.as_secs_f64()),
        );
    }
}

pub(super) fn insert(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(HeaderName::from_static(name), value);
    }
}

fn append(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.append(HeaderName::from_static(name), value);
    }
}

/// `1,200.00`, as the service writes seconds.
fn with_commas(seconds: f64) -> String {
    let text = format!("{seconds:.2}");
    let (whole, rest) = text.split_at(text.len() - 3);
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + rest
}

/// Compresses the body if the request wants that.
pub(super) fn compress(answer: &mut Answer, request: &HeaderMap) {
    append(&mut answer.headers, "vary", "Accept-Encoding");
    let ready = answer.headers.contains_key(header::CONTENT_ENCODING);
    if answer.body.len() < SMALLEST || ready || !takes_gzip(request) {
        return;
    }
    let mut encoder = GzEncoder::new(Vec::with_capacity(answer.body.len() / 4), Compression::fast());
    // Writing to memory doesn't fail; if it did, the answer would go as it is.
    if encoder.write_all(&answer.body).is_err() {
        return;
    }
    if let Ok(compressed) = encoder.finish() {
        answer.body = Bytes::from(compressed);
        insert(&mut answer.headers, "content-encoding", "gzip");
    }
}

fn takes_gzip(request: &HeaderMap) -> bool {
    let lines = request.get_all(header::ACCEPT_ENCODING).iter();
    lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .any(|coding| {
            let (name, quality) = coding.split_once(';').unwrap_or((coding, ""));
            let refused = quality
                .trim()
                .strip_prefix("q=")
                .and_then(|quality| quality.trim().parse::<f32>().ok())
                .is_some_and(|quality| quality <= 0.0);
            name.trim().eq_ignore_ascii_case("gzip") && !refused
        })
}

/// The answer as a response. Statuses that have no body get none.
pub(super) fn response(answer: Answer, body: impl FnOnce(&Bytes) -> Sent) -> Response<Sent> {
    let bare = answer.status == StatusCode::NO_CONTENT || answer.status == StatusCode::NOT_MODIFIED;
    let sent = if bare {
        Sent::whole(Bytes::new())
    } else {
        body(&answer.body)
    };
    let mut response = Response::new(sent);
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers;
    if !bare {
        let length = HeaderValue::from(answer.body.len());
        response.headers_mut().insert(header::CONTENT_LENGTH, length);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_have_commas() {
        assert_eq!(with_commas(0.5), "0.50");
        assert_eq!(with_commas(999.25), "999.25");
        assert_eq!(with_commas(1_200.0), "1,200.00");
        assert_eq!(with_commas(1_234_567.0), "1,234,567.00");
    }
}
