//! The parts of a multipart answer, and the HTTP answers in them.
//!
//! Lenient where the service is: a closing boundary may be missing, lines may end in LF alone, and a header may lack the
//! space after its colon.

use crate::message::Response;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

/// What separates the parts of an answer with these headers. `None`: it has none.
pub(crate) fn boundary(headers: &HeaderMap) -> Option<String> {
    let content_type = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let (kind, parameters) = content_type.split_once(';')?;
    if !kind.trim().to_ascii_lowercase().starts_with("multipart/") {
        return None;
    }
    parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches('"');
        (name.trim().eq_ignore_ascii_case("boundary") && !value.is_empty()).then(|| value.to_owned())
    })
}

/// The parts, each with its own headers.
pub(crate) fn parts(body: &Bytes, boundary: &str) -> impl Iterator<Item = Bytes> {
    let mut starts = Vec::new();
    let (mut at, mut ended) = (0, false);
    while at < body.len() && !ended {
        let end = line_end(body, at);
        let line = trimmed(&body[at..end]);
        if let Some(rest) = line
            .strip_prefix(b"--")
            .and_then(|line| line.strip_prefix(boundary.as_bytes()))
        {
            ended = rest == b"--";
            if ended || rest.is_empty() {
                starts.push((at, end));
            }
        }
        at = end;
    }
    if !ended {
        starts.push((body.len(), body.len()));
    }
    let body = body.clone();
    let pairs: Vec<_> = starts.windows(2).map(|pair| (pair[0].1, pair[1].0)).collect();
    // The line break before a boundary belongs to the boundary.
    pairs
        .into_iter()
        .map(move |(from, to)| body.slice(from..from + trimmed(&body[from..to]).len()))
}

/// The HTTP answer in a part.
pub(crate) fn response(part: &Bytes) -> Option<Response> {
    let (_, http) = headers(part, 0)?;
    let end = line_end(part, http);
    let line = std::str::from_utf8(trimmed(&part[http..end])).ok()?;
    let status = line.strip_prefix("HTTP/")?.split(' ').nth(1)?;
    let status = StatusCode::from_bytes(status.as_bytes()).ok()?;
    let (headers, body) = headers(part, end)?;
    Some(Response {
        status,
        headers,
        body: part.slice(body..),
    })
}

/// The headers of a part itself, which stand before the HTTP answer in it.
pub(super) fn own_headers(part: &Bytes) -> HeaderMap {
    headers(part, 0).map(|(headers, _)| headers).unwrap_or_default()
}

/// What a part holds behind its own headers.
pub(super) fn content(part: &Bytes) -> Bytes {
    headers(part, 0).map_or_else(Bytes::new, |(_, at)| part.slice(at..))
}

/// A part's answer with what the service says once for all of a batch: names for its support, hints on the pace.
pub(crate) fn with_headers_of(batch: &Response, mut part: Response) -> Response {
    let about_the_request = |name: &HeaderName| {
        let name = name.as_str();
        name.starts_with("x-ms-") || matches!(name, "req_id" | "authactivityid" | "retry-after")
    };
    for (name, value) in &batch.headers {
        if about_the_request(name) && !part.headers.contains_key(name) {
            part.headers.append(name.clone(), value.clone());
        }
    }
    part
}

/// Headers from there on, and where they end.
fn headers(part: &Bytes, from: usize) -> Option<(HeaderMap, usize)> {
    let (mut headers, mut at) = (HeaderMap::new(), from);
    while at < part.len() {
        let end = line_end(part, at);
        let line = trimmed(&part[at..end]);
        at = end;
        if line.is_empty() {
            break;
        }
        let colon = line.iter().position(|byte| *byte == b':')?;
        let name = HeaderName::from_bytes(line[..colon].trim_ascii()).ok()?;
        let value = HeaderValue::from_bytes(line[colon + 1..].trim_ascii()).ok()?;
        headers.append(name, value);
    }
    Some((headers, at))
}

/// Where the line that begins there ends, with its line break.
fn line_end(text: &[u8], from: usize) -> usize {
    let rest = text[from..].iter().position(|byte| *byte == b'\n');
    rest.map_or(text.len(), |at| from + at + 1)
}

/// Without one line break at its end.
fn trimmed(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn answer(content_type: &'static str, body: &str) -> Response {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        Response {
            status: StatusCode::OK,
            headers,
            body: Bytes::copy_from_slice(body.as_bytes()),
        }
    }

    fn check(content_type: &'static str, body: &str, expected: &[(u16, &str)]) {
        let answer = answer(content_type, body);
        let boundary = boundary(&answer.headers).unwrap();
        let found: Vec<_> = parts(&answer.body, &boundary)
            .map(|part| response(&part).unwrap())
            .map(|part| {
                (
                    part.status.as_u16(),
                    String::from_utf8(part.body.to_vec()).unwrap(),
                )
            })
            .collect();
        let found: Vec<_> = found
            .iter()
            .map(|(status, body)| (*status, body.as_str()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn parts_are_read_in_every_shape() {
        let strict = "--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n\
            HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"a\":\"--b\"}\r\n\
            --b\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 204 No Content\r\nOData-Version:4.0\r\n\r\n\r\n--b--\r\n";
        let both = [(200, "{\"a\":\"--b\"}"), (204, "")];
        check("multipart/mixed; boundary=b", strict, &both);
        check(
            "multipart/mixed;charset=utf-8; Boundary=\"b\"",
            &strict.replace('\r', ""),
            &both,
        );
        let open = strict.trim_end().trim_end_matches("--b--");
        check("multipart/mixed; boundary=b", open, &both);
        assert_eq!(
            boundary(&answer("application/json; boundary=b", "").headers),
            None
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_body_is_too_broken(body in "(--b|\r|\n|HTTP/1.1 2|: |[a-z ]){0,40}") {
            let body = Bytes::from(body);
            for part in parts(&body, "b") {
                let _ = response(&part);
            }
        }

        #[test]
        fn any_body_comes_out_as_it_went_in(inner in "[^\r\n]{0,60}") {
            let body = format!("--b\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 200 OK\r\n\r\n {inner}\r\n--b--\r\n");
            let body = Bytes::from(body);
            let part = parts(&body, "b").next().unwrap();
            let found = response(&part).unwrap();
            prop_assert_eq!(found.body.to_vec(), format!(" {inner}").into_bytes());
        }
    }
}
