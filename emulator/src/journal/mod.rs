//! What arrived: the last requests, for tests that want to know what a client sent.

use http::{HeaderMap, header};
use serde::Serialize;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// One request, or one part of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Record {
    /// The number of the request, counted from 1.
    pub number: u64,
    /// The number of the batch that it came in.
    pub batch: Option<u64>,
    /// The method.
    pub method: String,
    /// Path and query; of a request to the Web API what stands under the service's root.
    pub path: String,
    /// The user on whose behalf it was made, once that was known.
    pub user: Option<String>,
    /// The headers, with lower-case names. Tokens and cookies are left out.
    pub headers: Vec<(String, String)>,
    /// The size of the body.
    pub body_size: usize,
    /// The start of the body.
    pub body: String,
    /// The status of the answer; 0 if the connection was cut instead.
    pub status: u16,
    /// How long it took, in microseconds.
    pub microseconds: u64,
}

impl Record {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// The last requests, of which each keeps the start of its body.
#[derive(Debug)]
pub(crate) struct Journal {
    most: usize,
    body: usize,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    last: u64,
    records: VecDeque<Record>,
}

impl Journal {
    /// Keeps so many requests, and so many bytes of each body.
    pub(crate) fn new(most: usize, body: usize) -> Self {
        Self {
            most,
            body,
            state: Mutex::default(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A number for a request that begins.
    pub(crate) fn number(&self) -> u64 {
        let mut state = self.state();
        state.last += 1;
        state.last
    }

    /// The record of a request that begins.
    pub(crate) fn begin(&self, method: &str, path: &str, headers: &HeaderMap, body: &[u8]) -> Record {
        Record {
            number: self.number(),
            batch: None,
            method: method.to_owned(),
            path: path.to_owned(),
            user: None,
            headers: harmless(headers),
            body_size: body.len(),
            body: self.start_of(body),
            status: 0,
            microseconds: 0,
        }
    }

    /// What is kept of a body.
    pub(crate) fn start_of(&self, body: &[u8]) -> String {
        String::from_utf8_lossy(&body[..body.len().min(self.body)]).into_owned()
    }

    /// Adds a record; the oldest makes room.
    pub(crate) fn add(&self, record: Record) {
        let mut state = self.state();
        while state.records.len() >= self.most.max(1) {
            state.records.pop_front();
        }
        state.records.push_back(record);
    }

    /// All records, by number.
    pub(crate) fn records(&self) -> Vec<Record> {
        let mut records: Vec<Record> = self.state().records.iter().cloned().collect();
        records.sort_by_key(|record| record.number);
        records
    }

    /// Forgets all records.
    pub(crate) fn clear(&self) {
        self.state().records.clear();
    }
}

/// The headers without secrets.
fn harmless(headers: &HeaderMap) -> Vec<(String, String)> {
    headers
        .iter()
        .filter(|(name, _)| {
            *name != header::AUTHORIZATION && *name != header::COOKIE && *name != "x-identity-header"
        })
        .map(|(name, value)| {
            (
                name.as_str().to_owned(),
                String::from_utf8_lossy(value.as_bytes()).into_owned(),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn it_is_bounded_and_keeps_no_token() {
        let journal = Journal::new(2, 4);
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, HeaderValue::from_static("Bearer secret"));
        headers.insert("prefer", HeaderValue::from_static("respond-async"));
        for path in ["a", "b", "c"] {
            let record = journal.begin("POST", path, &headers, b"0123456");
            journal.add(record);
        }
        let records = journal.records();
        let paths: Vec<&str> = records.iter().map(|record| record.path.as_str()).collect();
        assert_eq!(paths, ["b", "c"]);
        assert_eq!((records[0].body.as_str(), records[0].body_size), ("0123", 7));
        assert_eq!(records[0].header("Prefer"), Some("respond-async"));
        assert!(!format!("{records:?}").contains("secret"));
        journal.clear();
        assert!(journal.records().is_empty());
    }
}
