//! What is wrong with a text, and where.

use crate::Fault;
use std::fmt;

/// A text that isn't OData as the service reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong.
    pub message: String,
    /// Where: in characters from the start of the decoded text.
    pub position: usize,
    /// The text, or what of it surrounds the position.
    pub text: String,
}

impl SyntaxError {
    /// How many bytes of the text a message quotes on either side.
    const AROUND: usize = 60;

    pub(super) fn at(text: &str, at: usize, message: impl Into<String>) -> Self {
        let (mut from, mut to) = (
            at.saturating_sub(Self::AROUND),
            (at + Self::AROUND).min(text.len()),
        );
        while !text.is_char_boundary(from) {
            from -= 1;
        }
        while !text.is_char_boundary(to) {
            to += 1;
        }
        Self {
            message: message.into(),
            position: text.get(..at).map_or(at, |before| before.chars().count()),
            text: text[from..to].to_owned(),
        }
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Syntax error at position {} in '{}': {}",
            self.position, self.text, self.message
        )
    }
}

impl std::error::Error for SyntaxError {}

impl From<SyntaxError> for Fault {
    fn from(error: SyntaxError) -> Self {
        Self::bad_query(error.to_string())
    }
}
