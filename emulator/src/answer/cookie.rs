//! The skip token: where a page ended, in the form of the service's paging cookie.

use crate::Fault;
use crate::odata::{decode, encode};
use rusqlite::types::Value;
use std::fmt::Write;

/// Where a page ended.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cookie {
    /// The page that follows, from 2.
    pub(crate) page: u64,
    /// How many rows a collection that is expanded gave.
    pub(crate) rows: Option<u64>,
    /// Whether the pages are those of changes.
    pub(crate) tracking: bool,
    /// What the rows are sorted by, with the values of the last row and the first.
    pub(crate) keys: Vec<Key>,
}

/// One of the columns that rows are sorted by.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Key {
    pub(crate) name: String,
    pub(crate) last: Option<String>,
    pub(crate) first: Option<String>,
}

/// What rows are sorted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SortName {
    pub(crate) name: String,
    /// Whether the values are ids, which cookies show in braces and upper case.
    pub(crate) is_id: bool,
}

impl Cookie {
    /// The cookie of a page that was written.
    pub(crate) fn new(
        page: u64,
        rows: Option<u64>,
        names: &[SortName],
        last: &[Value],
        first: &[Value],
    ) -> Self {
        let keys = names.iter().zip(last.iter().zip(first));
        Self {
            page,
            rows,
            tracking: false,
            keys: keys
                .map(|(sort, (last, first))| Key {
                    name: sort.name.clone(),
                    last: shown(sort, last),
                    first: shown(sort, first),
                })
                .collect(),
        }
    }

    /// What says where the page ended.
    fn inner(&self) -> String {
        let mut inner = format!("<cookie page=\"{}\">", self.page - 1);
        for key in &self.keys {
            let _ = write!(inner, "<{}", key.name);
            for (attribute, value) in [("last", &key.last), ("first", &key.first)] {
                let _ = match value {
                    Some(value) => write!(inner, " {attribute}=\"{}\"", escaped(value)),
                    None => write!(inner, " {attribute}null=\"1\""),
                };
            }
            inner.push_str(" />");
        }
        inner.push_str("</cookie>");
        inner
    }

    /// As an annotation of what FetchXML finds has it: what says where the page ended is encoded twice.
    pub(crate) fn annotation(&self) -> String {
        format!(
            "<cookie pagenumber=\"{}\" pagingcookie=\"{}\" istracking=\"False\" />",
            self.page,
            encode(&encode(&self.inner()))
        )
    }

    /// As it stands in a URL.
    pub(crate) fn encoded(&self) -> String {
        let rows = self
            .rows
            .map(|rows| format!(" countOfRecords=\"{rows}\""))
            .unwrap_or_default();
        encode(&format!(
            "<cookie pagenumber=\"{}\" pagingcookie=\"{}\"{rows} istracking=\"{}\" />",
            self.page,
            encode(&self.inner()),
            if self.tracking { "True" } else { "False" }
        ))
    }

    /// Reads the value of `$skiptoken`, decoded once.
    ///
    /// # Errors
    /// If it isn't what this wrote.
    pub(crate) fn parse(token: &str) -> Result<Self, Fault> {
        parse(token).ok_or_else(malformed)
    }

    /// Reads what an annotation says where the page ended, decoded.
    ///
    /// # Errors
    /// If it isn't what this wrote.
    pub(crate) fn parse_inner(text: &str) -> Result<Self, Fault> {
        let page = text.trim().strip_prefix("<cookie page=\"");
        let page = page.and_then(|rest| rest.split_once('"')?.0.parse::<u64>().ok());
        let page = page
            .filter(|page| (1..u64::MAX - 1).contains(page))
            .ok_or_else(malformed)?;
        Ok(Self {
            page: page + 1,
            rows: None,
            tracking: false,
            keys: keys(text.trim(), page).ok_or_else(malformed)?,
        })
    }
}

/// 400: a skip token that the service didn't give.
pub(crate) fn malformed() -> Fault {
    Fault::bad_query("Malformed XML in the Paging Cookie")
}

