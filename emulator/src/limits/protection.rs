//! The three limits that protect the service, per user (Microsoft Learn, "Service protection API limits").

use crate::{Clock, Fault};
use http::StatusCode;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What one user may ask of the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Requests in a window.
    pub requests: u32,
    /// Combined time of execution in a window.
    pub execution: Duration,
    /// Requests at once.
    pub concurrent: u32,
    /// The sliding window.
    pub window: Duration,
}

impl Default for Limits {
    /// 6,000 requests and 20 minutes of execution in 5 minutes, 52 requests at once.
    fn default() -> Self {
        Self {
            requests: 6_000,
            execution: Duration::from_secs(1_200),
            concurrent: 52,
            window: Duration::from_secs(300),
        }
    }
}

impl Limits {
    /// No limit that anyone reaches.
    pub fn none() -> Self {
        Self {
            requests: u32::MAX,
            execution: Duration::from_secs(u64::from(u32::MAX)),
            concurrent: u32::MAX,
            ..Self::default()
        }
    }
}

/// A second of a user's past. Per user there are as many as a window has seconds, however many requests it holds.
#[derive(Debug)]
struct Second {
    at: u64,
    requests: u32,
    execution: Duration,
}

#[derive(Debug, Default)]
struct Usage {
    seconds: VecDeque<Second>,
    under_way: u32,
    blocked: Option<Blocked>,
}

/// A user who went over a limit: it lasts longer if requests keep coming.
#[derive(Debug)]
struct Blocked {
    since: u64,
    until: u64,
    code: u32,
    message: String,
}

impl Usage {
    fn requests(&self) -> u32 {
        self.seconds
            .iter()
            .fold(0, |sum, second| sum.saturating_add(second.requests))
    }

    fn execution(&self) -> Duration {
        self.seconds.iter().map(|second| second.execution).sum()
    }

    fn second(&mut self, at: u64) -> &mut Second {
        if self.seconds.back().is_none_or(|last| last.at < at) {
            self.seconds.push_back(Second {
                at,
                requests: 0,
                execution: Duration::ZERO,
            });
        }
        // There is at least one: what is missing was added above.
        let last = self.seconds.len() - 1;
        &mut self.seconds[last]
    }
}

/// The usage of all users.
#[derive(Debug)]
pub(crate) struct Protection {
    clock: Clock,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    limits: Limits,
    users: HashMap<String, Usage>,
}

/// What is left to a user.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Remaining {
    pub(crate) requests: u32,
    pub(crate) execution: Duration,
}

/// A refusal, and how long to wait.
#[derive(Debug)]
pub(crate) struct TooMuch {
    pub(crate) fault: Fault,
    pub(crate) retry_after: u64,
}

/// A place among the requests under way. It is free again when this is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    protection: Arc<Protection>,
    user: String,
}

