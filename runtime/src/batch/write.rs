//! The body of a batch: `multipart/mixed`, in which every line ends in CR and LF, because the service reads no others.

use http::header::ACCEPT;
use http::{HeaderMap, HeaderValue, Method};

/// A multipart body in the making.
pub(crate) struct Multipart<'b> {
    body: &'b mut Vec<u8>,
    boundary: String,
}

/// A request inside of a batch.
pub(crate) struct Inner<'r> {
    pub content_id: Option<u64>,
    pub method: &'r Method,
    /// Absolute: `/api/data/v9.2/accounts?$top=1`.
    pub path: &'r str,
    /// What the request carries is said inside, because a batch hands on little of its own headers.
    pub headers: &'r HeaderMap,
    pub content: &'r [u8],
}

impl<'b> Multipart<'b> {
    /// Begins a body. No line of a request begins like its boundary: what a request carries is JSON, in which a line break is
    /// an escape, and URLs and headers have none.
    pub fn new(body: &'b mut Vec<u8>, boundary: impl Into<String>) -> Self {
        Self {
            body,
            boundary: boundary.into(),
        }
    }

    /// The header that says the boundary.
    pub fn content_type(boundary: &str) -> HeaderValue {
        let text = format!("multipart/mixed; boundary=\"{boundary}\"");
        // Boundaries have letters, digits and underscores.
        HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("multipart/mixed"))
    }

    pub fn request(&mut self, request: &Inner<'_>) {
        let boundary = self.boundary.clone();
        self.line(&[b"--", boundary.as_bytes()]);
        self.line(&[b"Content-Type: application/http"]);
        self.line(&[b"Content-Transfer-Encoding: binary"]);
        if let Some(id) = request.content_id {
            self.line(&[b"Content-ID: ", id.to_string().as_bytes()]);
        }
        self.line(&[]);
        self.line(&[
            request.method.as_str().as_bytes(),
            b" ",
            request.path.as_bytes(),
            b" HTTP/1.1",
        ]);
        if !request.headers.contains_key(ACCEPT) {
            self.line(&[b"Accept: application/json"]);
        }
        for (name, value) in request.headers {
            self.line(&[name.as_str().as_bytes(), b": ", value.as_bytes()]);
        }
        self.line(&[]);
        if !request.content.is_empty() {
            self.line(&[request.content]);
        }
    }

    /// A part that is a multipart body itself.
    pub fn nested(&mut self, boundary: &str, write: impl FnOnce(&mut Multipart<'_>)) {
        let outer = self.boundary.clone();
        self.line(&[b"--", outer.as_bytes()]);
        let content_type = Self::content_type(boundary);
        self.line(&[b"Content-Type: ", content_type.as_bytes()]);
        self.line(&[]);
        let mut inner = Multipart::new(self.body, boundary);
        write(&mut inner);
        inner.line(&[b"--", boundary.as_bytes(), b"--"]);
    }

    /// Ends the body, with an empty line: without it some services wait for more.
    pub fn end(mut self) {
        let boundary = std::mem::take(&mut self.boundary);
        self.line(&[b"--", boundary.as_bytes(), b"--"]);
        self.line(&[]);
    }

    fn line(&mut self, pieces: &[&[u8]]) {
        pieces.iter().for_each(|piece| self.body.extend_from_slice(piece));
        self.body.extend_from_slice(b"\r\n");
    }
}
