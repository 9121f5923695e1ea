//! A request to the Web API, from the first byte to the last: faults, token, limits, body, engine, headers.

use super::body::CutShort;
use super::handle::{Reply, off_the_threads, unread};
use super::intake;
use super::state::Shared;
use super::{Preferences, dress, errors};
use crate::batch;
use crate::identity::Denied;
use crate::journal::Record;
use crate::limits::{Cut, Effects, Fails, Place};
use crate::{Answer, Call, Fault};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Where a request goes.
pub(super) struct Incoming {
    pub(super) version: String,
    pub(super) path: String,
    pub(super) origin: String,
}

impl Incoming {
    fn root(&self, version: &str) -> String {
        format!("{}/api/data/{version}/", self.origin)
    }
}

/// Who makes a request, and for whom.
struct Acting {
    caller: String,
    user: String,
}

/// Answers a request to the Web API.
pub(super) async fn answer(
    shared: Arc<Shared>,
    to: Incoming,
    request: Request<hyper::body::Incoming>,
) -> Result<Reply, CutShort> {
    let started = Instant::now();
    let (parts, incoming) = request.into_parts();
    let (method, headers) = (parts.method, parts.headers);
    let effects = shared.switchboard.effects(method.as_str(), &to.path);
    let mut record = shared.journal.begin(method.as_str(), &to.path, &headers, b"");
    let result = if effects.fails.is_some() || effects.cut == Some(Cut::Before) {
        tokio::time::sleep(effects.delay).await;
        spared(&shared, &effects, &headers, incoming)
    } else {
        worked(&shared, to, &method, &headers, incoming, &mut record, &effects).await
    };
    record.microseconds = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    let mut reply = match result {
        Ok(reply) if effects.cut.is_none() => reply,
        _ => {
            shared.journal.add(record);
            return Err(CutShort);
        }
    };
    dress::compress(&mut reply.answer, &headers);
    if method == Method::HEAD {
        // The length is that of the body which GET would have; none is sent.
        reply.truncate = None;
    }
    record.status = reply.answer.status.as_u16();
    shared.journal.add(record);
    Ok(reply)
}

/// Faults that spare the service the work.
fn spared(
    shared: &Shared,
    effects: &Effects,
    headers: &HeaderMap,
    incoming: hyper::body::Incoming,
) -> Result<Reply, CutShort> {
    let fails = effects
        .fails
        .as_ref()
        .filter(|_| effects.cut.is_none())
        .ok_or(CutShort)?;
    intake::discard(incoming);
    let mut answer = failed(shared, fails, headers);
    dress::dress(&mut answer, shared, None);
    Ok(answer.into())
}

/// All that happens between faults that spare the work and faults after it.
async fn worked(
    shared: &Arc<Shared>,
    to: Incoming,
    method: &Method,
    headers: &HeaderMap,
    incoming: hyper::body::Incoming,
    record: &mut Record,
    effects: &Effects,
) -> Result<Reply, CutShort> {
    let (acting, place) = match admit(shared, &to, headers) {
        Ok(admitted) => admitted,
        Err(refused) => {
            intake::discard(incoming);
            return Ok((*refused).into());
        }
    };
    record.user = Some(acting.user.clone());
    let held = match shared.intake.read_all(incoming).await {
        Ok(held) => held,
        Err(why) => return Ok(dressed(shared, unread(&why), &place, Duration::ZERO).into()),
    };
    record.body_size = held.bytes.len();
    record.body = shared.journal.start_of(&held.bytes);
    let started = Instant::now();
    // A service that is slow is slow within its limits: the delay counts as work.
    tokio::time::sleep(effects.delay).await;
    let work = work(
        shared.clone(),
        to,
        method.clone(),
        headers.clone(),
        held.bytes.clone(),
        acting,
        record.number,
    );
    let answer = off_the_threads(work).await;
    Ok(Reply {
        answer: dressed(shared, answer, &place, started.elapsed()),
        truncate: effects.truncate,
    })
}

fn dressed(shared: &Shared, mut answer: Answer, place: &Place, took: Duration) -> Answer {
    let remaining = place.book(took);
    dress::dress(&mut answer, shared, Some(remaining));
    answer
}

/// Lets a request in: the user on whose behalf it is made, and its place among those under way.
fn admit(shared: &Arc<Shared>, to: &Incoming, headers: &HeaderMap) -> Result<(Acting, Place), Box<Answer>> {
    let refused = |mut answer: Answer| {
        dress::dress(&mut answer, shared, None);
        Box::new(answer)
    };
    let caller = shared
        .identity
        .authenticate(headers, &to.origin)
        .map_err(|denied| refused(denial(denied, headers)))?;
    let place = shared.protection.enter(&caller).map_err(|too_much| {
        let mut answer = errors::error_answer(&too_much.fault, headers);
        dress::insert(
            &mut answer.headers,
            "retry-after",
            &too_much.retry_after.to_string(),
        );
        refused(answer)
    })?;
    match shared.identity.on_behalf(headers, &caller) {
        Ok(user) => Ok((Acting { caller, user }, place)),
        Err(fault) => Err(refused(errors::error_answer(&fault, headers))),
    }
}

fn denial(denied: Denied, headers: &HeaderMap) -> Answer {
    match denied {
        Denied::Challenge(challenge) => {
            let mut answer = errors::page(StatusCode::UNAUTHORIZED, "Unauthorized: Access is denied");
            dress::insert(&mut answer.headers, "www-authenticate", &challenge);
            answer
        }
        Denied::Refused(fault) => errors::error_answer(&fault, headers),
    }
}

