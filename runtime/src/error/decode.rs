//! What is wrong with an answer that can't be read.

use std::fmt;

/// An answer of the service doesn't fit the type that it is read into.
///
/// Usually the environment's schema has changed since the code was generated.
#[derive(Debug)]
pub struct DecodeError(Box<Details>);

#[derive(Debug, Default)]
pub(crate) struct Details {
    pub table: Option<&'static str>,
    pub path: String,
    pub expected: Option<String>,
    pub found: Option<String>,
    pub line: usize,
    pub column: usize,
    pub cause: Option<serde_json::Error>,
    /// The value isn't there because nobody asked for it.
    pub not_selected: bool,
}

impl DecodeError {
    pub(crate) fn new(details: Details) -> Self {
        Self(Box::new(details))
    }

    /// A value that isn't what was expected.
    pub(crate) fn mismatch(expected: &str, found: &str) -> Self {
        let (expected, found) = (Some(expected.to_owned()), Some(shortened(found)));
        Self::new(Details {
            expected,
            found,
            ..Details::default()
        })
    }

    /// A value that has to be there and isn't.
    pub(crate) fn missing(expected: &str) -> Self {
        Self::new(Details {
            expected: Some(expected.to_owned()),
            ..Details::default()
        })
    }

    /// A column that the query didn't ask for.
    pub(crate) fn not_selected(table: &'static str, property: &str) -> Self {
        Self::new(Details {
            table: Some(table),
            path: property.to_owned(),
            not_selected: true,
            ..Details::default()
        })
    }

    /// The same error, seen from the object or array that holds the value as `step`.
    pub(crate) fn inside(mut self, step: &str) -> Self {
        let path = &mut self.0.path;
        let dot = if path.is_empty() || path.starts_with('[') {
            ""
        } else {
            "."
        };
        *path = format!("{step}{dot}{path}");
        self
    }

    /// The table whose row couldn't be read.
    pub fn table(&self) -> Option<&str> {
        self.0.table
    }

    /// Where the value stands in the answer: `value[3].primarycontactid.fullname`. Empty for the whole answer.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The property whose value couldn't be read: the last part of the path.
    pub fn property(&self) -> Option<&str> {
        self.0.path.rsplit('.').next().filter(|name| !name.is_empty())
    }

    /// What should have been there: `a whole number`. `None` if the answer is no JSON at all.
    pub fn expected(&self) -> Option<&str> {
        self.0.expected.as_deref()
    }

    /// The JSON that was there instead, shortened. `None` if there was nothing.
    pub fn found(&self) -> Option<&str> {
        self.0.found.as_deref()
    }

    /// The line of the answer in which reading stopped, from 1 on. 0: not known.
    pub fn line(&self) -> usize {
        self.0.line
    }

    /// The column in that line, from 1 on. 0: not known.
    pub fn column(&self) -> usize {
        self.0.column
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let details = &*self.0;
        match (details.path.as_str(), details.table) {
            ("", None) => f.write_str("the answer")?,
            ("", Some(table)) => write!(f, "a row of table `{table}`")?,
            (path, None) => write!(f, "`{path}`")?,
            (path, Some(table)) => write!(f, "`{path}` (table `{table}`)")?,
        }
        if details.not_selected {
            return f.write_str(" wasn't asked for: add the column to the query's `select`");
        }
        match (&details.expected, &details.found) {
            (Some(expected), Some(found)) => write!(f, " should be {expected}, but is {found}")?,
            (Some(expected), None) => write!(f, " should be {expected}, but isn't there")?,
            (None, _) => f.write_str(" can't be read")?,
        }
        if details.line > 0 {
            write!(f, " (line {}, column {})", details.line, details.column)?;
        }
        Ok(())
    }
}

impl std::error::Error for DecodeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        // Where a value has the wrong type, the cause would only say the same again.
        let cause = self.0.cause.as_ref().filter(|_| self.0.expected.is_none());
        cause.map(|cause| cause as _)
    }
}

/// At most the start of a value: an answer can hold megabytes in one.
pub(crate) fn shortened(json: &str) -> String {
    const LONGEST: usize = 40;
    match json.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &json[..end]),
        None => json.to_owned(),
    }
}
