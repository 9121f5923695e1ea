//! How many requests are under way at once, shared by all clones of a client: the service's hint at first, more while
//! answers come, half after each refusal for being too fast.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

#[derive(Debug)]
pub(super) struct Pace {
    state: Mutex<State>,
    freed: Notify,
}

#[derive(Debug)]
struct State {
    limit: usize,
    most: usize,
    under_way: usize,
    /// Successes since the limit last changed.
    successes: usize,
    /// Whether the service's hint has been taken.
    hinted: bool,
    /// Nothing is sent before.
    paused_until: Option<Instant>,
}

/// The limit before the service has given its hint.
const AT_FIRST: usize = 8;

impl Pace {
    pub(super) fn new(most: usize) -> Self {
        let most = most.max(1);
        Self {
            state: Mutex::new(State {
                limit: AT_FIRST.min(most),
                most,
                under_way: 0,
                successes: 0,
                hinted: false,
                paused_until: None,
            }),
            freed: Notify::new(),
        }
    }

    /// A panic elsewhere leaves counters behind that are still right.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many requests may be under way now.
    pub(super) fn limit(&self) -> usize {
        self.state().limit
    }

    /// Waits for a place. It is free again when the permit is dropped, also by a cancelled future.
    pub(super) async fn enter(&self) -> Permit<'_> {
        loop {
            let freed = self.freed.notified();
            let pause = {
                let mut state = self.state();
                let pause = state.paused_until.filter(|until| *until > Instant::now());
                if pause.is_none() && state.under_way < state.limit {
                    state.under_way += 1;
                    return Permit(self);
                }
                pause
            };
            match pause {
                Some(until) => sleep_until(until).await,
                None => freed.await,
            }
        }
    }

    /// An answer came: takes the hint once, and grows.
    pub(super) fn answered(&self, hint: Option<usize>) {
        let mut state = self.state();
        if let Some(hint) = hint.filter(|_| !state.hinted) {
            state.hinted = true;
            state.limit = hint.clamp(1, state.most);
            state.successes = 0;
        }
        state.successes += 1;
        if state.successes >= state.limit && state.limit < state.most {
            state.limit += 1;
            state.successes = 0;
        }
        drop(state);
        self.freed.notify_waiters();
    }

    /// The service refused for being too fast: everybody waits, and fewer go at once.
    pub(super) fn throttled(&self, wait: Duration) {
        let mut state = self.state();
        state.limit = (state.limit / 2).max(1);
        state.successes = 0;
        let until = Instant::now() + wait;
        state.paused_until = Some(state.paused_until.map_or(until, |known| known.max(until)));
    }
}

/// A place among the requests under way.
pub(super) struct Permit<'p>(&'p Pace);

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.0.state().under_way -= 1;
        self.0.freed.notify_waiters();
    }
}
