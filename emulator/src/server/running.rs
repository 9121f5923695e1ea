//! The handle of a running emulator.

use super::state::Shared;
use crate::Clock;
use crate::identity::Identity;
use crate::journal::Record;
use crate::limits::{Faults, Limits};
use std::fmt;
use std::sync::Arc;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// A running emulator. When this is dropped it takes no more connections and ends those that it has.
pub struct Running {
    url: String,
    certificate: Option<String>,
    shared: Arc<Shared>,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Running {
    pub(super) fn new(
        url: String,
        certificate: Option<String>,
        shared: Arc<Shared>,
        stop: watch::Sender<bool>,
        task: JoinHandle<()>,
    ) -> Self {
        Self {
            url,
            certificate,
            shared,
            stop,
            task,
        }
    }

    /// Scheme, host and port, without a slash at the end: the address of the environment.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The root of the Web API, with a slash at the end.
    pub fn api(&self) -> String {
        format!("{}/api/data/v9.2/", self.url)
    }

    /// The certificate in PEM form, if HTTPS is spoken.
    pub fn certificate(&self) -> Option<&str> {
        self.certificate.as_deref()
    }

    /// The last requests, in order.
    pub fn requests(&self) -> Vec<Record> {
        self.shared.journal.records()
    }

    /// Forgets the requests so far.
    pub fn forget_requests(&self) {
        self.shared.journal.clear();
    }

    /// Makes these faults from now on, and no others.
    pub fn set_faults(&self, faults: Faults) {
        self.shared.switchboard.set(faults);
    }

    /// How often each rule of the faults was applied.
    pub fn faults_applied(&self) -> Vec<u32> {
        self.shared.switchboard.get().1
    }

    /// Other protection limits from now on.
    pub fn set_limits(&self, limits: Limits) {
        self.shared.protection.set(limits);
    }

    /// The double of Entra ID: tokens, users, devices.
    pub fn identity(&self) -> &Identity {
        &self.shared.identity
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        &self.shared.clock
    }

    /// Stops, and waits for the requests under way, for some seconds at most.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        // It ends by itself, and can't be waited for any better if it panicked.
        let _ = (&mut self.task).await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.send_replace(true);
    }
}

impl fmt::Debug for Running {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Running")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}
