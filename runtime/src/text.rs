//! Text as URLs and JSON write it.

use std::fmt::Write as _;

/// Appends a text literal of OData: in quotes, quotes doubled.
pub(crate) fn push_quoted(out: &mut String, text: &str) {
    out.push('\'');
    for part in text.split_inclusive('\'') {
        out.push_str(part);
        if part.ends_with('\'') {
            out.push('\'');
        }
    }
    out.push('\'');
}

/// Appends a JSON string.
pub(crate) fn push_json_string(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control < ' ' => {
                // Writing to a `String` can't fail.
                let _ = write!(out, "\\u{:04x}", u32::from(control));
            }
            plain => out.push(plain),
        }
    }
    out.push('"');
}

/// A JSON string.
pub(crate) fn json_string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    push_json_string(&mut out, text);
    out
}

/// A JSON object of these properties, whose values are JSON already.
pub(crate) fn json_object<N: AsRef<str>, V: AsRef<str>>(
    properties: impl IntoIterator<Item = (N, V)>,
) -> String {
    let mut out = String::from("{");
    for (name, json) in properties {
        if out.len() > 1 {
            out.push(',');
        }
        push_json_string(&mut out, name.as_ref());
        out.push(':');
        out.push_str(json.as_ref());
    }
    out.push('}');
    out
}

/// Percent-encodes everything but letters, digits, `-._~` and the quote, which OData needs as it is.
pub fn percent_encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~'".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a `String` can't fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// The text that percent-encoded text stands for. `None`: it is no such text.
#[cfg(any(feature = "client", test))]
pub(crate) fn percent_decoded(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let mut digit = || char::from(bytes.next()?).to_digit(16);
        let code = digit()? * 16 + digit()?;
        out.push(u8::try_from(code).ok()?);
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_doubled() {
        let mut out = String::new();
        push_quoted(&mut out, "O'Brien''s");
        assert_eq!(out, "'O''Brien''''s'");
    }

    #[test]
    fn json_strings_are_escaped() {
        let text = "a\"b\\c\n\r\t\u{1}\u{7f}é🙂";
        let mut out = String::new();
        push_json_string(&mut out, text);
        assert_eq!(serde_json::from_str::<String>(&out).unwrap(), text);
    }

    #[test]
    fn reserved_characters_are_encoded() {
        assert_eq!(
            percent_encoded("a b/c?d#e%f&g+h'é"),
            "a%20b%2Fc%3Fd%23e%25f%26g%2Bh'%C3%A9"
        );
    }

    #[test]
    fn what_is_encoded_is_decoded() {
        let text = "a b/c?d#e%f&g+h'é🙂";
        assert_eq!(percent_decoded(&percent_encoded(text)).as_deref(), Some(text));
        assert_eq!(percent_decoded("%3ccookie%3E+1").as_deref(), Some("<cookie>+1"));
        for broken in ["%", "%2", "%zz", "%+1", "%ff"] {
            assert_eq!(percent_decoded(broken), None, "{broken}");
        }
    }
}
