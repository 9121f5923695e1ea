//! Tells a `$metadata` document from what a wrong request is answered with, before any XML is read.

use serde::Deserialize;

use super::error::{CsdlError, CsdlErrorKind};
use crate::position::Position;

/// The error text that is quoted is cut after this many characters.
const LONGEST_QUOTE: usize = 400;

/// The input as text, without byte order mark, if it may be XML.
pub(super) fn text(input: &[u8]) -> Result<&str, CsdlError> {
    let start = Position { line: 1, column: 1 };
    if let Some(found) = foreign(input) {
        return Err(CsdlError {
            kind: CsdlErrorKind::Encoding(found.to_owned()),
            position: start,
        });
    }
    let input = input.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(input);
    let text = std::str::from_utf8(input).map_err(|error| {
        let kind = match error.error_len() {
            Some(_) => CsdlErrorKind::Encoding("not valid UTF-8".to_owned()),
            None => CsdlErrorKind::Truncated("a character".to_owned()),
        };
        CsdlError {
            kind,
            position: Position::of(input, error.valid_up_to()),
        }
    })?;
    let content = text.trim_ascii_start();
    let Some(kind) = no_xml(content) else {
        return Ok(text);
    };
    Err(CsdlError {
        kind,
        position: Position::of(input, text.len() - content.len()),
    })
}

/// What isn't UTF-8 by its first bytes.
fn foreign(input: &[u8]) -> Option<&'static str> {
    const SIGNATURES: [(&[u8], &str); 6] = [
        (b"\xFF\xFE", "UTF-16 (little endian)"),
        (b"\xFE\xFF", "UTF-16 (big endian)"),
        (b"<\0", "UTF-16 (little endian)"),
        (b"\0<", "UTF-16 (big endian)"),
        (b"\x1F\x8B", "compressed (gzip)"),
        (b"PK\x03\x04", "compressed (zip)"),
    ];
    SIGNATURES
        .iter()
        .find(|(bytes, _)| input.starts_with(bytes))
        .map(|(_, name)| *name)
}

fn no_xml(content: &str) -> Option<CsdlErrorKind> {
    match content.as_bytes().first() {
        None => Some(CsdlErrorKind::Empty),
        Some(b'<') => is_html(content).then_some(CsdlErrorKind::SignInPage),
        Some(b'{' | b'[') => Some(json(content)),
        Some(_) => {
            let start: String = content.chars().take(20).collect();
            Some(CsdlErrorKind::Malformed(format!(
                "expected `<`, found {start:?}: this is no XML document"
            )))
        }
    }
}

fn is_html(content: &str) -> bool {
    ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| {
        content
            .as_bytes()
            .get(..tag.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes()))
    })
}

/// The error bodies of the service: OData's, and the plain one of the layers before it.
#[derive(Deserialize)]
struct Body {
    error: Option<Inner>,
    #[serde(alias = "Message")]
    message: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Inner {
    Object { message: Option<String> },
    Text(String),
}

fn json(content: &str) -> CsdlErrorKind {
    let body: Option<Body> = serde_json::from_str(content).ok();
    let message = body.and_then(|body| match body.error {
        Some(Inner::Object { message }) => message,
        Some(Inner::Text(text)) => Some(text),
        None => body.message,
    });
    match message {
        Some(message) => CsdlErrorKind::ServiceError(message.chars().take(LONGEST_QUOTE).collect()),
        None => CsdlErrorKind::Json,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(input: &[u8]) -> CsdlErrorKind {
        text(input).expect_err("refused").kind
    }

    #[test]
    fn xml_passes_with_and_without_mark() {
        assert_eq!(text(b"<a/>"), Ok("<a/>"));
        assert_eq!(text(b"\xEF\xBB\xBF\n <a/>"), Ok("\n <a/>"));
    }

    #[test]
    fn nothing_is_nothing() {
        for input in [&b""[..], b" \r\n\t", b"\xEF\xBB\xBF"] {
            assert_eq!(kind(input), CsdlErrorKind::Empty);
        }
    }

    #[test]
    fn other_encodings_are_named() {
        let utf16: Vec<u8> = "\u{FEFF}<a/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (input, name) in [
            (&utf16[..], "UTF-16 (little endian)"),
            (&utf16[2..], "UTF-16 (little endian)"),
            (b"\xFE\xFF\0<", "UTF-16 (big endian)"),
            (b"\0<\0a", "UTF-16 (big endian)"),
            (b"\x1F\x8B\x08", "compressed (gzip)"),
            (b"<a b='\xE4'/>", "not valid UTF-8"),
        ] {
            assert_eq!(kind(input), CsdlErrorKind::Encoding(name.to_owned()));
        }
        let error = text(b"<a>\n<b c='\xE4'/></a>").expect_err("refused");
        assert_eq!(error.position, Position { line: 2, column: 7 });
    }

    #[test]
    fn a_cut_character_is_a_cut() {
        assert_eq!(
            kind(b"<a b='\xC3"),
            CsdlErrorKind::Truncated("a character".to_owned())
        );
    }

    #[test]
    fn a_sign_in_page_is_named() {
        for input in [
            "<!DOCTYPE html><html>",
            "\r\n<!doctype HTML PUBLIC",
            "<HTML lang='en'>",
        ] {
            assert_eq!(kind(input.as_bytes()), CsdlErrorKind::SignInPage);
        }
        assert!(text(b"<!-- html --><a/>").is_ok());
    }

    #[test]
    fn an_error_body_is_quoted() {
        let body = br#"{"error":{"code":"0x80040220","message":"No such privilege.","details":[]}}"#;
        assert_eq!(
            kind(body),
            CsdlErrorKind::ServiceError("No such privilege.".to_owned())
        );
        let token = br#"{"error":"invalid_client","error_description":"x"}"#;
        assert_eq!(
            kind(token),
            CsdlErrorKind::ServiceError("invalid_client".to_owned())
        );
        let plain = br#"{"Message":"The resource was not found."}"#;
        assert_eq!(
            kind(plain),
            CsdlErrorKind::ServiceError("The resource was not found.".to_owned())
        );
        for other in [
            &br#"{"value":[{"LogicalName":"rsk_port"}]}"#[..],
            b"{",
            b"[1, 2]",
            b"{\"error\":3}",
        ] {
            assert_eq!(kind(other), CsdlErrorKind::Json);
        }
    }

    #[test]
    fn plain_text_is_no_xml() {
        let CsdlErrorKind::Malformed(message) = kind("Zugriff verweigert ✗".as_bytes()) else {
            panic!("another kind")
        };
        assert!(message.contains("found \"Zugriff verweigert ✗\""), "{message}");
    }
}
