//! What an answer of `RetrieveMetadataChanges` says of the kept documents.

use std::collections::BTreeSet;
use std::fs;

use super::FetchError;
use super::cache::{Cache, State, is_definitions};
use crate::definitions;

/// What has changed since a stamp.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// The stamp to ask with the next time.
    pub(super) stamp: String,
    /// Tables in which something was added or changed.
    tables: BTreeSet<String>,
    /// Ids of what is gone, in lower case.
    gone: Vec<String>,
}

impl Changes {
    pub(super) fn read(body: &[u8]) -> Result<Self, FetchError> {
        let answer =
            definitions::read(body, |table, _| table.logical_name.into_owned()).map_err(|source| {
                FetchError::Answer {
                    what: "RetrieveMetadataChanges",
                    source,
                }
            })?;
        let deleted = answer.deleted.iter().flat_map(|of| &of.ids);
        Ok(Self {
            stamp: answer.server_version_stamp.unwrap_or_default().into_owned(),
            gone: deleted.map(|id| id.to_ascii_lowercase()).collect(),
            tables: answer.tables.into_iter().collect(),
        })
    }

    /// Whether anything has changed at all.
    pub(super) fn any(&self) -> bool {
        !self.tables.is_empty() || !self.gone.is_empty()
    }

    /// Strikes the documents that are no longer right.
    pub(super) fn strike(&self, state: &mut State, cache: &Cache) {
        if !self.any() {
            return;
        }
        // The answer doesn't say of which table something gone was: the documents that know its id do.
        let holds_gone = |document: &str| {
            let Ok(text) = fs::read(cache.path(document)) else {
                return true;
            };
            let text = String::from_utf8_lossy(&text).to_ascii_lowercase();
            self.gone.iter().any(|id| text.contains(id.as_str()))
        };
        state.documents.retain(|document, tables| {
            is_definitions(document)
                && !tables.iter().any(|table| self.tables.contains(table))
                && (self.gone.is_empty() || !holds_gone(document))
        });
    }
}
