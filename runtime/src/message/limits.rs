//! What is left of the service's protection limits.

use super::Response;
use std::time::Duration;

/// What is left of the service's protection limits for this user on the server that answered (Microsoft Learn, "Service
/// protection API limits").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// How many requests more.
    pub requests: Option<u64>,
    /// How much more time may be spent on requests.
    pub execution_time: Option<Duration>,
}

impl Limits {
    pub(super) fn of(response: &Response) -> Self {
        let number = |name: &str| number(response.header(name)?);
        Self {
            requests: number("x-ms-ratelimit-burst-remaining-xrm-requests").map(|number| number as u64),
            execution_time: number("x-ms-ratelimit-time-remaining-xrm-requests")
                .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()),
        }
    }
}

/// A number that isn't negative, with or without commas between thousands: the service writes `1,200.00`.
fn number(text: &str) -> Option<f64> {
    let plain: String = text.trim().chars().filter(|c| *c != ',').collect();
    plain
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite() && *number >= 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_the_service_writes_them() {
        assert_eq!(number("1,200.00"), Some(1_200.0));
        assert_eq!(number(" 5999 "), Some(5_999.0));
        for odd in ["", "-1", "NaN", "inf", "many", "1 200"] {
            assert_eq!(number(odd), None, "{odd}");
        }
    }
}
