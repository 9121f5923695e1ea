//! Answers with their headers.

use super::Level;
use super::level::{ATTRIBUTE, FORMATTED, NAVIGATION, TABLE};
use crate::Answer;
use crate::server::Preferences;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, ETAG};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

/// An answer under construction.
#[derive(Debug)]
pub(crate) struct Reply {
    status: StatusCode,
    headers: HeaderMap,
}

impl Reply {
    /// 200 with JSON.
    pub(crate) fn json(level: Level) -> Self {
        Self::typed(level.content_type())
    }

    /// 200 with text.
    pub(crate) fn text() -> Self {
        Self::typed("text/plain")
    }

    /// An answer without a body.
    pub(crate) fn bare(status: StatusCode) -> Self {
        Self {
            status,
            headers: HeaderMap::new(),
        }
    }

    fn typed(content_type: &'static str) -> Self {
        let mut reply = Self::bare(StatusCode::OK);
        reply
            .headers
            .insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        reply
    }

    /// Adds the row's etag as a header.
    pub(crate) fn etag(mut self, version: i64) -> Self {
        if let Ok(value) = HeaderValue::from_str(&etag(version)) {
            self.headers.insert(ETAG, value);
        }
        self
    }

    /// Tells what of the preferences was followed.
    pub(crate) fn applied(mut self, preferences: &Preferences, paged: bool) -> Self {
        let annotated = preferences.value("odata.include-annotations");
        let shown = [
            annotated.map(|list| format!("odata.include-annotations=\"{list}\"")),
            preferences
                .value("odata.maxpagesize")
                .filter(|size| paged && is_page_size(size))
                .map(|size| format!("odata.maxpagesize={size}")),
        ];
        for value in shown.into_iter().flatten() {
            if let Ok(value) = HeaderValue::from_str(&value) {
                self.headers
                    .append(HeaderName::from_static("preference-applied"), value);
            }
        }
        self
    }

    /// Tells that changes are tracked.
    pub(crate) fn tracking(mut self) -> Self {
        self.headers.append(
            HeaderName::from_static("preference-applied"),
            HeaderValue::from_static("odata.track-changes"),
        );
        self
    }

    /// The answer, with its body.
    pub(crate) fn with(self, body: impl Into<Bytes>) -> Answer {
        Answer {
            status: self.status,
            headers: self.headers,
            body: body.into(),
        }
    }
}

/// Whether a page size is one that the service follows: it ignores what is larger than its pages.
fn is_page_size(text: &str) -> bool {
    text.parse().is_ok_and(|size: u64| (1..=5_000).contains(&size))
}

/// `W/"4713201"`
pub(crate) fn etag(version: i64) -> String {
    format!("W/\"{version}\"")
}

/// The key of an annotation of a property: `"name@annotation":`.
pub(crate) fn note(property: &str, note: Note) -> Vec<u8> {
    let name = match note {
        Note::Formatted => FORMATTED,
        Note::Table => TABLE,
        Note::Navigation => NAVIGATION,
        Note::Attribute => ATTRIBUTE,
    };
    super::json::key(&format!("{property}@{name}"))
}

/// Annotations of values.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Note {
    Formatted,
    Table,
    Navigation,
    Attribute,
}
