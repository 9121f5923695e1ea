//! How many rows a query has, as far as the service counts.

use super::Query;
use crate::message::{Origin, Request, Response};
use crate::pending::Offline;
use crate::{DecodeError, Error, InvalidRequest, ServiceError};
use std::fmt;

/// A count of rows that isn't sent yet: made by [`Query::count`] it is sent by awaiting it, or stands in a batch.
#[must_use = "nothing is counted until it is awaited"]
#[derive(Debug)]
pub struct Counting<C = Offline> {
    request: Result<Request, InvalidRequest>,
    origin: Origin,
    pub(crate) client: C,
}

impl<R, C> Query<R, C> {
    /// How many rows fulfil the conditions, as far as the service counts: it stops at 5,000. What the query says besides
    /// its conditions doesn't matter.
    ///
    /// Awaiting it fails if the query [would be refused](Self::verify), as `Client::execute`, or if the answer is no number.
    pub fn count(self) -> Counting<C> {
        Counting {
            origin: self.plan.origin("count"),
            request: self.plan.verify().map(|()| self.plan.count_request()),
            client: self.client,
        }
    }
}

impl<C> Counting<C> {
    /// The request.
    ///
    /// # Errors
    /// If the query [would be refused](Query::verify).
    pub fn request(&self) -> Result<Request, InvalidRequest> {
        self.request.clone()
    }

    /// Reads the answer.
    ///
    /// # Errors
    /// If the answer is no success, or no number.
    pub fn read(&self, response: &Response) -> Result<Count, Error> {
        if response.status.is_success() {
            return Ok(read(response)?);
        }
        Err(Box::new(ServiceError::from_response(response, self.origin)).into())
    }
}

#[cfg(feature = "client")]
impl IntoFuture for Counting<crate::Client> {
    type Output = Result<Count, Error>;
    type IntoFuture = crate::pending::Sending<Count>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { Ok(read(&self.client.execute(self.request?).await?)?) })
    }
}

/// How many rows there are, as far as the service has counted: it stops at 5,000
/// (Microsoft Learn, "Count number of rows using OData").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// So many.
    Exactly(u64),
    /// So many or more.
    AtLeast(u64),
}

/// Where the service stops counting.
const CAP: u64 = 5_000;

impl Count {
    /// What the service says, and whether it said that there are more.
    pub(crate) fn told(count: u64, exceeded: Option<bool>) -> Self {
        if exceeded.unwrap_or(count >= CAP) {
            Self::AtLeast(count)
        } else {
            Self::Exactly(count)
        }
    }

    /// The number: all of them, or those that were counted.
    pub fn counted(self) -> u64 {
        match self {
            Self::Exactly(count) | Self::AtLeast(count) => count,
        }
    }

    /// Whether there may be more than were counted.
    pub fn is_capped(self) -> bool {
        matches!(self, Self::AtLeast(_))
    }
}

/// `17`, or `at least 5,000`.
impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_capped() {
            f.write_str("at least ")?;
        }
        let digits = self.counted().to_string();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

/// Reads the answer to `…/$count`: a number as text, behind a byte order mark.
pub(crate) fn read(response: &Response) -> Result<Count, DecodeError> {
    let text = response.text("a number")?;
    let digits = text.trim_start_matches('\u{feff}').trim();
    let count = digits
        .parse()
        .map_err(|_| DecodeError::mismatch("a number", digits))?;
    Ok(Count::told(count, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_say_when_they_are_capped() {
        assert_eq!(Count::told(4_999, None), Count::Exactly(4_999));
        assert_eq!(Count::told(5_000, None).to_string(), "at least 5,000");
        assert_eq!(Count::told(5_000, Some(false)).to_string(), "5,000");
        assert_eq!(Count::Exactly(1_234_567).to_string(), "1,234,567");
        assert_eq!(Count::Exactly(7).to_string(), "7");
    }
}
