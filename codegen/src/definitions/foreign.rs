//! Recognises files that aren't JSON at all: web pages, XML, other encodings.

use super::{DefinitionsError, Position};

/// How far into a file its title or root element is looked for.
const LOOK: usize = 64 * 1024;
/// Letters of a title or root element that are shown.
const SHOWN: usize = 80;

/// The text to parse, or why it can't be JSON.
pub(super) fn text_of(bytes: &[u8]) -> Result<&str, DefinitionsError> {
    let utf16 = matches!(
        bytes,
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, _, ..] | [_, 0, ..]
    );
    if utf16 {
        return Err(DefinitionsError::NotUtf8 {
            at: start(),
            utf16: true,
        });
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match bytes.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None => return Err(DefinitionsError::Empty),
        Some(b'<') => return Err(markup(bytes)),
        Some(_) => {}
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let valid = std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
        let at = super::locate::position_at(valid, valid.len());
        match error.error_len() {
            Some(_) => DefinitionsError::NotUtf8 { at, utf16: false },
            None => DefinitionsError::Truncated {
                at,
                reason: "in the middle of a character".to_owned(),
            },
        }
    })
}

fn start() -> Position {
    Position {
        line: 1,
        column: 1,
        path: String::new(),
    }
}

/// Tells a web page from other markup.
fn markup(bytes: &[u8]) -> DefinitionsError {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(LOOK)]);
    let root = root_element(&text);
    let doctype = text
        .trim_start()
        .get(..14)
        .is_some_and(|text| text.eq_ignore_ascii_case("<!doctype html"));
    if doctype || root.eq_ignore_ascii_case("html") {
        DefinitionsError::Html { title: title(&text) }
    } else {
        DefinitionsError::Xml {
            root: root.chars().take(SHOWN).collect(),
        }
    }
}

/// The first element's name, past declarations and comments.
fn root_element(text: &str) -> &str {
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        rest = &rest[open + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if !rest.starts_with(['!', '?']) {
            let end = rest.find(|letter: char| letter.is_whitespace() || letter == '>' || letter == '/');
            return &rest[..end.unwrap_or(rest.len())];
        }
    }
    ""
}

fn title(text: &str) -> Option<String> {
    // ASCII lowering keeps byte positions.
    let lower = text.to_ascii_lowercase();
    let open = lower.find("<title")?;
    let from = open + lower[open..].find('>')? + 1;
    let to = from + lower[from..].find("</title")?;
    let title: String = text[from..to].trim().chars().take(SHOWN).collect();
    (!title.is_empty()).then_some(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots() {
        assert_eq!(
            root_element("<?xml version='1.0'?>\n<!-- <a> --><edmx:Edmx Version='4.0'>"),
            "edmx:Edmx"
        );
        assert_eq!(root_element("<"), "");
        assert_eq!(root_element("<!-- unclosed <b>"), "");
    }

    #[test]
    fn pages() {
        let page = b"\n<!DOCTYPE HTML><html><head><Title lang=x> Sign in </Title>";
        assert_eq!(
            text_of(page),
            Err(DefinitionsError::Html {
                title: Some("Sign in".to_owned())
            })
        );
        assert_eq!(text_of(b"<html>"), Err(DefinitionsError::Html { title: None }));
    }

    #[test]
    fn encodings() {
        assert!(matches!(
            text_of(b"{\0}\0"),
            Err(DefinitionsError::NotUtf8 { utf16: true, .. })
        ));
        assert!(matches!(
            text_of(b"{\"a\":\"\xE4\"}"),
            Err(DefinitionsError::NotUtf8 { utf16: false, .. })
        ));
        assert!(matches!(
            text_of(b"{\"a\":\"\xC3"),
            Err(DefinitionsError::Truncated { .. })
        ));
        assert!(matches!(
            text_of(b"\xEF\xBB"),
            Err(DefinitionsError::Truncated { .. })
        ));
        assert_eq!(text_of(b"\xEF\xBB\xBF {}"), Ok(" {}"));
        assert_eq!(text_of(b" \n"), Err(DefinitionsError::Empty));
    }
}
