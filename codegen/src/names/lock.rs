//! The names that were given before, as a text file that merges well: one `<key> = <name>` per line, sorted.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use super::identifier::{is_keyword, is_xid_continue, is_xid_start};

/// Names by the key of the thing that has them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock(BTreeMap<String, String>);

/// A line of a lock file that can't be read.
#[derive(Debug, PartialEq, Eq)]
pub struct BadLine {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

impl Lock {
    /// Reads the text of a lock file. Empty lines and lines that begin with `#` say nothing.
    ///
    /// # Errors
    /// At the first line that isn't `<key> = <name>` with a Rust identifier for a name, or that repeats a key.
    pub fn parse(text: &str) -> Result<Self, BadLine> {
        let mut names = BTreeMap::new();
        for (number, line) in text.lines().enumerate() {
            let bad = |reason: String| BadLine {
                line: number + 1,
                reason,
            };
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (key, name) = line
                .rsplit_once(" = ")
                .ok_or_else(|| bad(format!("`{line}` has no ` = `")))?;
            if !is_identifier(name) {
                return Err(bad(format!("`{name}` is not a Rust identifier")));
            }
            if names.insert(key.to_owned(), name.to_owned()).is_some() {
                return Err(bad(format!("`{key}` has a name already")));
            }
        }
        Ok(Self(names))
    }

    /// The name that a thing was given.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.get(&*on_one_line(key)).map(String::as_str)
    }

    pub(crate) fn set(&mut self, key: &str, name: &str) {
        self.0.insert(on_one_line(key).into_owned(), name.to_owned());
    }

    /// The names by key.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, name)| (key.as_str(), name.as_str()))
    }

    pub(crate) fn remove(&mut self, key: &str) {
        self.0.remove(key);
    }

    /// Whether no name was given yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "# The names in generated code, kept when labels change. Edit a name to choose another.\n",
        )?;
        self.0
            .iter()
            .try_for_each(|(key, name)| writeln!(f, "{key} = {name}"))
    }
}

/// A key as it stands in the file. Names of the service have no line breaks, but documents can say anything.
fn on_one_line(key: &str) -> Cow<'_, str> {
    let breaks = |c: char| c.is_control() || c == '\\';
    if !key.contains(breaks) {
        return Cow::Borrowed(key);
    }
    let mut line = String::with_capacity(key.len() + 8);
    for c in key.chars() {
        if breaks(c) {
            line.extend(c.escape_default());
        } else {
            line.push(c);
        }
    }
    Cow::Owned(line)
}

/// Whether the text can be a name in generated code.
pub(crate) fn is_identifier(name: &str) -> bool {
    let mut chars = name.chars();
    let starts = chars
        .next()
        .is_some_and(|c| is_xid_start(c) || (c == '_' && name.len() > 1));
    starts && chars.all(is_xid_continue) && !is_keyword(name)
}
