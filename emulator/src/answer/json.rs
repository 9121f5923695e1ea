//! JSON, written to a buffer.

use std::io::Write;

/// A text in quotes.
pub(crate) fn text(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escape: &[u8] = match byte {
            b'"' => b"\\\"",
            b'\\' => b"\\\\",
            b'\n' => b"\\n",
            b'\r' => b"\\r",
            b'\t' => b"\\t",
            0..=0x1f => &unicode(byte),
            _ => continue,
        };
        out.extend_from_slice(&text.as_bytes()[plain..at]);
        out.extend_from_slice(escape);
        plain = at + 1;
    }
    out.extend_from_slice(&text.as_bytes()[plain..]);
    out.push(b'"');
}

fn unicode(byte: u8) -> [u8; 6] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |of: u8| DIGITS[usize::from(of & 15)];
    [b'\\', b'u', b'0', b'0', digit(byte >> 4), digit(byte)]
}

/// A whole number.
pub(crate) fn number(out: &mut Vec<u8>, number: i64) {
    // Writing to memory doesn't fail.
    let _ = write!(out, "{number}");
}

/// A floating-point number, always with a point or an exponent.
pub(super) fn float(out: &mut Vec<u8>, number: f64) {
    let _ = if number.is_finite() {
        write!(out, "{number:?}")
    } else {
        write!(out, "null")
    };
}

/// A number of units of `10^-digits`, with all its digits.
pub(super) fn scaled(out: &mut Vec<u8>, units: i64, digits: u32) {
    let magnitude = units.unsigned_abs();
    let one = 10_u64.pow(digits.min(18));
    let sign = if units < 0 { "-" } else { "" };
    let width = digits.min(18) as usize;
    let _ = write!(out, "{sign}{}.{:0width$}", magnitude / one, magnitude % one);
}

/// A decimal with this many digits after its point at least.
pub(crate) fn padded(number: &str, digits: u32) -> String {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let missing = (digits as usize).saturating_sub(fraction.len());
    let zeros = "0".repeat(missing);
    if fraction.is_empty() && missing == 0 {
        return whole.to_owned();
    }
    format!("{whole}.{fraction}{zeros}")
}

/// `"name":`
pub(crate) fn key(name: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(name.len() + 3);
    text(&mut out, name);
    out.push(b':');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_read_back() {
        for given in ["", "a\"b\\c", "\u{0}\u{1f}\n\r\t", "é漢\u{1f600}", "plain"] {
            let mut out = Vec::new();
            text(&mut out, given);
            assert_eq!(serde_json::from_slice::<String>(&out).unwrap(), given);
        }
    }

    #[test]
    fn numbers_keep_their_digits() {
        let shown = |units, digits| {
            let mut out = Vec::new();
            scaled(&mut out, units, digits);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(shown(5, 4), "0.0005");
        assert_eq!(shown(-125_000, 4), "-12.5000");
        assert_eq!(shown(i64::MIN, 4), "-922337203685477.5808");
        assert_eq!(padded("1.5", 4), "1.5000");
        assert_eq!(padded("-1", 2), "-1.00");
        assert_eq!(padded("1", 0), "1");
        assert_eq!(padded("1.123", 2), "1.123");
        let mut out = Vec::new();
        float(&mut out, 12.0);
        assert_eq!(out, b"12.0");
    }
}
