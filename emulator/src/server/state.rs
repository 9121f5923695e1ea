//! What all connections of an emulator share.

use super::intake::Intake;
use crate::batch::FailedChangeSet;
use crate::identity::Identity;
use crate::journal::Journal;
use crate::limits::{Protection, Switchboard};
use crate::{Clock, Engine};
use std::sync::Arc;

/// The parts around the engine, each of which minds its own locks.
pub(super) struct Shared {
    pub(super) engine: Arc<dyn Engine>,
    pub(super) identity: Identity,
    pub(super) protection: Arc<Protection>,
    pub(super) switchboard: Switchboard,
    pub(super) journal: Journal,
    pub(super) clock: Clock,
    pub(super) intake: Intake,
    pub(super) failed_change_set: FailedChangeSet,
    /// The scheme of addresses: `http` or `https`.
    pub(super) scheme: &'static str,
    /// The host for requests that name none.
    pub(super) host: String,
    /// The name of this server, for the cookie that binds a client to it.
    pub(super) affinity: String,
}
