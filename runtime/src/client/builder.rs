//! How a client is made.

use super::credential::{Credential, TokenRequest};
use super::pace::Pace;
use super::pipeline::Pipeline;
use super::retry::Retries;
use super::tokens::Tokens;
use super::transport::Transport;
use super::turns::Turns;
use super::{Client, ClientError};
use crate::message::RequestOptions;
use reqwest::Url;
use std::sync::Arc;
use std::time::Duration;

/// Makes a [`Client`].
///
/// ```
/// use dataverse_runtime::Client;
/// use std::time::Duration;
///
/// let client = Client::builder("http://127.0.0.1:5080")
///     .timeout(Duration::from_secs(30))
///     .build()?;
/// # Ok::<(), dataverse_runtime::client::ClientError>(())
/// ```
#[derive(Debug)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    environment: String,
    /// Where the service stands, under the address.
    service: String,
    /// What is asked without a token, so that the service says which tokens it wants.
    probe: &'static str,
    credential: Option<Arc<dyn Credential>>,
    timeout: Duration,
    retries: Retries,
    at_once: usize,
    allow_http: bool,
    http: Option<reqwest::Client>,
}

impl ClientBuilder {
    pub(super) fn new(environment: &str) -> Self {
        Self {
            environment: environment.to_owned(),
            service: api("9.2"),
            probe: "WhoAmI",
            credential: None,
            timeout: Duration::from_mins(4),
            retries: Retries::default(),
            at_once: 64,
            allow_http: false,
            http: None,
        }
    }

    /// Who the program is. Without a credential requests carry no token, which a local emulator may allow.
    pub fn credential(self, credential: impl Credential + 'static) -> Self {
        self.shared_credential(Arc::new(credential))
    }

    /// The same with a credential that others use too.
    pub fn shared_credential(self, credential: Arc<dyn Credential>) -> Self {
        Self {
            credential: Some(credential),
            ..self
        }
    }

    /// The version of the Web API in URLs: 9.2 unless said otherwise.
    pub fn api_version(self, version: &str) -> Self {
        Self {
            service: api(version),
            ..self
        }
    }

    /// Another service than the Web API.
    pub(super) fn service(self, path: &str, probe: &'static str) -> Self {
        Self {
            service: path.to_owned(),
            probe,
            ..self
        }
    }

    /// How long one attempt may take with its whole answer: 4 minutes unless said otherwise. The service itself gives up on
    /// plug-ins after 2.
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    /// How often and how long requests are repeated.
    pub fn retries(self, retries: Retries) -> Self {
        Self { retries, ..self }
    }

    /// How many requests may be under way at once, at most: 64 unless said otherwise. Below that the number follows the
    /// service's hint and its answers.
    pub fn requests_at_once(self, most: usize) -> Self {
        Self {
            at_once: most,
            ..self
        }
    }

    /// Sends tokens over plain HTTP, also to other machines. For tests in closed networks.
    pub fn allow_http(self) -> Self {
        Self {
            allow_http: true,
            ..self
        }
    }

    /// The HTTP client to use, also for token endpoints: for proxies, certificates of one's own and the like. It must follow no
    /// redirects and keep no cookies: a secret goes where it was sent and nowhere else, and cookies would tie all requests
    /// to one of the service's servers. The builder's timeout is then the HTTP client's own.
    ///
    /// Without this, the proxy of the environment's variables (`HTTPS_PROXY`) is taken, but not for an environment on this machine.
    ///
    /// ```
    /// use dataverse_runtime::client::{Client, reqwest};
    /// use std::time::Duration;
    ///
    /// let http = reqwest::Client::builder()
    ///     .proxy(reqwest::Proxy::https("http://proxy.contoso.example:8080")?)
    ///     .redirect(reqwest::redirect::Policy::none())
    ///     .timeout(Duration::from_secs(240))
    ///     .build()?;
    /// let client = Client::builder("https://contoso.crm4.dynamics.com").http_client(http).build()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn http_client(self, http: reqwest::Client) -> Self {
        Self {
            http: Some(http),
            ..self
        }
    }

    /// The client. Nothing is sent yet.
    ///
    /// # Errors
    /// If the address is no `https` or `http` URL, if a token would go over plain HTTP to another machine, or if the
    /// system has no certificates to trust.
    pub fn build(self) -> Result<Client, ClientError> {
        let bad = |reason: &str| ClientError::Address {
            address: self.environment.clone(),
            reason: reason.to_owned(),
        };
        let origin = Url::parse(&self.environment).map_err(|error| bad(&format!("{error}. {EXPECTED}")))?;
        match origin.scheme() {
            "https" => {}
            "http" if self.credential.is_none() || self.allow_http || is_loopback(&origin) => {}
            "http" => {
                return Err(bad(
                    "a token would be readable by everybody on the way: use https",
                ));
            }
            _ => {
                return Err(bad(EXPECTED));
            }
        }
        if !origin.username().is_empty() || origin.password().is_some() {
            // Not repeated in the error: it may hold a password.
            return Err(ClientError::Address {
                address: origin.host_str().unwrap_or_default().to_owned(),
                reason: "an address holds no user and no password: give a credential".to_owned(),
            });
        }
        let resource = origin.origin().ascii_serialization();
        let root =
            Url::parse(&format!("{resource}/{}/", self.service)).map_err(|error| bad(&error.to_string()))?;
        // No proxy can reach this machine. Credentials may need one all the same, and then have connections of their own.
        let direct = self.http.is_none() && is_loopback(&origin);
        let http = match self.http {
            Some(http) => http,
            None => http_client(self.timeout, direct)?,
        };
        let wanted = TokenRequest {
            http: (!direct).then(|| http.clone()),
            ..TokenRequest::new(&resource)
        };
        Ok(Client {
            pipeline: Arc::new(Pipeline {
                transport: Transport::new(http, root),
                tokens: self.credential.map(|credential| Tokens::new(credential, wanted)),
                pace: Pace::new(self.at_once),
                turns: Turns::default(),
                retries: self.retries,
                probe: self.probe,
            }),
            options: Arc::new(RequestOptions::new()),
        })
    }
}

const EXPECTED: &str = "Expected an address such as https://contoso.crm4.dynamics.com";

fn api(version: &str) -> String {
    format!("api/data/v{}", version.trim_start_matches('v'))
}

fn http_client(timeout: Duration, direct: bool) -> Result<reqwest::Client, ClientError> {
    let builder = reqwest::Client::builder();
    let builder = if direct { builder.no_proxy() } else { builder };
    builder
        .user_agent(concat!("dataverse-runtime/", env!("CARGO_PKG_VERSION")))
        .timeout(timeout)
        .connect_timeout(Duration::from_secs(20))
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(ClientError::Http)
}

pub(super) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || address
            .parse()
            .is_ok_and(|address: std::net::IpAddr| address.is_loopback())
}
