//! Answers with what their headers say.

use crate::message::Response;

/// The answer to a write, with what its headers say.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answered<O> {
    /// What was asked for.
    pub value: O,
    /// Reads under this token see the write: hand it to [`RequestOptions::session`](crate::message::RequestOptions::session).
    /// Writes to elastic tables give one.
    pub session: Option<String>,
    /// The version of the row, where the service says it.
    pub etag: Option<String>,
}

impl<O> Answered<O> {
    pub(crate) fn of(value: O, response: &Response) -> Self {
        let header = |name| response.header(name).map(str::to_owned);
        Self {
            value,
            session: header("x-ms-session-token"),
            etag: header("etag"),
        }
    }
}
