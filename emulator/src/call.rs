//! One call of the Web API and its answer, apart from HTTP connections: what the engine works on.

use crate::identity::Directory;
use crate::{Clock, Fault};
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};

/// One call: a request of its own, or a part of a batch.
#[derive(Clone, Debug)]
pub struct Call {
    /// The method.
    pub method: Method,
    /// Path and query under the service's root, as they came: `accounts?$select=name`.
    pub path: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// The scheme, host and path of the service's root, as the caller sees it, with a slash at the end.
    pub root: String,
    /// The user on whose behalf the call is made: `systemuserid`.
    pub user: String,
    /// The number that a change set gives the call.
    pub content_id: Option<String>,
}

/// The answer to one call.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers, without those that every answer carries.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

/// What carries out calls.
pub trait Engine: Send + Sync {
    /// Carries out one call, as a transaction of its own.
    ///
    /// # Errors
    /// If the service would refuse it: nothing has changed then.
    fn answer(&self, call: &Call) -> Result<Answer, Fault>;

    /// Carries out the calls of a change set in one transaction. References such as `$1` are for the engine to resolve.
    ///
    /// # Errors
    /// With the position of the call that failed: nothing has changed then.
    fn change_set(&self, calls: &[Call]) -> Result<Vec<Answer>, (usize, Fault)>;

    /// Carries out a request under `/emulator/` that the server doesn't know, such as one that seeds rows. The path of the
    /// call is what follows that.
    ///
    /// # Errors
    /// If the engine doesn't know it either, or refuses it.
    fn control(&self, call: &Call) -> Result<Answer, Fault> {
        let segment = call.path.split(['/', '?']).next().unwrap_or_default();
        Err(Fault::no_resource(segment))
    }

    /// The clock of the engine, if it has one: the server takes it, unless it is given another.
    fn clock(&self) -> Option<Clock> {
        None
    }

    /// Who the engine's users are, if it knows: the server takes them, unless it is given others.
    fn directory(&self) -> Option<Directory> {
        None
    }
}
