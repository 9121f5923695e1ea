//! JSON as bodies hold it: numbers keep their text, objects their order.

use crate::Fault;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// Bodies that nest deeper than this are refused.
const DEEPEST: usize = 64;

/// Bodies of more values than this are refused: a value in memory is many times as long as the shortest text of one.
const MOST_VALUES: usize = 4_000_000;

/// A value of a body.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    /// The text of a number: a decimal never passes through a float.
    Number(String),
    Text(String),
    Array(Vec<Json>),
    Object(Object),
}

/// The members of an object, in their order.
pub(crate) type Object = Vec<(String, Json)>;

impl Json {
    /// Reads a body.
    pub(crate) fn read(body: &[u8]) -> Result<Self, Fault> {
        if values_at_most(body) > MOST_VALUES {
            return Err(Fault::bad_payload(format!(
                "Error identified in Payload provided by the user: it has more than {MOST_VALUES} values."
            )));
        }
        let raw: &RawValue = serde_json::from_slice(body).map_err(|error| unreadable(&error))?;
        value(raw, 0)
    }

    /// Reads a body that has to be an object. An empty body is one without members.
    pub(crate) fn object(body: &[u8]) -> Result<Object, Fault> {
        if body.iter().all(u8::is_ascii_whitespace) {
            return Ok(Object::new());
        }
        match Self::read(body)? {
            Self::Object(members) => Ok(members),
            _ => Err(Fault::bad_payload(
                "Error identified in Payload provided by the user: the body has to be a JSON object.",
            )),
        }
    }

    /// The member of an object.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => member(members, name),
            _ => None,
        }
    }

    /// The text, if it is one.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// The member of this name.
pub(crate) fn member<'a>(object: &'a Object, name: &str) -> Option<&'a Json> {
    object
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value)
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(flag) => write!(f, "{flag}"),
            Self::Number(text) => f.write_str(text),
            Self::Text(text) => quoted(f, text),
            Self::Array(items) => {
                f.write_str("[")?;
                for (at, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if at > 0 { "," } else { "" })?;
                }
                f.write_str("]")
            }
            Self::Object(members) => {
                f.write_str("{")?;
                for (at, (name, value)) in members.iter().enumerate() {
                    f.write_str(if at > 0 { "," } else { "" })?;
                    quoted(f, name)?;
                    write!(f, ":{value}")?;
                }
                f.write_str("}")
            }
        }
    }
}

fn quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let text = serde_json::to_string(text).map_err(|_| fmt::Error)?;
    f.write_str(&text)
}

fn unreadable(error: &serde_json::Error) -> Fault {
    Fault::bad_payload(format!(
        "Error identified in Payload provided by the user: the JSON can't be read: {error}."
    ))
}

/// As many values as a body has, or a few more: each but the first follows a comma or the beginning of an array or object.
fn values_at_most(body: &[u8]) -> usize {
    let mut values = 1;
    let mut bytes = body.iter();
    let mut in_text = false;
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => in_text = !in_text,
            // What is escaped doesn't end the text.
            b'\\' if in_text => drop(bytes.next()),
            b',' | b'[' | b'{' if !in_text => values += 1,
            _ => {}
        }
    }
    values
}

fn value(raw: &RawValue, depth: usize) -> Result<Json, Fault> {
    if depth > DEEPEST {
        return Err(Fault::bad_payload(format!(
            "Error identified in Payload provided by the user: it nests deeper than {DEEPEST} levels."
        )));
    }
    let text = raw.get().trim();
    Ok(match text.as_bytes().first() {
        Some(b'{') => {
            let mut reader = serde_json::Deserializer::from_str(text);
            let members = reader
                .deserialize_map(Members)
                .map_err(|error| unreadable(&error))?;
            let read = |(name, raw): (String, &RawValue)| Ok((name, value(raw, depth + 1)?));
            Json::Object(members.into_iter().map(read).collect::<Result<_, Fault>>()?)
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(text).map_err(|error| unreadable(&error))?;
            let read = |raw: &RawValue| value(raw, depth + 1);
            Json::Array(items.into_iter().map(read).collect::<Result<_, _>>()?)
        }
        Some(b'"') => Json::Text(serde_json::from_str(text).map_err(|error| unreadable(&error))?),
        Some(b't') => Json::Bool(true),
        Some(b'f') => Json::Bool(false),
        Some(b'n') => Json::Null,
        _ => Json::Number(text.to_owned()),
    })
}

/// Reads the members of an object in their order.
struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_text() {
        let read =
            Json::read(br#" {"b": 12345678901234567890.10, "a": [1e-3, "x\u00e9\"", null, true, false]} "#);
        let written = read.unwrap().to_string();
        assert_eq!(
            written,
            "{\"b\":12345678901234567890.10,\"a\":[1e-3,\"x\u{e9}\\\"\",null,true,false]}"
        );
    }

    #[test]
    fn values_are_counted_outside_of_texts() {
        for (body, values) in [
            ("0", 1),
            ("[1,2,3]", 4),
            (r#"{"a,[{":",\"[",  "b":[]}"#, 4),
            (r#"["\\","\","]"#, 3),
        ] {
            assert_eq!(values_at_most(body.as_bytes()), values, "{body}");
        }
    }

    #[test]
    fn bad_bodies_are_refused() {
        for body in ["", "{", "{\"a\":}", "[1,]", "nul", "01", "\u{feff}{}"] {
            assert_eq!(
                Json::read(body.as_bytes()).unwrap_err().code,
                0x8004_8d19,
                "{body}"
            );
        }
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        assert!(Json::read(deep.as_bytes()).unwrap_err().message.contains("nests"));
        let wide = format!("[{}0]", "0,".repeat(MOST_VALUES));
        assert!(
            Json::read(wide.as_bytes())
                .unwrap_err()
                .message
                .contains("values")
        );
        assert!(Json::object(b"[]").is_err());
        assert_eq!(Json::object(b" \r\n").unwrap(), Object::new());
    }
}
