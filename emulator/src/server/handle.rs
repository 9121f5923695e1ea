//! One request: where it belongs, and how its answer is sent.

use super::body::{CutShort, Sent};
use super::intake::{self, Unread};
use super::state::Shared;
use super::{LONGEST_URL, address, api, control, dress, errors};
use crate::identity;
use crate::{Answer, Fault};
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use hyper::body::Incoming;
use std::sync::Arc;

/// Forms and tests send no more than this.
const SMALL: usize = 16 << 20;

/// An answer, and how it is sent.
pub(super) struct Reply {
    pub(super) answer: Answer,
    /// After so many bytes of the body the connection is cut.
    pub(super) truncate: Option<usize>,
}

impl From<Answer> for Reply {
    fn from(answer: Answer) -> Self {
        Self {
            answer,
            truncate: None,
        }
    }
}

/// Answers a request. An error cuts the connection.
pub(super) async fn handle(
    shared: Arc<Shared>,
    request: Request<Incoming>,
) -> Result<Response<Sent>, CutShort> {
    let reply = match refused(&request) {
        Some(answer) => {
            intake::discard(request.into_body());
            answer.into()
        }
        None => routed(shared, request).await?,
    };
    let truncate = reply.truncate;
    Ok(dress::response(reply.answer, |body| match truncate {
        Some(bytes) => Sent::cut_after(body, bytes),
        None => Sent::whole(body.clone()),
    }))
}

/// What the web server refuses before the service sees it.
fn refused(request: &Request<Incoming>) -> Option<Answer> {
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    if path.len() > LONGEST_URL {
        return Some(errors::page(
            StatusCode::URI_TOO_LONG,
            "The request URL is too long.",
        ));
    }
    if address::has_long_segment(path) {
        return Some(errors::page(
            StatusCode::BAD_REQUEST,
            "The request URL is invalid.",
        ));
    }
    let named = request.headers().contains_key(http::header::HOST);
    let needed = request.version() == http::Version::HTTP_11;
    let host = address::host(request.headers(), request.uri());
    ((named || needed) && host.is_none())
        .then(|| errors::page(StatusCode::BAD_REQUEST, "The request hostname is invalid."))
}

async fn routed(shared: Arc<Shared>, request: Request<Incoming>) -> Result<Reply, CutShort> {
    let path = request
        .uri()
        .path_and_query()
        .map_or("/", |path| path.as_str())
        .to_owned();
    let host = address::host(request.headers(), request.uri()).unwrap_or_else(|| shared.host.clone());
    let origin = format!("{}://{host}", shared.scheme);
    if let Some((version, under)) = address::under_root(&path) {
        let call = api::Incoming {
            version: version.to_owned(),
            path: under.to_owned(),
            origin,
        };
        return api::answer(shared, call, request).await;
    }
    let (parts, incoming) = request.into_parts();
    let held = match shared.intake.read(incoming, SMALL).await {
        Ok(held) => held,
        Err(why) => return Ok(unread(&why).into()),
    };
    let work = move || other(&shared, &parts, &path, &origin, &held.bytes);
    Ok(off_the_threads(work).await.into())
}

/// Requests beside the Web API.
fn other(shared: &Shared, parts: &http::request::Parts, path: &str, origin: &str, body: &Bytes) -> Answer {
    if let Some(under) = path.strip_prefix("/emulator/") {
        return control::answer(shared, parts, under, origin, body);
    }
    let (bare, query) = path.split_once('?').unwrap_or((path, ""));
    let request = identity::Request {
        method: &parts.method,
        path: bare,
        query,
        headers: &parts.headers,
        body,
        origin,
    };
    let mut record = shared
        .journal
        .begin(parts.method.as_str(), bare, &parts.headers, b"");
    // Forms hold secrets: of these requests only the size of the body is kept.
    record.body_size = body.len();
    let answer =
        identity::respond(&shared.identity, &request).unwrap_or_else(|| stranger(bare, &parts.headers));
    record.status = answer.status.as_u16();
    shared.journal.add(record);
    answer
}

/// The answer to a request that belongs to no part of the emulator. Of other interfaces of the service it says which it is.
fn stranger(path: &str, headers: &http::HeaderMap) -> Answer {
    let others = [
        ("/api/search/", "Dataverse search"),
        ("/api/backgroundoperation/", "background operations"),
        ("/api/discovery/", "global discovery"),
        ("/xrmservices/", "the Organization Service (SOAP)"),
    ];
    let known = others.into_iter().find(|(prefix, _)| {
        path.get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    });
    match known {
        Some((_, feature)) => errors::error_answer(&Fault::unsupported(feature), headers),
        None => errors::page(StatusCode::NOT_FOUND, "The requested resource is not found."),
    }
}

/// What the web server says of a body that it doesn't read.
pub(super) fn unread(why: &Unread) -> Answer {
    let (status, text) = match why {
        Unread::TooLong => (StatusCode::PAYLOAD_TOO_LARGE, "The request body is too large."),
        Unread::Busy => (StatusCode::SERVICE_UNAVAILABLE, "The service is unavailable."),
        Unread::Slow => (StatusCode::REQUEST_TIMEOUT, "The request timed out."),
        // Whoever closed the connection doesn't get this; whoever framed the body wrongly does.
        Unread::Broken => (StatusCode::BAD_REQUEST, "The request is badly formed."),
    };
    errors::page(status, text)
}

/// Runs work that may take long on a thread of its own. A panic there is an answer like others.
pub(super) async fn off_the_threads(work: impl FnOnce() -> Answer + Send + 'static) -> Answer {
    match tokio::task::spawn_blocking(work).await {
        Ok(answer) => answer,
        Err(_) => {
            let fault: Fault = errors::unexpected();
            errors::error_answer(&fault, &http::HeaderMap::new())
        }
    }
}
