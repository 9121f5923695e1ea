//! What happens to a request between the caller and the wire: a place, a token, an attempt, and what follows from it.

use super::credential::Token;
use super::retry::{self, Failed, Retries};
use super::sink::To;
use super::tokens::Tokens;
use super::transport::{Transport, Unanswered};
use super::{challenge, challenge::Challenge, long_url, pace::Pace, turns::Turns};
use crate::batch::{self, multipart};
use crate::message::{Origin, Repeat, Request, Response};
use crate::{Code, Error, InvalidRequest, ServiceError, Uuid};
use http::header::{HeaderValue, WWW_AUTHENTICATE};
use http::{HeaderMap, Method, StatusCode};
use reqwest::Url;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// What all clones of a client share.
#[derive(Debug)]
pub(super) struct Pipeline {
    pub(super) transport: Transport,
    pub(super) tokens: Option<Tokens>,
    pub(super) pace: Pace,
    pub(super) turns: Turns,
    pub(super) retries: Retries,
    /// What is asked without a token.
    pub(super) probe: &'static str,
}

/// An attempt that isn't the last word.
struct Attempt {
    error: Error,
    failed: Failed,
    /// How long the service asks to wait.
    asked: Option<Duration>,
}

impl Pipeline {
    /// Sends a request, again where that is right, and gives its answer, if that is a success, and whether an attempt before
    /// that may have been carried out.
    pub(super) async fn run(&self, request: &Request, mut to: To<'_>) -> Result<(Response, bool), Error> {
        let id = request_id();
        let started = Instant::now();
        let mut attempts = 0;
        let mut maybe_done = false;
        loop {
            attempts += 1;
            let attempt = match self.attempt(request, &id, &mut to).await {
                Ok(response) => return Ok((response, maybe_done)),
                Err(attempt) => attempt,
            };
            if maybe_done && request.may_repeat() == Repeat::CreatesOnce && is_there_already(&attempt.error) {
                tracing::debug!("the row is there: an earlier attempt was carried out");
                return Ok((done_before(), maybe_done));
            }
            maybe_done |= attempt.failed == Failed::MaybeDone;
            let repeats =
                attempts < self.retries.attempts && retry::may_repeat(attempt.failed, request.may_repeat());
            let wait = repeats
                .then(|| retry::wait(attempts, attempt.asked))
                .filter(|wait| started.elapsed() + *wait <= self.retries.within);
            let Some(wait) = wait else {
                return Err(last(attempt, maybe_done && request.may_repeat() != Repeat::Safe));
            };
            tracing::warn!(attempts, wait_ms = wait.as_millis() as u64, error = %attempt.error, "sent again");
            sleep(wait).await;
        }
    }

    /// Sends it once; twice if the token was refused.
    async fn attempt(
        &self,
        request: &Request,
        id: &HeaderValue,
        to: &mut To<'_>,
    ) -> Result<Response, Attempt> {
        let mut renewed = false;
        loop {
            let _permit = self.pace.enter().await;
            let token = self.token().await.map_err(Attempt::refused)?;
            let Some(address) = self.transport.address(request) else {
                let url = request.path().to_owned();
                return Err(Attempt::refused(InvalidRequest::Elsewhere { url }.into()));
            };
            let response = self.exchange(request, address, token.as_ref(), id, to).await?;
            tracing::debug!(
                status = response.status.as_u16(),
                requests_left = response.limits().requests,
                request_id = response.header("x-ms-service-request-id"),
                "answered"
            );
            // A batch that ended at a failure has its status, and the answers to what came before.
            let has_answers = multipart::boundary(&response.headers).is_some();
            if response.status.is_success() || response.status == StatusCode::NOT_MODIFIED || has_answers {
                self.pace.answered(hint(&response));
                return Ok(response);
            }
            if let (StatusCode::UNAUTHORIZED, Some(tokens), Some(token), false) =
                (response.status, &self.tokens, &token, renewed)
            {
                renewed = true;
                tokens.refused(token, read_challenge(&response));
                continue;
            }
            return Err(self.refusal(&response, request));
        }
    }