fn parse(token: &str) -> Option<Cookie> {
    let rest = token.strip_prefix("<cookie pagenumber=\"")?;
    let (page, rest) = rest.split_once('"')?;
    let page: u64 = page.parse().ok().filter(|page| *page >= 2 && *page < u64::MAX)?;
    let rest = rest.strip_prefix(" pagingcookie=\"")?;
    let (inner, rest) = rest.split_once('"')?;
    let (rows, rest) = match rest.strip_prefix(" countOfRecords=\"") {
        Some(rest) => {
            let (rows, rest) = rest.split_once('"')?;
            (Some(rows.parse().ok()?), rest)
        }
        None => (None, rest),
    };
    let tracking = match rest {
        " istracking=\"False\" />" => false,
        " istracking=\"True\" />" => true,
        _ => return None,
    };
    let inner = decode(inner, false).ok()?;
    Some(Cookie {
        page,
        rows,
        tracking,
        keys: keys(&inner, page - 1)?,
    })
}

/// The keys of a page that ended.
fn keys(inner: &str, page: u64) -> Option<Vec<Key>> {
    let mut rest = inner.strip_prefix(&format!("<cookie page=\"{page}\">"))?;
    let mut keys = Vec::new();
    while rest != "</cookie>" {
        let (name, after) = rest.strip_prefix('<')?.split_once(' ')?;
        let (last, after) = attribute(after, "last")?;
        let (first, after) = attribute(after.strip_prefix(' ')?, "first")?;
        rest = after.strip_prefix(" />")?;
        keys.push(Key {
            name: name.to_owned(),
            last,
            first,
        });
    }
    Some(keys)
}

/// The value of an attribute, or none where it says that there is none; and what follows.
fn attribute<'t>(text: &'t str, name: &str) -> Option<(Option<String>, &'t str)> {
    let rest = text.strip_prefix(name)?;
    if let Some(rest) = rest.strip_prefix("null=\"1\"") {
        return Some((None, rest));
    }
    let (value, rest) = rest.strip_prefix("=\"")?.split_once('"')?;
    Some((Some(unescaped(value)), rest))
}

fn shown(sort: &SortName, value: &Value) -> Option<String> {
    Some(match value {
        Value::Text(text) if sort.is_id => format!("{{{}}}", text.to_ascii_uppercase()),
        Value::Null | Value::Blob(_) => return None,
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => format!("{number:?}"),
        Value::Text(text) => text.clone(),
    })
}

/// Line breaks would become spaces where the cookie is an attribute of FetchXML.
const ESCAPES: [(&str, &str); 7] = [
    ("&", "&amp;"),
    ("<", "&lt;"),
    (">", "&gt;"),
    ("\"", "&quot;"),
    ("\t", "&#9;"),
    ("\n", "&#10;"),
    ("\r", "&#13;"),
];

fn escaped(text: &str) -> String {
    let mut text = text.to_owned();
    for (plain, escape) in ESCAPES {
        if text.contains(plain) {
            text = text.replace(plain, escape);
        }
    }
    text
}

fn unescaped(text: &str) -> String {
    let mut text = text.to_owned();
    for (plain, escape) in ESCAPES.iter().rev() {
        if text.contains(escape) {
            text = text.replace(escape, plain);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn tokens_read_back(page in 2_u64..1_000_000, rows in proptest::option::of(0_u64..5_000),
            keys in prop::collection::vec((
                "[a-z_0-9]{1,10}", proptest::option::of(".{0,20}"), proptest::option::of("[&<>\"';a\t\n\r#0-9]{0,9}")), 0..4)) {
            let keys = keys.into_iter().map(|(name, last, first)| Key { name, last, first }).collect();
            let cookie = Cookie { page, rows, tracking: rows.is_none(), keys };
            let token = decode(&cookie.encoded(), true).unwrap();
            prop_assert_eq!(Cookie::parse(&token).unwrap(), cookie);
        }

        #[test]
        fn damaged_tokens_are_refused_or_read(token in ".{0,60}", at in 0_usize..200, put in "[<>\"&%a1 ]?") {
            let _ = Cookie::parse(&token);
            let cookie = Cookie { page: 2, rows: None, tracking: false, keys: vec![Key { name: "a".to_owned(), last: Some("b".to_owned()), first: None }] };
            let mut token = decode(&cookie.encoded(), true).unwrap();
            let at = at % token.len();
            token.replace_range(at..=at, &put);
            let _ = Cookie::parse(&token);
        }
    }
}
