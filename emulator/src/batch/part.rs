//! One request inside a batch.

use super::multipart::{self, unreadable};
use super::reference;
use crate::Fault;
use bytes::Bytes;
use http::{HeaderMap, Method};

/// The longest address of a request inside a batch, in characters.
const LONGEST_URL: usize = 65_536;

/// A request inside a batch.
#[derive(Clone, Debug)]
pub struct Part {
    /// The method.
    pub method: Method,
    /// Where it goes.
    pub target: Target,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Bytes,
    /// `Content-ID`.
    pub content_id: Option<String>,
}

/// The address of a request inside a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Scheme and host, where the address is absolute.
    pub origin: Option<String>,
    /// The version in the path, such as `v9.2`, where the address has one.
    pub version: Option<String>,
    /// Path and query under the service's root.
    pub path: String,
}

/// Reads what follows the headers of a part of type `application/http`.
pub(super) fn read(outer: &HeaderMap, mut text: Bytes) -> Result<Part, Fault> {
    // A client may put more than the one empty line after the headers of the part.
    while text.starts_with(b"\r\n") {
        text = text.slice(2..);
    }
    let line = multipart::first_line(&mut text)?;
    let line = std::str::from_utf8(&line).map_err(|_| unreadable())?;
    let (method, url) = request_line(line)?;
    if url.len() > LONGEST_URL {
        return Err(Fault::bad_payload(format!(
            "The URL of a request in a batch can't be longer than {LONGEST_URL} characters."
        )));
    }
    let headers = multipart::headers(&mut text)?;
    let content_id = content_id(outer).or_else(|| content_id(&headers));
    Ok(Part {
        method,
        target: target(url)?,
        headers,
        body: text,
        content_id,
    })
}

fn content_id(headers: &HeaderMap) -> Option<String> {
    let id = headers.get("content-id")?.to_str().ok()?.trim();
    (!id.is_empty()).then(|| id.to_owned())
}

/// `POST /api/data/v9.2/accounts HTTP/1.1`. Addresses may hold blanks: what is between method and version is the address.
fn request_line(line: &str) -> Result<(Method, &str), Fault> {
    let invalid = || Fault::bad_payload("The request line of a part of the batch is not valid.");
    let (method, rest) = line.split_once(' ').ok_or_else(invalid)?;
    let (url, version) = rest.trim().rsplit_once(' ').ok_or_else(invalid)?;
    let url = url.trim();
    if !version.starts_with("HTTP/1.") || url.is_empty() || url.chars().any(char::is_control) {
        return Err(invalid());
    }
    let known = [
        Method::GET,
        Method::POST,
        Method::PATCH,
        Method::PUT,
        Method::DELETE,
    ];
    let method = known
        .into_iter()
        .find(|known| known.as_str() == method)
        .ok_or_else(|| {
            Fault::bad_payload(format!(
                "The HTTP method '{}' is not valid.",
                reference::short(method)
            ))
        })?;
    Ok((method, url))
}

/// Absolute, from the host's root, or under the service's root.
fn target(url: &str) -> Result<Target, Fault> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| {
        url.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    let (origin, path) = match scheme {
        Some(scheme) => {
            let rest = &url[scheme.len()..];
            let end = rest.find('/').unwrap_or(rest.len());
            (Some(format!("{scheme}{}", &rest[..end])), &rest[end..])
        }
        None => (None, url),
    };
    if origin.is_none() && !path.starts_with('/') {
        return Ok(Target {
            origin,
            version: None,
            path: path.to_owned(),
        });
    }
    let (version, path) = crate::server::under_root(path).ok_or_else(|| {
        Fault::bad_payload(format!(
            "The URL '{}' of a request in the batch is not under the root of the service.",
            reference::short(url)
        ))
    })?;
    Ok(Target {
        origin,
        version: Some(version.to_owned()),
        path: path.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_all_forms_lead_under_the_root() {
        let absolute = target("https://x.crm4.dynamics.com/api/data/v9.1/accounts?$top=1").unwrap();
        assert_eq!(absolute.origin.as_deref(), Some("https://x.crm4.dynamics.com"));
        assert_eq!(absolute.version.as_deref(), Some("v9.1"));
        assert_eq!(absolute.path, "accounts?$top=1");
        assert_eq!(target("/api/data/v9.2/accounts").unwrap().path, "accounts");
        assert_eq!(target("accounts").unwrap().path, "accounts");
        assert_eq!(target("$1/name").unwrap().path, "$1/name");
        for wrong in ["/accounts", "https://x", "http://x/y", "/api/data/v7.0/accounts"] {
            assert!(target(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn request_lines_may_hold_blanks_in_the_address() {
        let (method, url) = request_line("GET accounts?$filter=name eq 'x' HTTP/1.1").unwrap();
        assert_eq!((method, url), (Method::GET, "accounts?$filter=name eq 'x'"));
        for wrong in [
            "GET",
            "GET x",
            "GET  HTTP/1.1",
            "get x HTTP/1.1",
            "GET x HTTP/2",
            "TRACE x HTTP/1.1",
        ] {
            assert!(request_line(wrong).is_err(), "{wrong}");
        }
    }
}
