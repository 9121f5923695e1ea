//! Requests to token endpoints.

use super::{CredentialError, Secret, TokenRequest};
use bytes::Bytes;
use reqwest::{RequestBuilder, StatusCode, Url};
use std::sync::OnceLock;
use std::time::Duration;

/// How often a request is sent at most, where the answer says that another attempt may help.
const ATTEMPTS: u32 = 4;

/// How long a request may take.
const LONGEST: Duration = Duration::from_secs(30);

/// A status and a body.
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) body: Bytes,
}

/// The connections of credentials that no client asks, through the proxy of the environment's variables.
static THROUGH_PROXY: OnceLock<reqwest::Client> = OnceLock::new();

/// The connections to this machine's own services, which no proxy can reach.
static DIRECT: OnceLock<reqwest::Client> = OnceLock::new();

/// A client without redirects: a secret goes where it was sent and nowhere else.
fn http(
    request: &TokenRequest,
    place: &OnceLock<reqwest::Client>,
    proxy: bool,
) -> Result<reqwest::Client, CredentialError> {
    if let Some(http) = place.get() {
        return Ok(http.clone());
    }
    let builder = reqwest::Client::builder();
    let builder = if proxy { builder } else { builder.no_proxy() };
    let built = builder
        .user_agent(concat!("dataverse-runtime/", env!("CARGO_PKG_VERSION")))
        .timeout(LONGEST)
        .connect_timeout(Duration::from_secs(10))
        // Connections belong to the async runtime that opened them, and this client outlives runtimes.
        .pool_max_idle_per_host(0)
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(|error| {
            CredentialError::unreachable(request, format!("the HTTP client can't be made: {error}"))
        })?;
    Ok(place.get_or_init(|| built).clone())
}

/// Sends a form.
pub(super) async fn post(
    request: &TokenRequest,
    address: &str,
    form: &[(&str, &str)],
) -> Result<Reply, CredentialError> {
    let url = checked(request, address)?;
    let http = outside(request, &url)?;
    send(request, &[], || {
        http.post(url.clone()).timeout(LONGEST).form(form)
    })
    .await
}

/// Asks a service outside of this machine, with a token.
pub(super) async fn get_with_token(
    request: &TokenRequest,
    url: Url,
    token: &Secret,
) -> Result<Reply, CredentialError> {
    let url = checked(request, url.as_str())?;
    let http = outside(request, &url)?;
    send(request, &[], || {
        http.get(url.clone()).timeout(LONGEST).bearer_auth(token.reveal())
    })
    .await
}

/// The client's own connections, or those of all credentials where there are none.
fn outside(request: &TokenRequest, url: &Url) -> Result<reqwest::Client, CredentialError> {
    match &request.http {
        Some(http) => Ok(http.clone()),
        None if crate::client::builder::is_loopback(url) => http(request, &DIRECT, false),
        None => http(request, &THROUGH_PROXY, true),
    }
}

/// Asks a service of this machine, with headers. The statuses in `again` are worth another attempt besides those that always are.
pub(super) async fn get(
    request: &TokenRequest,
    url: Url,
    headers: &[(&'static str, &str)],
    again: &[u16],
) -> Result<Reply, CredentialError> {
    let http = http(request, &DIRECT, false)?;
    send(request, again, || {
        headers.iter().fold(http.get(url.clone()), |sent, (name, value)| {
            sent.header(*name, *value)
        })
    })
    .await
}

/// Whether something answers at this address soon: on machines outside of Azure the metadata service doesn't exist.
pub(super) async fn is_there(request: &TokenRequest, url: &Url) -> bool {
    let Ok(http) = http(request, &DIRECT, false) else {
        return false;
    };
    let asked = http.get(url.clone()).timeout(Duration::from_secs(1));
    asked.send().await.is_ok()
}

/// A secret leaves this machine over TLS alone.
fn checked(request: &TokenRequest, address: &str) -> Result<Url, CredentialError> {
    let bad = |reason: String| CredentialError::unreachable(request, reason);
    let url = Url::parse(address).map_err(|error| bad(format!("`{address}` is no address: {error}")))?;
    let local = crate::client::builder::is_loopback(&url);
    if url.scheme() == "https" || (url.scheme() == "http" && local) {
        return Ok(url);
    }
    Err(bad(format!(
        "`{address}` isn't https: a secret would be readable by everybody on the way"
    )))
}

async fn send(
    request: &TokenRequest,
    again: &[u16],
    build: impl Fn() -> RequestBuilder,
) -> Result<Reply, CredentialError> {
    let mut attempt = 1;
    loop {
        let reply = match build().send().await {
            Ok(answer) => {
                let status = answer.status();
                answer.bytes().await.map(|body| Reply { status, body })
            }
            Err(error) => Err(error),
        };
        let worth_another = match &reply {
            Ok(reply) => {
                let status = reply.status.as_u16();
                status == 429 || status >= 500 || again.contains(&status)
            }
            Err(_) => true,
        };
        if !worth_another || attempt == ATTEMPTS {
            return reply.map_err(|error| {
                let reason = format!(
                    "the issuer of tokens can't be reached: {}",
                    causes(&error.without_url())
                );
                CredentialError::unreachable(request, reason)
            });
        }
        tokio::time::sleep(Duration::from_millis(250) * 2_u32.pow(attempt)).await;
        attempt += 1;
    }
}

/// An error with its causes: reqwest's own text is only the outermost.
fn causes(error: &dyn std::error::Error) -> String {
    match error.source() {
        Some(source) => format!("{error}: {}", causes(source)),
        None => error.to_string(),
    }
}
