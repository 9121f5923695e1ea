//! From settings to a running emulator.

use super::listen::{self, Wire};
use super::running::Running;
use super::state::Shared;
use crate::batch::FailedChangeSet;
use crate::identity::{Auth, Directory, Identity, Issuing};
use crate::journal::Journal;
use crate::limits::{Limits, Protection, Switchboard};
use crate::{Clock, Engine};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// The longest body of a request, in bytes: what the service takes in one message is a little less.
const BODY_LIMIT: usize = 128 << 20;
/// How many requests are remembered.
const REQUESTS: usize = 1_000;
/// How much of a request's body is remembered.
const REMEMBERED_BODY: usize = 64 << 10;

/// A Web API on this machine.
///
/// ```no_run
/// # async fn example(engine: std::sync::Arc<dyn dataverse_emulator::Engine>) -> Result<(), Box<dyn std::error::Error>> {
/// use dataverse_emulator::Emulator;
///
/// let running = Emulator::builder(engine).start().await?;
/// println!("{}", running.api());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Emulator;

impl Emulator {
    /// An emulator around this engine.
    pub fn builder(engine: Arc<dyn Engine>) -> Builder {
        let clock = engine.clock().unwrap_or_default();
        let directory = engine.directory().unwrap_or_default();
        Builder {
            engine,
            listen: "127.0.0.1:0".to_owned(),
            public: None,
            tls: false,
            auth: Auth::default(),
            issuing: Issuing::default(),
            directory,
            limits: Limits::default(),
            clock,
            body_limit: BODY_LIMIT,
            requests: REQUESTS,
            remembered_body: REMEMBERED_BODY,
            failed_change_set: FailedChangeSet::default(),
        }
    }
}

/// The settings of an emulator.
#[must_use]
pub struct Builder {
    engine: Arc<dyn Engine>,
    listen: String,
    public: Option<String>,
    tls: bool,
    auth: Auth,
    issuing: Issuing,
    directory: Directory,
    limits: Limits,
    clock: Clock,
    body_limit: usize,
    requests: usize,
    remembered_body: usize,
    failed_change_set: FailedChangeSet,
}

/// Why an emulator doesn't start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The address can't be listened on.
    #[error("can't listen on `{address}`: {source}")]
    Listen {
        /// The address.
        address: String,
        /// Why.
        source: io::Error,
    },
    /// No certificate could be made.
    #[error("no certificate could be made: {0}")]
    Certificate(String),
    /// The machine has no source of random numbers.
    #[error("the machine gives no random numbers")]
    Random,
    /// The emulator was built without TLS.
    #[error("this emulator was built without the feature `tls`")]
    NoTls,
}

impl Builder {
    /// The address to listen on. The default is a free port of the loopback address.
    pub fn listen(mut self, address: &str) -> Self {
        address.clone_into(&mut self.listen);
        self
    }

    /// Another origin under which clients reach the emulator, such as `https://org.example`: tokens may be for it.
    pub fn public(mut self, origin: &str) -> Self {
        self.public = Some(origin.to_owned());
        self
    }

    /// Speaks HTTPS, with a certificate made on the spot ([`Running::certificate`]).
    pub fn tls(mut self) -> Self {
        self.tls = true;
        self
    }

    /// Who has to show a token. The default is nobody.
    pub fn auth(mut self, auth: Auth) -> Self {
        self.auth = auth;
        self
    }

    /// How tokens are issued.
    pub fn issuing(mut self, issuing: Issuing) -> Self {
        self.issuing = issuing;
        self
    }

    /// Who is known. The default is whom the engine knows, else the default directory.
    pub fn directory(mut self, directory: Directory) -> Self {
        self.directory = directory;
        self
    }

    /// The protection limits. The default is the service's.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The clock of the limits and the tokens. The default is that of the engine, if it has one.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// The longest body of a request, in bytes. The default is 128 MiB.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// How many requests are remembered, and how much of the body of each. The default is 1,000 and 64 KiB.
    pub fn remember(mut self, requests: usize, bytes: usize) -> Self {
        (self.requests, self.remembered_body) = (requests, bytes);
        self
    }

    /// In which form the refusal of a change set is written.
    pub fn failed_change_set(mut self, form: FailedChangeSet) -> Self {
        self.failed_change_set = form;
        self
    }

    /// Starts it. It runs on the current runtime until the handle is dropped.
    ///
    /// # Errors
    /// If the address is taken, or there is no certificate to be had.
    pub async fn start(self) -> Result<Running, StartError> {
        let refused = |source| StartError::Listen {
            address: self.listen.clone(),
            source,
        };
        let listener = TcpListener::bind(&self.listen).await.map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let (wire, certificate) = self.wire(address)?;
        let scheme = if self.tls { "https" } else { "http" };
        let url = format!("{scheme}://{}", reachable(address));
        let identity = Identity::new(self.auth, self.issuing, self.directory, self.clock.clone())
            .ok_or(StartError::Random)?;
        identity.add_origin(&url);
        if let Some(public) = &self.public {
            identity.add_origin(public);
        }
        let shared = Arc::new(Shared {
            engine: self.engine,
            identity,
            protection: Arc::new(Protection::new(self.limits, self.clock.clone())),
            switchboard: Switchboard::default(),
            journal: Journal::new(self.requests, self.remembered_body),
            clock: self.clock,
            body_limit: self.body_limit,
            failed_change_set: self.failed_change_set,
            scheme,
            host: reachable(address),
            affinity: uuid::Uuid::new_v4().simple().to_string(),
        });
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(listen::serve(listener, wire, shared.clone(), stopped));
        Ok(Running::new(url, certificate, shared, stop, task))
    }

    #[cfg(feature = "tls")]
    fn wire(&self, address: SocketAddr) -> Result<(Wire, Option<String>), StartError> {
        if !self.tls {
            return Ok((Wire::Plain, None));
        }
        let host = address.ip().to_string();
        let (acceptor, pem) = super::tls::acceptor(&host).map_err(StartError::Certificate)?;
        Ok((Wire::Tls(acceptor), Some(pem)))
    }

    #[cfg(not(feature = "tls"))]
    fn wire(&self, _: SocketAddr) -> Result<(Wire, Option<String>), StartError> {
        if self.tls {
            return Err(StartError::NoTls);
        }
        Ok((Wire::Plain, None))
    }
}

/// The address as clients of this machine write it: a server on all addresses is reached by the loopback one.
fn reachable(address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        return format!("127.0.0.1:{}", address.port());
    }
    address.to_string()
}
