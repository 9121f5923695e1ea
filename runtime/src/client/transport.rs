//! HTTP, by `reqwest`: one attempt at one request.

use super::credential::Token;
use super::sink::To;
use crate::message::{Origin, Request, Response};
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, HeaderValue, IF_NONE_MATCH};
use http::{HeaderMap, HeaderName, Method};
use reqwest::Url;
use std::fmt;

/// The service gave no answer.
#[derive(Debug)]
pub struct TransportError {
    origin: Origin,
    reached: bool,
    maybe_done: bool,
    request_id: String,
    cause: reqwest::Error,
}

impl TransportError {
    /// Whether nobody knows if the request was carried out: it was sent, no answer came, and it isn't safe to repeat, or is a
    /// create that was repeated in vain.
    pub fn may_have_been_done(&self) -> bool {
        self.maybe_done
    }

    /// The client's own name of the request, which the service's support can look up if the request arrived.
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// Whether the time for an answer was over.
    pub fn is_timeout(&self) -> bool {
        self.cause.is_timeout()
    }

    /// Whether the service may have got the request.
    pub(super) fn reached(&self) -> bool {
        self.reached
    }

    pub(super) fn maybe_done(self) -> Self {
        Self {
            maybe_done: true,
            ..self
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match (self.reached, self.cause.is_timeout()) {
            (_, true) => "no answer came in time",
            (true, _) => "the connection broke before the whole answer was there",
            (false, _) => "the environment can't be reached: check its address, the network and proxies",
        };
        write!(f, "{}: {what}", self.origin)?;
        if self.maybe_done {
            f.write_str(". It may have been carried out all the same: it wasn't repeated")?;
        }
        write!(f, " (request {})", self.request_id)
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Unanswered {
    Transport(TransportError),
    /// The caller's sink doesn't take the body.
    Sink(std::io::Error),
}

#[derive(Debug)]
pub(super) struct Transport {
    http: reqwest::Client,
    root: Url,
}

impl Transport {
    pub(super) fn new(http: reqwest::Client, root: Url) -> Self {
        Self { http, root }
    }

    /// The path of the service's root.
    pub(super) fn root(&self) -> &str {
        self.root.path()
    }

    /// The whole address of a request. `None`: it leads to another server, which nothing is sent to.
    pub(super) fn address(&self, request: &Request) -> Option<Url> {
        if !request.is_whole_url() {
            return Url::parse(&format!("{}{}", self.root, request.path())).ok();
        }
        let url = Url::parse(request.path()).ok()?;
        (url.origin() == self.root.origin()).then_some(url)
    }

    /// Sends it once. The body of a success goes to the sink, if there is one.
    pub(super) async fn send(
        &self,
        request: &Request,
        address: Url,
        token: Option<&Token>,
        id: &HeaderValue,
        to: &mut To<'_>,
    ) -> Result<Response, Unanswered> {
        let mut sending = self
            .http
            .request(request.method().clone(), address)
            .headers(headers(request, id));
        // `bearer_auth` marks the header as sensitive, so that no log shows it.
        if let Some(token) = token {
            sending = sending.bearer_auth(token.secret());
        }
        if let Some(body) = request.content() {
            sending = sending.body(body.clone());
        }
        let failed = |cause: reqwest::Error| {
            Unanswered::Transport(TransportError {
                origin: request.origin(),
                reached: !(cause.is_connect() || cause.is_builder()),
                maybe_done: false,
                request_id: id.to_str().unwrap_or_default().to_owned(),
                // Its text has the address, whose query may hold values of rows.
                cause: cause.without_url(),
            })
        };
        let mut answer = sending.send().await.map_err(failed)?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let body = match to {
            Some(sink) if status.is_success() => {
                sink.start().map_err(Unanswered::Sink)?;
                while let Some(piece) = answer.chunk().await.map_err(failed)? {
                    sink.write(&piece).map_err(Unanswered::Sink)?;
                }
                Bytes::new()
            }
            _ => answer.bytes().await.map_err(failed)?,
        };
        Ok(Response {
            status,
            headers,
            body,
        })
    }
}

/// What every request carries, and what this one carries besides.
fn headers(request: &Request, id: &HeaderValue) -> HeaderMap {
    let fixed = |value| HeaderValue::from_static(value);
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, fixed("application/json"));
    headers.insert(HeaderName::from_static("odata-version"), fixed("4.0"));
    headers.insert(HeaderName::from_static("odata-maxversion"), fixed("4.0"));
    headers.insert(HeaderName::from_static("x-ms-client-request-id"), id.clone());
    if request.method() == Method::GET {
        // So that no cache on the way answers.
        headers.insert(IF_NONE_MATCH, fixed("null"));
    }
    for name in request.headers().keys().filter(|name| **name != AUTHORIZATION) {
        headers.remove(name);
        for value in request.headers().get_all(name) {
            headers.append(name, value.clone());
        }
    }
    headers
}
