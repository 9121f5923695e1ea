//! A place in a text that moves forward.

use super::SyntaxError;

/// How deep expressions, lambdas, expansions and JSON may nest.
const DEEPEST: usize = 64;

pub(super) struct Cursor<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
        }
    }

    pub(super) fn position(&self) -> usize {
        self.at
    }

    pub(super) fn back_to(&mut self, position: usize) {
        self.at = position;
    }

    pub(super) fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    pub(super) fn is_end(&self) -> bool {
        self.at == self.text.len()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    /// Passes over this text if it is next.
    pub(super) fn eat(&mut self, expected: &str) -> bool {
        let found = self.rest().starts_with(expected);
        if found {
            self.at += expected.len();
        }
        found
    }

    /// Passes over this word if it is next and ends there.
    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let Some(after) = self.rest().strip_prefix(word) else {
            return false;
        };
        if after.chars().next().is_some_and(is_of_word) {
            return false;
        }
        self.at += word.len();
        true
    }

    pub(super) fn take_while(&mut self, fits: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|c| !fits(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    pub(super) fn spaces(&mut self) -> bool {
        !self.take_while(|c| c == ' ' || c == '\t').is_empty()
    }

    /// A name: letters, digits and `_`, not starting with a digit. Empty if there is none.
    pub(super) fn word(&mut self) -> &'t str {
        match self.peek() {
            Some(c) if is_of_word(c) && !c.is_ascii_digit() => self.take_while(is_of_word),
            _ => "",
        }
    }

    /// A name that must be there.
    pub(super) fn name(&mut self) -> Result<&'t str, SyntaxError> {
        match self.word() {
            "" => Err(self.error("a name is expected")),
            name => Ok(name),
        }
    }

    pub(super) fn expect(&mut self, expected: &str) -> Result<(), SyntaxError> {
        if self.eat(expected) {
            return Ok(());
        }
        Err(self.error(format!("'{expected}' is expected")))
    }

    pub(super) fn end(&self) -> Result<(), SyntaxError> {
        if self.is_end() {
            return Ok(());
        }
        Err(self.error("nothing more is expected"))
    }

    pub(super) fn error(&self, message: impl Into<String>) -> SyntaxError {
        self.error_at(self.at, message)
    }

    pub(super) fn error_at(&self, position: usize, message: impl Into<String>) -> SyntaxError {
        SyntaxError::at(self.text, position, message)
    }

    /// Reads something one level deeper.
    pub(super) fn deeper<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, SyntaxError>,
    ) -> Result<T, SyntaxError> {
        if self.depth == DEEPEST {
            return Err(self.error(format!("it nests more than {DEEPEST} levels deep")));
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }
}

pub(super) fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
