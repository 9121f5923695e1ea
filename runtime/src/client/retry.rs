//! Whether a request that failed is sent again, and when. Decides only; nothing here waits or sends.

use crate::ServiceError;
use crate::Uuid;
use crate::message::Repeat;
use std::time::Duration;

/// How much a client does before it gives up on a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retries {
    /// How often a request is sent, at most. 1: never again.
    pub attempts: u32,
    /// How long all attempts and waits together may take. A wait that would go beyond it isn't begun.
    pub within: Duration,
}

impl Default for Retries {
    fn default() -> Self {
        Self {
            attempts: 8,
            within: Duration::from_mins(10),
        }
    }
}

impl Retries {
    /// Nothing is sent again.
    pub const NONE: Self = Self {
        attempts: 1,
        within: Duration::ZERO,
    };
}

/// What a failed attempt tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failed {
    /// The request didn't reach the service, or the service says that it did nothing.
    NotDone,
    /// Nobody knows whether it was carried out.
    MaybeDone,
    /// It was refused for good.
    Refused,
}

/// What a refusal tells. `is_batch`: of several operations, which no error rolls back together.
pub(super) fn of(error: &ServiceError, is_batch: bool) -> Failed {
    if !error.is_transient() {
        Failed::Refused
    // Limits are checked before the work, and errors of the database roll it back: these come with a code.
    } else if error.is_throttled() || (error.code().is_some() && !is_batch) {
        Failed::NotDone
    } else {
        Failed::MaybeDone
    }
}

/// Whether a request may be sent again after such a failure.
pub(super) fn may_repeat(failed: Failed, repeat: Repeat) -> bool {
    match failed {
        Failed::NotDone => true,
        Failed::MaybeDone => repeat != Repeat::Never,
        Failed::Refused => false,
    }
}

/// The shortest and the longest wait that isn't the service's own.
const SHORTEST: Duration = Duration::from_millis(250);
const LONGEST: Duration = Duration::from_secs(30);

/// The wait before the next attempt, after so many: what the service asks for, or else twice as long each time, of which a
/// random part up to a half is taken off, so that clients that failed together don't come back together.
pub(super) fn wait(attempts: u32, asked: Option<Duration>) -> Duration {
    let random = Uuid::new_v4().as_u128() as u32;
    let part = f64::from(random) / f64::from(u32::MAX);
    match asked {
        // A little more than asked, never less.
        Some(asked) => asked + SHORTEST.mul_f64(part),
        None => {
            let doubled = SHORTEST.saturating_mul(1 << attempts.saturating_sub(1).min(16));
            doubled.min(LONGEST).mul_f64(1.0 - part / 2.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_safe_is_repeated() {
        use {Failed::*, Repeat::*};
        for repeat in [Safe, CreatesOnce, Never] {
            assert!(may_repeat(NotDone, repeat));
            assert!(!may_repeat(Refused, repeat));
        }
        assert!(may_repeat(MaybeDone, Safe));
        assert!(may_repeat(MaybeDone, CreatesOnce));
        assert!(!may_repeat(MaybeDone, Never));
    }

    #[test]
    fn waits_grow_and_end() {
        for attempts in 1..40 {
            let most = SHORTEST.saturating_mul(1 << (attempts - 1).min(16)).min(LONGEST);
            let wait = wait(attempts, None);
            assert!(most / 2 <= wait && wait <= most, "{attempts}: {wait:?}");
        }
        let asked = Duration::from_secs(17);
        let wait = wait(3, Some(asked));
        assert!(asked <= wait && wait <= asked + SHORTEST);
    }
}