    /// One request and its answer, also if its URL is so long that it goes inside of a batch: then no part of it is for the
    /// sink, which takes files alone.
    async fn exchange(
        &self,
        request: &Request,
        address: Url,
        token: Option<&Token>,
        id: &HeaderValue,
        to: &mut To<'_>,
    ) -> Result<Response, Attempt> {
        let packed = long_url::packed(request, &address).map_err(|error| Attempt::refused(error.into()))?;
        let Some(batch) = packed else {
            let sent = self.transport.send(request, address, token, id, to).await;
            return sent.map_err(Attempt::without_answer);
        };
        let Some(address) = self.transport.address(&batch) else {
            let url = batch.path().to_owned();
            return Err(Attempt::refused(InvalidRequest::Elsewhere { url }.into()));
        };
        let sent = self.transport.send(&batch, address, token, id, &mut None).await;
        let answer = sent.map_err(Attempt::without_answer)?;
        long_url::unpacked(answer).map_err(|error| Attempt::refused(error.into()))
    }

    async fn token(&self) -> Result<Option<Token>, Error> {
        match &self.tokens {
            Some(tokens) => Ok(Some(tokens.get(async || self.ask().await).await?)),
            None => Ok(None),
        }
    }

    /// Asks the environment, without a token, which tokens it wants. Where it doesn't say, credentials know or guess.
    async fn ask(&self) -> Challenge {
        let origin = Origin {
            operation: "challenge",
            table: None,
        };
        let request = Request::new(Method::GET, self.probe, origin);
        let id = request_id();
        match self.transport.address(&request) {
            Some(address) => match self.transport.send(&request, address, None, &id, &mut None).await {
                Ok(response) => read_challenge(&response),
                Err(_) => Challenge::default(),
            },
            None => Challenge::default(),
        }
    }

    fn refusal(&self, response: &Response, request: &Request) -> Attempt {
        let error = ServiceError::from_response(response, request.origin());
        let is_batch = request.path() == batch::PATH;
        let (failed, asked) = (retry::of(&error, is_batch), error.retry_after());
        if error.is_throttled() {
            self.pace.throttled(asked.unwrap_or_default());
        } else {
            self.pace.answered(None);
        }
        Attempt {
            error: Box::new(error).into(),
            failed,
            asked,
        }
    }
}

impl Attempt {
    fn refused(error: Error) -> Self {
        Self {
            error,
            failed: Failed::Refused,
            asked: None,
        }
    }

    fn without_answer(unanswered: Unanswered) -> Self {
        let error = match unanswered {
            Unanswered::Transport(error) => error,
            Unanswered::Sink(source) => return Self::refused(Error::Sink { source }),
        };
        let failed = if error.reached() {
            Failed::MaybeDone
        } else {
            Failed::NotDone
        };
        Self {
            error: error.into(),
            failed,
            asked: None,
        }
    }
}

/// The error that the caller gets. `open`: nobody knows whether the request was carried out.
fn last(attempt: Attempt, open: bool) -> Error {
    match attempt.error {
        Error::Service(error) if open => Box::new(error.maybe_done()).into(),
        Error::Transport(error) if open => error.maybe_done().into(),
        other => other,
    }
}

fn is_there_already(error: &Error) -> bool {
    matches!(error, Error::Service(error) if error.code() == Some(Code::DUPLICATE_RECORD))
}

/// A name for a request, by which the service's support finds it.
fn request_id() -> HeaderValue {
    // Digits and hyphens are always a header.
    HeaderValue::from_str(&Uuid::new_v4().to_string()).unwrap_or(HeaderValue::from_static(""))
}

/// Stands for the answer that was lost.
fn done_before() -> Response {
    Response {
        status: StatusCode::NO_CONTENT,
        headers: HeaderMap::new(),
        body: bytes::Bytes::new(),
    }
}

fn read_challenge(response: &Response) -> Challenge {
    let values = response.headers.get_all(WWW_AUTHENTICATE).iter();
    challenge::read(values.filter_map(|value| value.to_str().ok()))
}

/// How many requests at once the service recommends.
fn hint(response: &Response) -> Option<usize> {
    response.header("x-ms-dop-hint")?.trim().parse().ok()
}