impl Protection {
    pub(crate) fn new(limits: Limits, clock: Clock) -> Self {
        Self {
            clock,
            state: Mutex::new(State {
                limits,
                users: HashMap::new(),
            }),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Other limits from now on. What was used stays used.
    pub(crate) fn set(&self, limits: Limits) {
        self.state().limits = limits;
    }

    /// The recommended number of requests at once.
    pub(crate) fn hint(&self) -> u32 {
        self.state().limits.concurrent.min(48)
    }

    /// Lets a request in, or refuses it.
    pub(crate) fn enter(self: &Arc<Self>, user: &str) -> Result<Place, TooMuch> {
        let now = self.clock.seconds();
        let mut state = self.state();
        let limits = state.limits;
        state.forget(now);
        let usage = state.users.entry(user.to_owned()).or_default();
        if let Some(refused) = refusal(usage, &limits, now) {
            return Err(refused);
        }
        let second = usage.second(now);
        second.requests = second.requests.saturating_add(1);
        usage.under_way += 1;
        drop(state);
        Ok(Place {
            protection: self.clone(),
            user: user.to_owned(),
        })
    }

    fn remaining(&self, user: &str) -> Remaining {
        let state = self.state();
        let limits = state.limits;
        let (requests, execution) = state
            .users
            .get(user)
            .map(|usage| (usage.requests(), usage.execution()))
            .unwrap_or_default();
        Remaining {
            requests: limits.requests.saturating_sub(requests),
            execution: limits.execution.saturating_sub(execution),
        }
    }
}

impl State {
    /// What lies before the window is over. A user without a past is nobody to remember.
    fn forget(&mut self, now: u64) {
        let window = self.limits.window.as_secs();
        self.users.retain(|_, usage| {
            while usage
                .seconds
                .front()
                .is_some_and(|second| second.at.saturating_add(window) <= now)
            {
                usage.seconds.pop_front();
            }
            usage.under_way > 0
                || !usage.seconds.is_empty()
                || usage.blocked.as_ref().is_some_and(|b| b.until > now)
        });
    }
}

fn refusal(usage: &mut Usage, limits: &Limits, now: u64) -> Option<TooMuch> {
    let window = limits.window.as_secs();
    let (code, message) = if usage.requests() >= limits.requests {
        (
            0x8007_2322,
            format!(
                "Number of requests exceeded the limit of {} over time window of {window} seconds.",
                limits.requests
            ),
        )
    } else if usage.execution() >= limits.execution {
        (
            0x8007_2321,
            format!(
                "Combined execution time of incoming requests exceeded limit of {} milliseconds over time window of {window} seconds. Decrease number of concurrent requests or reduce the duration of requests and try again later.",
                limits.execution.as_millis()
            ),
        )
    } else if usage.under_way >= limits.concurrent {
        // Nothing of the window is used up: the next place is free as soon as a request ends.
        let message = format!(
            "Number of concurrent requests exceeded the limit of {}.",
            limits.concurrent
        );
        return Some(too_much(0x8007_2326, message, 1));
    } else if let Some(blocked) = usage.blocked.as_ref().filter(|blocked| blocked.until > now) {
        (blocked.code, blocked.message.clone())
    } else {
        usage.blocked = None;
        return None;
    };
    let room = usage
        .seconds
        .front()
        .map_or(now, |oldest| oldest.at.saturating_add(window));
    let blocked = usage.blocked.get_or_insert_with(|| Blocked {
        since: now,
        until: room,
        code,
        message: message.clone(),
    });
    blocked.until = blocked.until.max(room);
    // Requests that were under way when the limit was reached aren't held against the user.
    if now > blocked.since + 1 {
        blocked.until = (blocked.until + 1).min(now.saturating_add(window));
    }
    Some(too_much(code, message, blocked.until.saturating_sub(now).max(1)))
}

fn too_much(code: u32, message: String, retry_after: u64) -> TooMuch {
    TooMuch {
        fault: Fault::new(StatusCode::TOO_MANY_REQUESTS, code, message),
        retry_after,
    }
}

impl Place {
    /// Books the time that a request took, and says what is left.
    pub(crate) fn book(&self, took: Duration) -> Remaining {
        let now = self.protection.clock.seconds();
        {
            let mut state = self.protection.state();
            if let Some(usage) = state.users.get_mut(&self.user) {
                let second = usage.second(now);
                second.execution = second.execution.saturating_add(took);
            }
        }
        self.protection.remaining(&self.user)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(usage) = self.protection.state().users.get_mut(&self.user) {
            usage.under_way = usage.under_way.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::SystemTime;

    fn protection(limits: Limits) -> (Arc<Protection>, Clock) {
        let clock = Clock::stopped_at(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000));
        (Arc::new(Protection::new(limits, clock.clone())), clock)
    }

    #[test]
    fn the_window_slides() {
        let (protection, clock) = protection(Limits {
            requests: 2,
            ..Limits::default()
        });
        drop(protection.enter("a").unwrap());
        clock.advance(Duration::from_secs(100));
        drop(protection.enter("a").unwrap());
        let refused = protection.enter("a").unwrap_err();
        assert_eq!((refused.fault.code, refused.retry_after), (0x8007_2322, 200));
        drop(protection.enter("b").unwrap());
        clock.advance(Duration::from_secs(200));
        drop(protection.enter("a").unwrap());
        assert_eq!(protection.enter("a").unwrap_err().retry_after, 100);
    }

    #[test]
    fn who_goes_on_waits_longer() {
        let (protection, clock) = protection(Limits {
            requests: 1,
            ..Limits::default()
        });
        drop(protection.enter("a").unwrap());
        assert_eq!(protection.enter("a").unwrap_err().retry_after, 300);
        assert_eq!(protection.enter("a").unwrap_err().retry_after, 300);
        clock.advance(Duration::from_secs(10));
        assert_eq!(protection.enter("a").unwrap_err().retry_after, 291);
        assert_eq!(protection.enter("a").unwrap_err().retry_after, 292);
        clock.advance(Duration::from_secs(291));
        assert!(protection.enter("a").is_err());
        clock.advance(Duration::from_secs(2));
        drop(protection.enter("a").unwrap());
    }

    #[test]
    fn time_and_places_are_limited() {
        let (protection, _) = protection(Limits {
            execution: Duration::from_secs(2),
            concurrent: 2,
            ..Limits::default()
        });
        let first = protection.enter("a").unwrap();
        let second = protection.enter("a").unwrap();
        let refused = protection.enter("a").unwrap_err();
        assert_eq!((refused.fault.code, refused.retry_after), (0x8007_2326, 1));
        assert_eq!(
            first.book(Duration::from_millis(1_500)).execution,
            Duration::from_millis(500)
        );
        drop(first);
        second.book(Duration::from_secs(1));
        assert_eq!(protection.enter("a").unwrap_err().fault.code, 0x8007_2321);
    }
}
