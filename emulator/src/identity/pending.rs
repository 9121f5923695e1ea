//! What was begun and isn't finished: codes, refresh tokens, devices.

use std::collections::{HashMap, VecDeque};

/// The most that is remembered of each kind.
const MOST: usize = 10_000;

/// What a person agreed to.
#[derive(Clone, Debug)]
pub(super) struct Consent {
    pub(super) client_id: String,
    pub(super) object_id: String,
    pub(super) resource: String,
    pub(super) scope: String,
    pub(super) until: u64,
}

/// A code that a browser was sent back with.
#[derive(Clone, Debug)]
pub(super) struct Code {
    pub(super) consent: Consent,
    pub(super) redirect: String,
    /// The challenge, and whether it is a hash of the verifier.
    pub(super) challenge: Option<(String, bool)>,
    pub(super) redeemed: bool,
}

/// A device that waits for its user.
#[derive(Clone, Debug)]
pub(super) struct Device {
    pub(super) user_code: String,
    pub(super) consent: Consent,
    pub(super) polls: u32,
    pub(super) last: Option<u64>,
    pub(super) state: DeviceState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DeviceState {
    Waiting,
    SignedIn,
    Declined,
}

#[derive(Debug, Default)]
pub(super) struct Pending {
    pub(super) codes: Store<Code>,
    pub(super) refresh: Store<Consent>,
    pub(super) devices: Store<Device>,
}

/// Things by their secret names, of which the oldest make room.
#[derive(Debug)]
pub(super) struct Store<T> {
    by_name: HashMap<String, T>,
    order: VecDeque<String>,
}

impl<T> Default for Store<T> {
    fn default() -> Self {
        Self {
            by_name: HashMap::new(),
            order: VecDeque::new(),
        }
    }
}

impl<T> Store<T> {
    /// Keeps a thing under a new name.
    pub(super) fn keep(&mut self, thing: T) -> String {
        let name = super::secret();
        while self.order.len() >= MOST {
            if let Some(oldest) = self.order.pop_front() {
                self.by_name.remove(&oldest);
            }
        }
        self.order.push_back(name.clone());
        self.by_name.insert(name.clone(), thing);
        name
    }

    pub(super) fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        self.by_name.get_mut(name)
    }

    pub(super) fn remove(&mut self, name: &str) {
        if self.by_name.remove(name).is_some() {
            self.order.retain(|known| known != name);
        }
    }

    pub(super) fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.by_name.values_mut()
    }
}
