//! The attributes of a start tag, one after the other, borrowed from the input.
//!
//! quick-xml's own iterator serves HTML and lenient readers too; it alone would take longer than the rest of the reader.

/// Iterates over the attributes of a tag.
pub(super) struct Attributes<'a> {
    /// The whole document: what is searched for in it is found before its end, so no search is short of bytes.
    text: &'a str,
    at: usize,
    end: usize,
}

/// A name with a value.
pub(super) type Attribute<'a> = (&'a str, Value<'a>);

/// The value of an attribute as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Value<'a> {
    pub(super) raw: &'a str,
    /// It means what is written: no reference, no `<` and no white space but spaces.
    pub(super) plain: bool,
}

/// What is wrong with the attributes, and at which byte of the document.
pub(super) type Fault = (usize, &'static str);

impl<'a> Attributes<'a> {
    /// Takes a document, and where in it the attributes of a tag are.
    #[inline]
    pub(super) fn new(text: &'a str, at: usize, end: usize) -> Self {
        Self { text, at, end }
    }

    /// The next attribute's value if it's of that name and written as machines write it; else nothing is taken.
    #[inline(always)]
    pub(super) fn expect(&mut self, name: &str) -> Option<&'a str> {
        let rest = self.text.as_bytes().get(self.at..self.end)?;
        let rest = rest
            .strip_prefix(b" ")?
            .strip_prefix(name.as_bytes())?
            .strip_prefix(b"=\"")?;
        let start = self.end - rest.len();
        let (length, plain) = value_length(b'"', &self.text.as_bytes()[start..])?;
        if !plain || start + length >= self.end {
            return None;
        }
        self.at = start + length + 1;
        self.text.get(start..start + length)
    }

    fn fail(&mut self, what: &'static str) -> Option<Result<Attribute<'a>, Fault>> {
        let at = std::mem::replace(&mut self.at, self.end);
        Some(Err((at, what)))
    }

    #[inline]
    fn skip_space(&mut self) -> Option<u8> {
        while let Some(&byte) = self.text.as_bytes()[..self.end].get(self.at) {
            if !is_space(byte) {
                return Some(byte);
            }
            self.at += 1;
        }
        None
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Result<Attribute<'a>, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        self.skip_space()?;
        let start = self.at;
        let rest = &self.text.as_bytes()[start..self.end];
        self.at += rest
            .iter()
            .position(|&byte| byte == b'=' || is_space(byte))
            .unwrap_or(rest.len());
        let name = &self.text[start..self.at];
        if self.skip_space() != Some(b'=') {
            return self.fail("expected `=` after the attribute's name");
        }
        if name.is_empty() {
            return self.fail("expected the attribute's name before `=`");
        }
        self.at += 1;
        let quote = match self.skip_space() {
            Some(quote @ (b'"' | b'\'')) => quote,
            _ => return self.fail("expected the attribute's value in quotes"),
        };
        let start = self.at + 1;
        match value_length(quote, &self.text.as_bytes()[start..]) {
            Some((length, plain)) if start + length < self.end => {
                self.at = start + length + 1;
                Some(Ok((
                    name,
                    Value {
                        raw: &self.text[start..start + length],
                        plain,
                    },
                )))
            }
            _ => self.fail("expected a quote after the attribute's value"),
        }
    }
}

/// White space of XML.
#[inline]
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// How many bytes there are before the quote, and whether they are plain.
///
/// Goes eight bytes at a time: values are too short for searches that need a start-up.
#[inline]
fn value_length(quote: u8, bytes: &[u8]) -> Option<(usize, bool)> {
    let mut odd = 0;
    let (words, tail) = bytes.as_chunks::<8>();
    for (at, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let end = marks_of(quote, word);
        let odd_here = marks_of(b'&', word) | marks_of(b'<', word) | marks_below_space(word);
        if end != 0 {
            // The lowest mark is always right. What is odd behind it belongs to others.
            let before = (end & end.wrapping_neg()) - 1;
            return Some((
                at * 8 + (end.trailing_zeros() / 8) as usize,
                (odd | odd_here & before) == 0,
            ));
        }
        odd |= odd_here;
    }
    let length = tail.iter().position(|&byte| byte == quote)?;
    let plain = tail[..length]
        .iter()
        .all(|&byte| byte >= b' ' && byte != b'&' && byte != b'<');
    Some((words.len() * 8 + length, odd == 0 && plain))
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// Marks the high bit of the bytes that are `wanted`; above the lowest mark, others may be marked too.
#[inline]
fn marks_of(wanted: u8, word: u64) -> u64 {
    let different = word ^ (ONES * u64::from(wanted));
    different.wrapping_sub(ONES) & !different & HIGHS
}

/// The same for the bytes below the space.
#[inline]
fn marks_below_space(word: u64) -> u64 {
    word.wrapping_sub(ONES * u64::from(b' ')) & !word & HIGHS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(body: &str) -> Attributes<'_> {
        Attributes::new(body, body.find(' ').unwrap_or(body.len()), body.len())
    }

    fn all(body: &str) -> Result<Vec<(&str, &str)>, Fault> {
        tag(body)
            .map(|attribute| attribute.map(|(name, value)| (name, value.raw)))
            .collect()
    }

    #[test]
    fn names_and_values_come_in_order() {
        assert_eq!(all("a"), Ok(vec![]));
        assert_eq!(all("a  \n"), Ok(vec![]));
        assert_eq!(
            all("a b=\"1\" c='\"2\"'\td = \n\"\" "),
            Ok(vec![("b", "1"), ("c", "\"2\""), ("d", "")])
        );
        assert_eq!(
            all("a näme=\"Zürich 💡 'x'\""),
            Ok(vec![("näme", "Zürich 💡 'x'")])
        );
    }

    #[test]
    fn faults_are_placed() {
        assert_eq!(all("a b"), Err((3, "expected `=` after the attribute's name")));
        assert_eq!(
            all("a b c=\"\""),
            Err((4, "expected `=` after the attribute's name"))
        );
        assert_eq!(
            all("a =\"\""),
            Err((2, "expected the attribute's name before `=`"))
        );
        assert_eq!(all("a b=c"), Err((4, "expected the attribute's value in quotes")));
        assert_eq!(all("a b="), Err((4, "expected the attribute's value in quotes")));
        assert_eq!(
            all("a b=\"c' d='"),
            Err((4, "expected a quote after the attribute's value"))
        );
    }

    #[test]
    fn nothing_follows_a_fault() {
        let mut attributes = tag("a b c d");
        assert!(attributes.next().is_some_and(|first| first.is_err()));
        assert_eq!(attributes.next(), None);
    }

    #[test]
    fn what_is_expected_is_taken_if_it_is_plain() {
        let mut attributes = tag("a Name=\"x\" Type=\"a&lt;b\" b='c' d=\"e");
        assert_eq!(attributes.expect("Type"), None);
        assert_eq!(attributes.expect("Nam"), None);
        assert_eq!(attributes.expect("Name"), Some("x"));
        assert_eq!(attributes.expect("Type"), None);
        let value = Value {
            raw: "a&lt;b",
            plain: false,
        };
        assert_eq!(attributes.next(), Some(Ok(("Type", value))));
        assert_eq!(attributes.expect("b"), None);
        assert_eq!(
            attributes.next(),
            Some(Ok((
                "b",
                Value {
                    raw: "c",
                    plain: true
                }
            )))
        );
        assert_eq!(attributes.expect("d"), None);
    }

    #[test]
    fn a_tag_ends_before_the_document_does() {
        let text = "<a b=\"c\" d=\"/><e f=\"\"/>";
        let mut attributes = Attributes::new(text, 2, 13);
        assert_eq!(attributes.expect("b"), Some("c"));
        assert_eq!(attributes.expect("d"), None);
        assert_eq!(
            attributes.next(),
            Some(Err((11, "expected a quote after the attribute's value")))
        );
    }

    #[test]
    fn every_byte_is_seen_at_every_place() {
        for length in 0..30 {
            for at in 0..length {
                for byte in 0..=u8::MAX {
                    let mut bytes = vec![b'x'; length];
                    bytes[at] = byte;
                    bytes.extend(*b"\"&<");
                    let expected = match byte {
                        b'"' => (at, true),
                        _ => (length, byte >= b' ' && byte != b'&' && byte != b'<'),
                    };
                    assert_eq!(
                        value_length(b'"', &bytes),
                        Some(expected),
                        "{byte} at {at} of {length}"
                    );
                }
            }
            assert_eq!(value_length(b'"', &vec![b'!'; length]), None);
        }
    }
}
