//! Percent-encoding.

use super::SyntaxError;
use std::fmt::Write;

/// Decodes a part of a URL; in a query, `+` is a space.
pub(crate) fn decode(text: &str, plus_is_space: bool) -> Result<String, SyntaxError> {
    let is_encoded = text.contains('%') || plus_is_space && text.contains('+');
    if !is_encoded {
        return Ok(text.to_owned());
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'%' => {
                let byte = bytes
                    .get(at + 1..at + 3)
                    .filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))
                    .and_then(|digits| std::str::from_utf8(digits).ok())
                    .and_then(|digits| u8::from_str_radix(digits, 16).ok());
                let Some(byte) = byte else {
                    return Err(SyntaxError::at(text, at, "two hexadecimal digits follow a '%'"));
                };
                decoded.push(byte);
                at += 3;
                continue;
            }
            b'+' if plus_is_space => decoded.push(b' '),
            other => decoded.push(other),
        }
        at += 1;
    }
    String::from_utf8(decoded).map_err(|_| SyntaxError::at(text, 0, "it isn't UTF-8"))
}

/// Encodes all but what RFC 3986 never reserves.
pub(crate) fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() + text.len() / 2);
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(byte.into()),
            // Writing to a string doesn't fail.
            _ => drop(write!(encoded, "%{byte:02X}")),
        }
    }
    encoded
}
