//! A double of Entra ID on the same server: token endpoints, the identity of machines, and the guard of the Web API.

mod aadsts;
mod assertion;
mod client;
mod code;
mod device;
mod directory;
mod guard;
mod machine;
mod open_id;
mod pending;
mod route;
mod token;
mod user;

pub use device::DeviceError;
pub use directory::{Application, Certificate, CertificateError, Directory, Federation, Person, Standing};
pub(crate) use guard::Denied;
pub(crate) use route::{Request, respond};
pub use token::TokenSpec;

use crate::Clock;
use pending::Pending;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use token::Key;

/// Who has to show a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Auth {
    /// Nobody: every call is the administrator's, unless it shows a valid token that was issued here.
    #[default]
    Anonymous,
    /// Everybody.
    Required,
}

/// How tokens are issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Issuing {
    /// How long access tokens are valid. The service gives 60 to 90 minutes.
    pub lifetime: Duration,
    /// How often a device is told to wait before its user has signed in; `None` if a test signs in for it.
    pub device_polls: Option<u32>,
    /// The seconds that a device has to wait between its questions.
    pub device_interval: u64,
    /// Whether a refresh token is good for one use only. The service lets old ones live on.
    pub refresh_once: bool,
}

impl Default for Issuing {
    fn default() -> Self {
        Self {
            lifetime: Duration::from_secs(3_599),
            device_polls: Some(1),
            device_interval: 5,
            refresh_once: false,
        }
    }
}

/// The double. Its directory can be changed while it runs.
#[derive(Debug)]
pub struct Identity {
    pub(crate) auth: Auth,
    clock: Clock,
    key: Key,
    issuing: Issuing,
    directory: Mutex<Directory>,
    pending: Mutex<Pending>,
    /// The origins under which the environment is reached, besides the loopback addresses.
    origins: Mutex<Vec<String>>,
}

impl Identity {
    pub(crate) fn new(auth: Auth, issuing: Issuing, directory: Directory, clock: Clock) -> Option<Self> {
        Some(Self {
            auth,
            clock,
            key: Key::generate()?,
            issuing,
            directory: Mutex::new(directory),
            pending: Mutex::default(),
            origins: Mutex::default(),
        })
    }

    /// Changes the directory.
    pub fn change<T>(&self, change: impl FnOnce(&mut Directory) -> T) -> T {
        change(&mut self.directory())
    }

    /// `systemuserid` of the administrator.
    pub(crate) fn administrator(&self) -> String {
        self.directory().administrator()
    }

    fn directory(&self) -> MutexGuard<'_, Directory> {
        self.directory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn pending(&self) -> MutexGuard<'_, Pending> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn add_origin(&self, origin: &str) {
        let mut origins = self.origins.lock().unwrap_or_else(PoisonError::into_inner);
        origins.push(origin.trim_end_matches('/').to_ascii_lowercase());
    }

    /// Whether the environment is reached under this origin. Loopback addresses are one host here, as the two names of an
    /// environment are at the service.
    fn is_own(&self, origin: &str) -> bool {
        let origin = origin.trim_end_matches('/').to_ascii_lowercase();
        let same = |known: &String| {
            *known == origin || loopback(known).is_some_and(|rest| Some(rest) == loopback(&origin))
        };
        self.origins
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .iter()
            .any(same)
    }
}

/// Scheme and port of an origin on a loopback address.
fn loopback(origin: &str) -> Option<(&str, &str)> {
    let (scheme, authority) = origin.split_once("://")?;
    let port = ["127.0.0.1", "localhost", "[::1]"]
        .into_iter()
        .find_map(|host| authority.strip_prefix(host))?;
    (port.is_empty() || port.starts_with(':')).then_some((scheme, port))
}

/// A name that nobody can guess: codes, refresh tokens.
fn secret() -> String {
    format!(
        "{}{}",
        uuid::Uuid::new_v4().simple(),
        uuid::Uuid::new_v4().simple()
    )
}
