//! Finds the line, the column and the JSON path of a place in a body; only used for errors.

use super::Position;

/// Nesting that a path shows; deeper is abbreviated, so a hostile body can't fill the memory.
const DEPTH: usize = 32;
/// Characters of a property's name that a path shows.
const NAME: usize = 60;

/// The place of the byte at `offset`, which may be the end.
pub(super) fn position_at(json: &str, offset: usize) -> Position {
    let before = &json.as_bytes()[..offset.min(json.len())];
    let line_start = before
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |newline| newline + 1);
    Position {
        line: before.iter().filter(|byte| **byte == b'\n').count() + 1,
        column: before.len() - line_start + 1,
        path: path_at(json, offset),
    }
}

/// The place where parsing `part` of `json` failed.
pub(super) fn position_of(json: &str, part: &str, error: &serde_json::Error) -> Position {
    let start = (part.as_ptr() as usize).saturating_sub(json.as_ptr() as usize);
    // serde_json counts lines from 1 and in columns the bytes read, up to and with the offending one.
    let newlines = part
        .bytes()
        .enumerate()
        .filter(|(_, byte)| *byte == b'\n')
        .map(|(index, _)| index + 1);
    let line_start = std::iter::once(0)
        .chain(newlines)
        .nth(error.line().saturating_sub(1))
        .unwrap_or(0);
    let in_part = if error.is_eof() {
        part.len()
    } else {
        line_start + error.column().saturating_sub(1)
    };
    position_at(json, start + in_part)
}

/// serde_json's message without its own line and column.
pub(super) fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rfind(" at line ")
        .map_or(text.as_str(), |end| &text[..end])
        .to_owned()
}

enum Level<'j> {
    List(usize),
    Object { name: Option<&'j str>, at_name: bool },
}

/// Follows the JSON, valid up to `offset`, and says where that is.
fn path_at(json: &str, offset: usize) -> String {
    let mut levels: Vec<Level<'_>> = Vec::new();
    let mut hidden = 0_usize;
    let bytes = json.as_bytes();
    let end = offset.min(bytes.len());
    let mut index = 0;
    while index < end {
        match bytes[index] {
            b'{' | b'[' if levels.len() == DEPTH => hidden += 1,
            b'{' => levels.push(Level::Object {
                name: None,
                at_name: true,
            }),
            b'[' => levels.push(Level::List(0)),
            b'}' | b']' if hidden > 0 => hidden -= 1,
            b'}' | b']' => drop(levels.pop()),
            b',' if hidden == 0 => match levels.last_mut() {
                Some(Level::List(element)) => *element += 1,
                Some(Level::Object { name, at_name }) => (*name, *at_name) = (None, true),
                None => {}
            },
            b'"' => {
                let close = end_of_text(bytes, index, end);
                let text = json.get(index + 1..close);
                if let (0, true, Some(Level::Object { name, at_name })) =
                    (hidden, close < end, levels.last_mut())
                    && *at_name
                {
                    (*name, *at_name) = (text, false);
                }
                index = close;
            }
            _ => {}
        }
        index += 1;
    }
    written(&levels, hidden > 0)
}

/// Where the text that starts at `open` has its closing quote, or `end`.
fn end_of_text(bytes: &[u8], open: usize, end: usize) -> usize {
    let mut index = open + 1;
    while index < end && bytes[index] != b'"' {
        index += if bytes[index] == b'\\' { 2 } else { 1 };
    }
    index.min(end)
}

fn written(levels: &[Level<'_>], abbreviated: bool) -> String {
    let mut path = String::new();
    for level in levels {
        match level {
            Level::List(element) => path.push_str(&format!("[{element}]")),
            Level::Object { name: None, .. } => {}
            Level::Object { name: Some(name), .. } => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.extend(name.chars().take(NAME));
            }
        }
    }
    if abbreviated {
        path.push('…');
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path_of(json: &str, what: &str) -> String {
        path_at(json, json.find(what).unwrap())
    }

    #[test]
    fn paths() {
        let json = r#"{"a":"x,\"]","value":[{"n":1},{"Attributes":[{},{"OptionSet":{"Options":[1,@"#;
        assert_eq!(path_of(json, "@"), "value[1].Attributes[1].OptionSet.Options[1]");
        assert_eq!(path_of(json, "x,"), "a");
        assert_eq!(path_of(json, "value"), "");
        assert_eq!(path_of(json, "1}"), "value[0].n");
        assert_eq!(path_at("", 5), "");
    }

    #[test]
    fn lines_and_columns() {
        let place = position_at("{\n  \"value\": x", 13);
        assert_eq!((place.line, place.column, place.path.as_str()), (2, 12, "value"));
        assert_eq!(place.to_string(), "line 2, column 12 (value)");
    }

    #[test]
    fn places_inside_a_part() {
        let json = "{\"value\":\n[{},\n{\"a\":\n?}]}";
        let part = &json[json.find("{\"a\"").unwrap()..json.len() - 2];
        let error = serde_json::from_str::<serde::de::IgnoredAny>(part).unwrap_err();
        let place = position_of(json, part, &error);
        assert_eq!(
            (place.line, place.column, place.path.as_str()),
            (4, 1, "value[1].a")
        );
        assert_eq!(reason(&error), "expected value");
    }

    #[test]
    fn deep_nesting_is_abbreviated() {
        let json = "[".repeat(1_000_000);
        let path = path_at(&json, json.len());
        assert!(path.ends_with('…') && path.len() < 200, "{path}");
    }
}
