//! The client: sends requests to an environment and reads the answers.
//!
//! A request goes through a short pipeline: a place among those under way ([`requests_at_once`]), a token, the attempt, and
//! another one where that is right ([`Retries`]). Nothing is repeated that may have been carried out, unless the request is
//! safe to repeat or creates a row under an id of its own.
//!
//! A read whose URL is too long for the service travels inside of a `$batch`, and its answer is as if it hadn't.
//!
//! How to get a client: [`connecting`].
//!
//! [`requests_at_once`]: ClientBuilder::requests_at_once

mod builder;
mod challenge;
pub mod config;
#[doc = include_str!("connecting.md")]
pub mod connecting {}
pub mod credential;
pub mod discovery;
mod long_url;
mod pace;
mod pipeline;
mod retry;
mod sink;
mod tokens;
mod transport;
mod turns;
mod under_way;

use crate::Error;
use crate::message::{Origin, Request, RequestOptions, Response};
pub use builder::ClientBuilder;
use http::Method;
use pipeline::Pipeline;
/// The HTTP client below this one, for [`ClientBuilder::http_client`].
pub use reqwest;
pub use retry::Retries;
pub use sink::Sink;
use std::sync::Arc;
use tracing::Instrument;
pub use transport::TransportError;
pub(crate) use under_way::UnderWay;

/// A connection to an environment. Clones share everything and cost nothing.
#[derive(Clone, Debug)]
pub struct Client {
    pipeline: Arc<Pipeline>,
    options: Arc<RequestOptions>,
}

/// A client can't be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClientError {
    /// The environment's address can't be used.
    #[error("`{address}` can't be the address of an environment: {reason}")]
    Address {
        /// The address.
        address: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The HTTP client can't be made.
    #[error("the HTTP client can't be made")]
    Http(#[source] reqwest::Error),
    /// The settings can't be used.
    #[error(transparent)]
    Config(#[from] config::ConfigError),
}

impl Client {
    /// Begins a client of the environment at this address, such as `https://contoso.crm4.dynamics.com`.
    pub fn builder(environment: &str) -> ClientBuilder {
        ClientBuilder::new(environment)
    }

    /// A client of the environment at this address, without a credential: for a local emulator.
    ///
    /// # Errors
    /// If the address is no URL.
    pub fn anonymous(environment: &str) -> Result<Self, ClientError> {
        Self::builder(environment).build()
    }

    /// Connects to the environment at this address, as whom environment variables say
    /// ([`ConnectSettings::from_env`](config::ConnectSettings::from_env)), and asks the service once, so that what is wrong
    /// shows here.
    ///
    /// # Errors
    /// If the settings or the address can't be used, if no token can be had, or if the service doesn't let the program in.
    pub async fn connect(environment: &str) -> Result<Self, Error> {
        let settings = config::ConnectSettings::for_environment(environment).map_err(ClientError::from)?;
        let client = settings.client()?;
        client.check().await?;
        Ok(client)
    }

    /// A client by environment variables alone, such as `DATAVERSE_URL` and `AZURE_CLIENT_ID`
    /// ([`ConnectSettings::from_env`](config::ConnectSettings::from_env)).
    ///
    /// # Errors
    /// If a variable is missing or can't be used.
    pub fn from_env() -> Result<Self, ClientError> {
        config::ConnectSettings::from_env()?.client()
    }

    /// A client by a connection string in the form of Microsoft's SDK
    /// ([`ConnectSettings::from_connection_string`](config::ConnectSettings::from_connection_string)).
    ///
    /// # Errors
    /// If the text is no such string, or says something that isn't supported.
    pub fn from_connection_string(text: &str) -> Result<Self, ClientError> {
        config::ConnectSettings::from_connection_string(text)?.client()
    }

    /// Asks the service who the program is, and so whether it lets it in.
    ///
    /// # Errors
    /// As [`execute`](Self::execute).
    pub async fn check(&self) -> Result<(), Error> {
        let origin = Origin {
            operation: "WhoAmI",
            table: None,
        };
        self.execute(Request::new(Method::GET, "WhoAmI", origin))
            .await
            .map(drop)
    }

    /// The same client, whose requests carry these options besides.
    ///
    /// ```
    /// # use dataverse_runtime::Client;
    /// use dataverse_runtime::message::CustomLogic;
    ///
    /// # let client = Client::anonymous("http://127.0.0.1:5080")?;
    /// let import = client.with(|options| options.bypass(CustomLogic::All).tag("nightly import"));
    /// # Ok::<(), dataverse_runtime::client::ClientError>(())
    /// ```
    #[must_use]
    pub fn with(&self, change: impl FnOnce(RequestOptions) -> RequestOptions) -> Self {
        Self {
            pipeline: Arc::clone(&self.pipeline),
            options: Arc::new(change((*self.options).clone())),
        }
    }

    /// Sends a request and gives its answer, if that is a success.
    ///
    /// Dropping the future cancels it: nothing is sent afterwards.
    ///
    /// # Errors
    /// If the service refuses it, if no token can be had, or if there is no answer.
    pub async fn execute(&self, request: Request) -> Result<Response, Error> {
        self.send(request, None).await
    }

    /// The same for an answer that may be large: its body goes to the sink while it comes, and is no part of the response.
    /// If the connection breaks on the way and the request is repeated, the sink starts again.
    ///
    /// # Errors
    /// As [`execute`](Self::execute), and if the sink doesn't take a piece.
    pub async fn download(&self, request: Request, sink: &mut dyn Sink) -> Result<Response, Error> {
        self.send(request, Some(sink)).await
    }

    /// Sends a batch, whose parts have their options already, and says whether an earlier attempt at it may have been
    /// carried out.
    pub(crate) async fn execute_batch(&self, request: Request) -> Result<(Response, bool), Error> {
        self.run(&request, None).await
    }

    /// The options that every request carries.
    pub(crate) fn options(&self) -> &RequestOptions {
        &self.options
    }

    /// How many requests the service takes at once, as far as is known by now.
    pub(crate) fn at_once(&self) -> usize {
        self.pipeline.pace.limit()
    }

    /// Waits until the service takes another search.
    pub(crate) async fn search_turn(&self) {
        self.pipeline.turns.next().await;
    }

    /// The path of the service's root.
    pub(crate) fn root(&self) -> &str {
        self.pipeline.transport.root()
    }

    async fn send(&self, request: Request, to: sink::To<'_>) -> Result<Response, Error> {
        crate::batch::reference::refuse(&request)?;
        let request = self.options.apply(request);
        self.run(&request, to).await.map(|(response, _)| response)
    }

    async fn run(&self, request: &Request, to: sink::To<'_>) -> Result<(Response, bool), Error> {
        let origin = request.origin();
        // The path's query may hold values of rows, and no log of everyday shows those.
        let span = tracing::info_span!(
            "dataverse",
            operation = origin.operation,
            table = origin.table,
            method = %request.method()
        );
        self.pipeline.run(request, to).instrument(span).await
    }
}
