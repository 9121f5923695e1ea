//! Finds where JSON values end without reading what is in them.
//!
//! Every value found is parsed afterwards, which is what checks it; so this only has to be right for valid
//! JSON, and can look at 64 bytes at a time.

/// A place in a text that is probably JSON.
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    /// Starts at the beginning.
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The next byte that isn't blank.
    pub(super) fn peek(&mut self) -> Option<u8> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let blank = rest
            .iter()
            .position(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
        self.at += blank.unwrap_or(rest.len());
        self.text.as_bytes().get(self.at).copied()
    }

    /// Goes past `byte` if it is next.
    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// Goes past the next value and gives its text; `None` if there is none or it doesn't end.
    pub(super) fn value(&mut self) -> Option<&'a str> {
        let first = self.peek()?;
        let rest = self.text.get(self.at..)?;
        let length = match first {
            b'{' | b'[' => length_of_nested(rest.as_bytes())?,
            b'"' => length_of_text(rest.as_bytes())?,
            _ => rest
                .find([',', ':', ']', '}', ' ', '\t', '\n', '\r'])
                .unwrap_or(rest.len()),
        };
        self.at += length;
        rest.get(..length).filter(|value| !value.is_empty())
    }
}

fn length_of_text(bytes: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        at += bytes
            .get(at..)?
            .iter()
            .position(|byte| matches!(byte, b'"' | b'\\'))?;
        match bytes[at] {
            b'"' => return Some(at + 1),
            _ => at += 2,
        }
    }
}

/// How long the object or list is that `bytes` start with.
fn length_of_nested(bytes: &[u8]) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quoting = Quoting::default();
    for (index, block) in bytes.chunks(BLOCK).enumerate() {
        let marks = Marks::of(block);
        let outside = !quoting.quoted(&marks);
        let (opens, closes) = (marks.opens & outside, marks.closes & outside);
        if depth > closes.count_ones() as usize {
            // It can't end in this block.
            depth = depth + opens.count_ones() as usize - closes.count_ones() as usize;
            continue;
        }
        let mut brackets = opens | closes;
        while brackets != 0 {
            let bit = brackets & brackets.wrapping_neg();
            if opens & bit != 0 {
                depth += 1;
            } else {
                depth -= 1;
                if depth == 0 {
                    return Some(index * BLOCK + bit.trailing_zeros() as usize + 1);
                }
            }
            brackets ^= bit;
        }
    }
    None
}

/// Bytes looked at together: one bit of a `u64` for each.
const BLOCK: usize = 64;

/// Which bytes of a block are what.
struct Marks {
    quotes: u64,
    backslashes: u64,
    opens: u64,
    closes: u64,
}

impl Marks {
    #[inline(always)]
    fn of(block: &[u8]) -> Self {
        let mut padded = [b' '; BLOCK];
        let block = match block.first_chunk::<BLOCK>() {
            Some(block) => block,
            None => {
                padded[..block.len()].copy_from_slice(block);
                &padded
            }
        };
        // `[` and `{`, `]` and `}` differ in this bit only.
        const FOLD: u8 = 0x20;
        Self {
            quotes: bits(block, |byte| byte == b'"'),
            backslashes: bits(block, |byte| byte == b'\\'),
            opens: bits(block, |byte| byte | FOLD == b'{'),
            closes: bits(block, |byte| byte | FOLD == b'}'),
        }
    }
}

/// One bit for each byte that `is` it, the first one lowest. Written so that the compiler makes vectors of it.
#[inline(always)]
fn bits(block: &[u8; BLOCK], is: impl Fn(u8) -> bool) -> u64 {
    let ones = block.map(|byte| u8::from(is(byte)));
    let (words, _) = ones.as_chunks::<8>();
    words.iter().enumerate().fold(0, |bits, (index, word)| {
        // The product has the lowest bits of the eight bytes side by side in its highest byte.
        let byte = u64::from_le_bytes(*word).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        bits | byte << (index * 8)
    })
}

/// What carries over from block to block.
#[derive(Default)]
struct Quoting {
    /// All ones inside of a text.
    inside: u64,
    /// One if the first byte is escaped.
    escaped: u64,
}

impl Quoting {
    /// Which bytes are within quotes, the opening quote included.
    fn quoted(&mut self, marks: &Marks) -> u64 {
        let mut quotes = marks.quotes;
        if marks.backslashes | self.escaped != 0 {
            quotes &= !self.escaped(marks.backslashes);
        }
        // Each bit becomes the parity of the quotes up to it.
        for shift in [1, 2, 4, 8, 16, 32] {
            quotes ^= quotes << shift;
        }
        let quoted = quotes ^ self.inside;
        self.inside = if quoted >> 63 == 1 { u64::MAX } else { 0 };
        quoted
    }

    /// Which bytes follow a backslash that isn't itself escaped.
    fn escaped(&mut self, backslashes: u64) -> u64 {
        let mut escaped = self.escaped;
        let mut left = backslashes & !escaped;
        self.escaped = 0;
        while left != 0 {
            let bit = left & left.wrapping_neg();
            match bit.checked_shl(1) {
                Some(next) if bit >> 63 == 0 => {
                    escaped |= next;
                    left &= !(bit | next);
                }
                _ => {
                    self.escaped = 1;
                    left &= !bit;
                }
            }
        }
        escaped
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value(text: &str) -> Option<&str> {
        Cursor::new(text).value()
    }

    #[test]
    fn values() {
        assert_eq!(value(" {\"a\":[1,{}]} ,"), Some("{\"a\":[1,{}]}"));
        assert_eq!(value(r#"["]\"]\\"],1"#), Some(r#"["]\"]\\"]"#));
        assert_eq!(value(r#""a\"b\\","#), Some(r#""a\"b\\""#));
        assert_eq!(value("true}"), Some("true"));
        assert_eq!(value("-1.5e3\n"), Some("-1.5e3"));
        for open in ["", " ", ",", "{", "[[]", "[\"]", "\"a", "\"a\\", "\"a\\\""] {
            assert_eq!(value(open), None, "{open}");
        }
    }

    #[test]
    fn blanks_and_marks() {
        let mut cursor = Cursor::new(" \t\r\n[ ]");
        assert!(cursor.eat(b'['));
        assert!(!cursor.eat(b','));
        assert!(cursor.eat(b']'));
        assert_eq!(cursor.peek(), None);
    }

    proptest! {
        /// Wherever the interesting bytes are in their block, the end is found.
        #[test]
        fn the_end_is_the_parsers_end(
            texts in prop::collection::vec(r#"["\\\[\]{}aé ]{0,90}"#, 0..8),
            after in r#"[\[\]{},"\\ ]{0,70}"#,
        ) {
            let inner = serde_json::to_string(&texts).unwrap();
            let json = format!("{{\"a\":{inner},\"b\":{{\"c\":[{inner}]}}}}");
            let followed = format!("{json}{after}");
            prop_assert_eq!(value(&followed), Some(json.as_str()));
            for cut in (0..json.len()).filter(|cut| json.is_char_boundary(*cut)) {
                prop_assert_eq!(value(&json[..cut]), None);
            }
        }
    }
}
