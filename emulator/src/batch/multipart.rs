//! The grammar of `multipart/mixed`, as strict as the service is: every line ends with CR and LF.

use crate::Fault;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};

/// Lines of headers in one part. The service's own limit isn't known; nobody comes near this one.
const MOST_HEADERS: usize = 100;

/// What the service says of a body that it can't take apart, above all one whose lines end with LF alone.
pub(super) fn unreadable() -> Fault {
    Fault::bad_payload("Stream was not readable.")
}

/// The boundary in a content type, if the type is `multipart/mixed`.
pub(super) fn boundary(content_type: &str) -> Result<String, Fault> {
    let mut pieces = content_type.split(';');
    let kind = pieces.next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("multipart/mixed") {
        return Err(Fault::bad_payload(format!(
            "The content type '{kind}' is not supported for a batch request; it must be 'multipart/mixed' with a boundary."
        )));
    }
    let value = pieces
        .filter_map(|piece| piece.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("boundary"))
        .map(|(_, value)| value.trim())
        .unwrap_or_default();
    let value = value
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(value);
    let allowed = |c: char| c.is_ascii_alphanumeric() || "'()+_,-./:=? ".contains(c);
    if value.is_empty() || value.len() > 70 || value.ends_with(' ') || !value.chars().all(allowed) {
        return Err(Fault::bad_payload(
            "The content type of a multipart body must have a boundary of 1 to 70 characters.",
        ));
    }
    Ok(value.to_owned())
}

/// The parts between the boundaries, one at a time.
pub(super) struct Parts<'a> {
    rest: Bytes,
    delimiter: &'a str,
    /// Whether the text may end with the last boundary. That of a change set may: the line break after it belongs to the
    /// boundary of the batch.
    inside: bool,
    ended: bool,
}

/// A line that is the boundary.
enum Line {
    Another,
    Last,
}

impl<'a> Parts<'a> {
    /// Skips what stands before the first boundary. `delimiter` is the boundary with its two dashes.
    pub(super) fn new(body: Bytes, delimiter: &'a str) -> Result<Self, Fault> {
        Self::begin(body, delimiter, false)
    }

    /// The same for a body that is a part itself.
    pub(super) fn inside(body: Bytes, delimiter: &'a str) -> Result<Self, Fault> {
        Self::begin(body, delimiter, true)
    }

    fn begin(body: Bytes, delimiter: &'a str, inside: bool) -> Result<Self, Fault> {
        let mut parts = Self {
            rest: body,
            delimiter,
            inside,
            ended: false,
        };
        let (_, line) = parts.until_boundary()?;
        parts.ended = matches!(line, Line::Last);
        Ok(parts)
    }

    /// The next part.
    pub(super) fn next(&mut self) -> Result<Option<Bytes>, Fault> {
        if self.ended {
            return Ok(None);
        }
        let (part, line) = self.until_boundary()?;
        self.ended = matches!(line, Line::Last);
        Ok(Some(part))
    }

    /// What stands before the next line that is the boundary. The line break before a boundary belongs to the boundary.
    fn until_boundary(&mut self) -> Result<(Bytes, Line), Fault> {
        let mut start = 0;
        while start < self.rest.len() {
            let Some((line, next)) = line(&self.rest, start) else {
                break;
            };
            if let Some(tail) = line.strip_prefix(self.delimiter.as_bytes()) {
                let kind = match tail.trim_ascii() {
                    b"" => Some(Line::Another),
                    b"--" => Some(Line::Last),
                    _ => None,
                };
                if let Some(kind) = kind {
                    if next.is_none() && !(self.inside && matches!(kind, Line::Last)) {
                        return Err(unreadable());
                    }
                    let part = self.rest.slice(..start.saturating_sub(2));
                    self.rest = self.rest.slice(next.unwrap_or(self.rest.len())..);
                    return Ok((part, kind));
                }
            }
            start = match next {
                Some(next) => next,
                None => break,
            };
        }
        Err(unreadable())
    }
}

/// The line that begins here, and where the next one begins; that is `None` if it ended with the text. A line ends with
/// CR and LF.
fn line(text: &[u8], start: usize) -> Option<(&[u8], Option<usize>)> {
    let rest = text.get(start..)?;
    let mut from = 0;
    loop {
        let Some(found) = rest[from..].iter().position(|byte| *byte == b'\n') else {
            return Some((rest, None));
        };
        let end = from + found;
        if end > 0 && rest[end - 1] == b'\r' {
            return Some((&rest[..end - 1], Some(start + end + 1)));
        }
        from = end + 1;
    }
}

/// Takes the headers and the empty line after them from the front of a text. At the end of the text the empty line is the
/// one before the boundary.
pub(super) fn headers(text: &mut Bytes) -> Result<HeaderMap, Fault> {
    let mut headers = HeaderMap::new();
    let mut start = 0;
    for _ in 0..=MOST_HEADERS {
        if start == text.len() {
            *text = Bytes::new();
            return Ok(headers);
        }
        let (line, next) = line(text, start).ok_or_else(unreadable)?;
        let next = next.ok_or_else(unreadable)?;
        if line.is_empty() {
            *text = text.slice(next..);
            return Ok(headers);
        }
        let (name, value) = header(line).ok_or_else(unreadable)?;
        headers.append(name, value);
        start = next;
    }
    Err(Fault::bad_payload("A part of the batch has too many headers."))
}

fn header(line: &[u8]) -> Option<(HeaderName, HeaderValue)> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let name = HeaderName::from_bytes(line[..colon].trim_ascii()).ok()?;
    let value = HeaderValue::from_bytes(line[colon + 1..].trim_ascii()).ok()?;
    Some((name, value))
}

/// Takes a line from the front of a text.
pub(super) fn first_line(text: &mut Bytes) -> Result<Bytes, Fault> {
    let (line, next) = line(text, 0).ok_or_else(unreadable)?;
    let (length, next) = (line.len(), next.ok_or_else(unreadable)?);
    let first = text.slice(..length);
    *text = text.slice(next..);
    Ok(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boundaries_are_quoted_or_bare() {
        assert_eq!(boundary("multipart/mixed; boundary=batch_1").unwrap(), "batch_1");
        assert_eq!(
            boundary("Multipart/Mixed;charset=utf-8;Boundary=\"a b\"").unwrap(),
            "a b"
        );
        for wrong in [
            "application/json",
            "multipart/mixed",
            "multipart/mixed;boundary=",
            "multipart/mixed;boundary=\"",
            "multipart/mixed;boundary=a\u{e9}",
            &format!("multipart/mixed;boundary={}", "x".repeat(71)),
        ] {
            assert!(boundary(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn parts_lose_the_line_break_before_the_boundary_only() {
        let body = Bytes::from_static(b"preamble\r\n--b\r\none\r\n\r\n--b \r\n--bb\r\n--b--\r\nrest");
        let mut parts = Parts::new(body, "--b").unwrap();
        assert_eq!(parts.next().unwrap().unwrap(), "one\r\n");
        assert_eq!(parts.next().unwrap().unwrap(), "--bb");
        assert_eq!(parts.next().unwrap(), None);
    }

    #[test]
    fn a_body_without_an_end_is_refused() {
        for body in ["", "--b", "--b\r\nx", "--b\r\nx\r\n--b--", "--b\nx\n--b--\n"] {
            let all = Parts::new(Bytes::from_static(body.as_bytes()), "--b").and_then(|mut parts| {
                while parts.next()?.is_some() {}
                Ok(())
            });
            assert_eq!(all, Err(unreadable()), "{body:?}");
        }
    }
}