/// A refusal that was asked for.
fn failed(shared: &Shared, fails: &Fails, headers: &HeaderMap) -> Answer {
    let status = StatusCode::from_u16(fails.status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
    let mut answer = if fails.html {
        errors::page(
            status,
            fails.message.as_deref().unwrap_or("The service is unavailable."),
        )
    } else {
        let (code, message) = if status == StatusCode::TOO_MANY_REQUESTS {
            (
                0x8007_2322,
                "Number of requests exceeded the limit of 6000 over time window of 300 seconds.",
            )
        } else {
            (
                0x8004_0224,
                "The service is not available right now. Try again later.",
            )
        };
        let digits = fails.code.as_deref().map(|code| code.trim_start_matches("0x"));
        let code = digits
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
            .unwrap_or(code);
        let fault = Fault::new(status, code, fails.message.as_deref().unwrap_or(message));
        errors::error_answer(&fault, headers)
    };
    if let Some(seconds) = fails.retry_after {
        let at = shared.clock.now() + Duration::from_secs(seconds.min(86_400 * 365));
        let value = if fails.date {
            httpdate::fmt_http_date(at)
        } else {
            seconds.to_string()
        };
        dress::insert(&mut answer.headers, "retry-after", &value);
    }
    answer
}

/// What is done on a thread of its own: one call, or all of a batch.
fn work(
    shared: Arc<Shared>,
    to: Incoming,
    method: Method,
    headers: HeaderMap,
    body: Bytes,
    acting: Acting,
    number: u64,
) -> impl FnOnce() -> Answer + Send + 'static {
    move || {
        let is_batch = to.path.split('?').next() == Some("$batch");
        let result = match method {
            Method::OPTIONS => Ok(options()),
            Method::POST if is_batch => batch(&shared, &to, &headers, &body, &acting, number),
            _ if is_batch => return wrong_method(&method, "POST"),
            Method::GET | Method::HEAD | Method::POST | Method::PATCH | Method::PUT | Method::DELETE => {
                let call = Call {
                    // A HEAD is a GET whose body isn't sent.
                    method: if method == Method::HEAD {
                        Method::GET
                    } else {
                        method
                    },
                    root: to.root(&to.version),
                    path: to.path,
                    headers: headers.clone(),
                    body,
                    user: acting.user,
                    caller: acting.caller,
                    content_id: None,
                };
                shared.engine.answer(&call)
            }
            _ => return wrong_method(&method, "OPTIONS,GET,HEAD,POST,PATCH,PUT,DELETE"),
        };
        result.unwrap_or_else(|fault| errors::error_answer(&fault, &headers))
    }
}

fn options() -> Answer {
    let mut headers = HeaderMap::new();
    headers.insert(header::ALLOW, HeaderValue::from_static("OPTIONS,GET,HEAD,POST"));
    Answer {
        status: StatusCode::OK,
        headers,
        body: Bytes::new(),
    }
}

fn wrong_method(method: &Method, allowed: &'static str) -> Answer {
    let method: String = method.as_str().chars().take(50).collect();
    let fault = Fault::new(
        StatusCode::METHOD_NOT_ALLOWED,
        0x8006_088a,
        format!("The requested resource does not support http method '{method}'."),
    );
    let mut answer = errors::error_answer(&fault, &HeaderMap::new());
    dress::insert(&mut answer.headers, "allow", allowed);
    answer
}

fn batch(
    shared: &Arc<Shared>,
    to: &Incoming,
    headers: &HeaderMap,
    body: &Bytes,
    acting: &Acting,
    number: u64,
) -> Result<Answer, Fault> {
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let batch = batch::parse(content_type.unwrap_or_default(), body)?;
    let call = |part: &batch::Part| {
        if let Some(origin) = &part.target.origin
            && !same_host(origin, &to.origin)
        {
            return Err(Fault::bad_payload(
                "The URL of a request in the batch leads to another host.",
            ));
        }
        let version = part.target.version.as_deref().unwrap_or(&to.version);
        Ok(Call {
            method: part.method.clone(),
            path: part.target.path.clone(),
            headers: part.headers.clone(),
            body: part.body.clone(),
            root: to.root(version),
            user: shared.identity.on_behalf(&part.headers, &acting.user)?,
            caller: acting.caller.clone(),
            content_id: part.content_id.clone(),
        })
    };
    let told = |part: &batch::Part, result: Result<&Answer, &Fault>| {
        let mut record =
            shared
                .journal
                .begin(part.method.as_str(), &part.target.path, &part.headers, &part.body);
        record.batch = Some(number);
        record.user = Some(acting.user.clone());
        record.status = result
            .map_or_else(|fault| fault.status, |answer| answer.status)
            .as_u16();
        shared.journal.add(record);
    };
    let go_on = Preferences::of(headers).has("odata.continue-on-error");
    let runner = batch::Runner {
        engine: shared.engine.as_ref(),
        call: &call,
        told: &told,
        go_on,
    };
    let outcomes = batch::run(batch, &runner);
    let mut answer = batch::response(&outcomes, go_on, shared.failed_change_set);
    if go_on {
        dress::insert(
            &mut answer.headers,
            "preference-applied",
            "odata.continue-on-error",
        );
    }
    Ok(answer)
}

/// Clients behind a proxy write the scheme that they see.
fn same_host(one: &str, other: &str) -> bool {
    let host = |origin: &str| {
        origin
            .split_once("://")
            .map(|(_, host)| host.to_ascii_lowercase())
    };
    host(one) == host(other)
}
