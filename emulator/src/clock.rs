//! The clock that everything in an emulator reads, so that a test can let five minutes pass at once.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

/// A clock that can be moved forward. Clones show the same time.
#[derive(Clone, Debug)]
pub struct Clock(Arc<Mutex<Hands>>);

#[derive(Debug)]
struct Hands {
    /// What the clock shows if it stands still.
    stopped_at: Option<SystemTime>,
    /// How far a running clock was moved.
    ahead: Duration,
}

impl Clock {
    /// The time of the machine.
    pub fn system() -> Self {
        Self::with(None)
    }

    /// A clock that stands still until it is moved.
    pub fn stopped_at(time: SystemTime) -> Self {
        Self::with(Some(time))
    }

    fn with(stopped_at: Option<SystemTime>) -> Self {
        Self(Arc::new(Mutex::new(Hands {
            stopped_at,
            ahead: Duration::ZERO,
        })))
    }

    fn hands(&self) -> MutexGuard<'_, Hands> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The time.
    pub fn now(&self) -> SystemTime {
        let hands = self.hands();
        hands.stopped_at.unwrap_or_else(SystemTime::now) + hands.ahead
    }

    /// Seconds since 1970.
    pub fn seconds(&self) -> u64 {
        self.since_epoch().as_secs()
    }

    /// The time since 1970. A clock set before 1970 shows zero.
    pub fn since_epoch(&self) -> Duration {
        self.now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap_or_default()
    }

    /// Moves the clock forward, by a hundred years at most.
    pub fn advance(&self, by: Duration) {
        const MOST: Duration = Duration::from_secs(100 * 365 * 86_400);
        let mut hands = self.hands();
        hands.ahead = hands.ahead.saturating_add(by).min(MOST);
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::system()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_are_moved_together() {
        let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000);
        let clock = Clock::stopped_at(start);
        let other = clock.clone();
        clock.advance(Duration::from_secs(300));
        assert_eq!(other.now(), start + Duration::from_secs(300));
        assert_eq!(other.seconds(), 1_300);
        clock.advance(Duration::MAX);
        assert!(other.now() > start);
    }

    #[test]
    fn the_machines_time_goes_on() {
        let clock = Clock::system();
        clock.advance(Duration::from_secs(3_600));
        assert!(clock.now() > SystemTime::now() + Duration::from_secs(3_000));
    }
}
