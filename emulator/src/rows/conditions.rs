//! `If-Match` and `If-None-Match`.

use super::Record;
use crate::Fault;
use crate::model::Entity;
use http::{HeaderMap, StatusCode};

/// What has to hold for a write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Conditions {
    /// `If-Match: *`: the row is there.
    exists: bool,
    /// `If-None-Match: *`: it isn't.
    absent: bool,
    /// `If-Match: W/"5"`: it has this version. A tag that is none is no version that a row has.
    version: Option<Option<i64>>,
}

impl Conditions {
    /// Reads the headers. `If-None-Match: null` is what clients send against caches: it is no condition.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let header = |name: &str| {
            headers
                .get(name)
                .and_then(|value| value.to_str().ok())
                .map(str::trim)
        };
        let mut conditions = Self {
            absent: header("if-none-match") == Some("*"),
            ..Self::default()
        };
        match header("if-match") {
            None | Some("" | "null") => {}
            Some("*") => conditions.exists = true,
            Some(tag) => conditions.version = Some(version(tag)),
        }
        conditions
    }

    /// Whether a row that isn't there may not be made.
    pub(crate) fn only_update(&self) -> bool {
        self.exists || self.version.is_some()
    }

    /// Whether a row that is there may not be changed.
    pub(crate) fn only_create(&self) -> bool {
        self.absent
    }

    /// Refuses a row whose version is another one.
    pub(crate) fn check(&self, entity: &Entity, row: &Record) -> Result<(), Fault> {
        let Some(version) = self.version else {
            return Ok(());
        };
        if entity.table().facts.optimistic_concurrency == Some(false) {
            return Err(Fault::new(
                StatusCode::BAD_REQUEST,
                0x8006_088d,
                format!(
                    "Optimistic concurrency isn't enabled for entity type {}. The IfVersionMatches value of ConcurrencyBehavior can only be used if optimistic concurrency is enabled.",
                    entity.name()
                ),
            ));
        }
        if version == Some(row.version) {
            return Ok(());
        }
        Err(Fault::new(
            StatusCode::PRECONDITION_FAILED,
            0x8006_0882,
            "The version of the existing record doesn't match the RowVersion property provided.",
        ))
    }
}

/// The number in `W/"5"`.
fn version(tag: &str) -> Option<i64> {
    let tag = tag.strip_prefix("W/").unwrap_or(tag);
    tag.strip_prefix('"')?.strip_suffix('"')?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn headers_are_conditions() {
        let read = |name: &'static str, value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(name, HeaderValue::from_static(value));
            Conditions::of(&headers)
        };
        assert_eq!(read("if-none-match", "null"), Conditions::default());
        assert!(read("if-none-match", "*").only_create());
        assert!(read("if-match", "*").only_update());
        assert_eq!(read("if-match", "W/\"12\"").version, Some(Some(12)));
        assert_eq!(read("if-match", "nonsense").version, Some(None));
    }
}
