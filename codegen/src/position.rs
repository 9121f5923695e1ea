//! Where in an input something is: a byte offset turned into a line and a column that an editor shows.

use std::fmt;

/// A place in a text, counted the way editors count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The character within the line, from 1.
    pub column: usize,
}

impl Position {
    /// The place of the byte at `offset`; an offset behind the end is the place just behind the last byte.
    ///
    /// The bytes need not be valid UTF-8: what isn't a continuation byte counts as a character.
    ///
    /// ```
    /// # use dataverse_codegen::position::Position;
    /// let place = Position::of(b"one\ntwo", 5);
    /// assert_eq!((place.line, place.column), (2, 2));
    /// assert_eq!(place.to_string(), "line 2, column 2");
    /// ```
    pub fn of(bytes: &[u8], offset: usize) -> Self {
        Walk::new(bytes).place(offset)
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// Places many offsets of one input in one walk over it, as long as they are asked for in rising order.
#[derive(Debug)]
pub struct Walk<'a> {
    bytes: &'a [u8],
    offset: usize,
    place: Position,
}

impl<'a> Walk<'a> {
    /// Starts at the first byte.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            offset: 0,
            place: Position { line: 1, column: 1 },
        }
    }

    /// The place of the byte at `offset`. An offset before the last one starts over.
    pub fn place(&mut self, offset: usize) -> Position {
        if offset < self.offset {
            *self = Self::new(self.bytes);
        }
        let end = offset.min(self.bytes.len());
        let passed = &self.bytes[self.offset..end];
        let lines = count(passed, |byte| byte == b'\n');
        let line = match lines {
            0 => passed,
            _ => {
                self.place = Position {
                    line: self.place.line + lines,
                    column: 1,
                };
                let last = passed.iter().rposition(|&byte| byte == b'\n').unwrap_or(0);
                &passed[last + 1..]
            }
        };
        self.place.column += count(line, |byte| byte & 0xC0 != 0x80);
        self.offset = end;
        self.place
    }
}

/// Counts bytes, in sums so small that the compiler adds many at a time. A chunk fills whole registers and no `u8`.
fn count(bytes: &[u8], is_counted: impl Fn(u8) -> bool) -> usize {
    let sum = |chunk: &[u8]| {
        chunk
            .iter()
            .fold(0u8, |sum, &byte| sum + u8::from(is_counted(byte)))
    };
    bytes.chunks(192).map(|chunk| usize::from(sum(chunk))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, offset: usize) -> (usize, usize) {
        let place = Position::of(text.as_bytes(), offset);
        (place.line, place.column)
    }

    #[test]
    fn lines_and_columns_count_from_one() {
        assert_eq!(at("", 0), (1, 1));
        assert_eq!(at("ab", 1), (1, 2));
        assert_eq!(at("a\nb", 1), (1, 2));
        assert_eq!(at("a\nb", 2), (2, 1));
        assert_eq!(at("a\r\nb", 3), (2, 1));
    }

    #[test]
    fn columns_are_characters() {
        assert_eq!(at("Zürich <", 8), (1, 8));
        assert_eq!(at("💡x", 4), (1, 2));
    }

    #[test]
    fn behind_the_end_is_the_end() {
        assert_eq!(at("a\nb", 99), (2, 2));
        assert_eq!(Position::of(b"\xFF\xFE", 2), Position { line: 1, column: 3 });
    }

    #[test]
    fn a_walk_may_go_back() {
        let mut walk = Walk::new(b"a\nb\nc");
        assert_eq!(walk.place(4).line, 3);
        assert_eq!(walk.place(2).line, 2);
        assert_eq!(walk.place(2).line, 2);
    }
}
