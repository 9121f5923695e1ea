//! The bodies of refusals, in all the shapes in which they come.

use super::Code;
use super::shortened;
use serde_json::Value;

/// What a refusal's body says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    pub code: Option<Code>,
    pub message: String,
    /// More about it, by name: trace text, help link, the plug-in's exception.
    pub details: Vec<(String, String)>,
}

/// Before the names of the annotations that carry details.
const DETAILS: &str = "@Microsoft.PowerApps.CDS.";

/// Reads a body: `{"error":{..}}`, `{"Message":..}`, `{"error":"..","error_description":".."}`, HTML, text or nothing.
pub(super) fn read(body: &[u8]) -> Told {
    match serde_json::from_slice::<Value>(body) {
        Ok(Value::Object(object)) => match object.get("error") {
            Some(Value::Object(error)) => from_error(error),
            // As token endpoints write them.
            Some(Value::String(error)) => Told {
                code: Code::parse(error),
                message: text(&object, &["error_description", "message"]).unwrap_or_else(|| error.clone()),
                details: Vec::new(),
            },
            _ => Told {
                code: text(&object, &["code", "ErrorCode", "errorCode"]).and_then(|code| Code::parse(&code)),
                message: text(&object, &["message", "Message", "error_description"]).unwrap_or_default(),
                details: Vec::new(),
            },
        },
        _ => Told {
            message: from_text(&String::from_utf8_lossy(body)),
            ..Told::default()
        },
    }
}

type Object = serde_json::Map<String, Value>;

fn from_error(error: &Object) -> Told {
    let mut details = Vec::new();
    for (name, value) in error {
        if let (Some(name), Some(value)) = (name.strip_prefix(DETAILS), value.as_str()) {
            details.push((name.to_owned(), value.to_owned()));
        }
    }
    // Older builds nest the cause, each with a message of its own.
    let mut inner = error.get("innererror");
    while let Some(Value::Object(cause)) = inner {
        if let Some(message) = text(cause, &["message"]).filter(|message| !message.is_empty()) {
            details.push(("InnerError.Message".to_owned(), message));
        }
        inner = cause.get("internalexception");
    }
    Told {
        code: text(error, &["code"]).and_then(|code| Code::parse(&code)),
        message: text(error, &["message"]).unwrap_or_default(),
        details,
    }
}

/// The first of these properties that is there, as text. A message can be an object with its language.
fn text(object: &Object, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| match object.get(*name)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(message) => Some(message.get("value")?.as_str()?.to_owned()),
        _ => None,
    })
}

/// Of a page its title or else its first words, of other text the beginning.
fn from_text(body: &str) -> String {
    let lower = body.to_ascii_lowercase();
    let between = |start: &str, end: &str| {
        let from = lower.find(start)? + start.len();
        let length = lower[from..].find(end)?;
        Some(body[from..from + length].trim().to_owned())
    };
    if lower.contains("<html") || lower.contains("<!doctype") {
        let title = between("<title>", "</title>").or_else(|| between("<h1>", "</h1>"));
        return title.map_or_else(
            || "a page in HTML".to_owned(),
            |title| format!("a page in HTML: {}", shortened(&title)),
        );
    }
    let plain = body.trim_start_matches('\u{feff}').trim();
    shortened(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(code: Option<Code>, message: &str) -> Told {
        Told {
            code,
            message: message.to_owned(),
            details: Vec::new(),
        }
    }

    #[test]
    fn every_shape_of_body_is_read() {
        let gone = Some(Code::OBJECT_DOES_NOT_EXIST);
        let cases = [
            (
                r#"{"error":{"code":"0x80040217","message":"gone"}}"#,
                told(gone, "gone"),
            ),
            (r#"{"error":{"code":"","message":"gone"}}"#, told(None, "gone")),
            (
                r#"{"error":{"code":"0x80040217","message":{"lang":"en","value":"gone"}}}"#,
                told(gone, "gone"),
            ),
            (
                r#"{"Message":"gone","ErrorCode":-2147220969}"#,
                told(gone, "gone"),
            ),
            (
                r#"{"error":"invalid_client","error_description":"AADSTS7000215: wrong"}"#,
                told(None, "AADSTS7000215: wrong"),
            ),
            (
                "<!DOCTYPE html><html><head><TITLE> Bad Gateway </TITLE></head></html>",
                told(None, "a page in HTML: Bad Gateway"),
            ),
            ("<html></html>", told(None, "a page in HTML")),
            ("upstream timed out", told(None, "upstream timed out")),
            ("", told(None, "")),
            ("[1]", told(None, "[1]")),
            ("{}", told(None, "")),
        ];
        for (body, expected) in cases {
            assert_eq!(read(body.as_bytes()), expected, "{body}");
        }
        read(b"\xff\xfe<html><title>\xff</title>");
    }

    #[test]
    fn details_are_kept() {
        let body =
            br#"{"error":{"code":"0x80040265","message":"no","@Microsoft.PowerApps.CDS.TraceText":"line 1",
            "innererror":{"message":"inner","internalexception":{"message":"innermost"}}}}"#;
        let names: Vec<_> = read(body).details;
        let expected = [
            ("TraceText", "line 1"),
            ("InnerError.Message", "inner"),
            ("InnerError.Message", "innermost"),
        ];
        assert_eq!(
            names,
            expected.map(|(name, text)| (name.to_owned(), text.to_owned()))
        );
    }
}
