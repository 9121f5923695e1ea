//! JSON in URLs, where strings may stand in single quotes: `{'@odata.id':'accounts(…)'}`.

use super::SyntaxError;
use super::cursor::Cursor;
use serde_json::{Map, Number, Value};

/// Reads an object or a list.
pub(super) fn value(cursor: &mut Cursor<'_>) -> Result<Value, SyntaxError> {
    cursor.deeper(|cursor| {
        spaces(cursor);
        let value = match cursor.peek() {
            Some('{') => object(cursor)?,
            Some('[') => list(cursor)?,
            Some('"' | '\'') => Value::String(string(cursor)?),
            _ => scalar(cursor)?,
        };
        spaces(cursor);
        Ok(value)
    })
}

fn spaces(cursor: &mut Cursor<'_>) {
    cursor.take_while(|c| matches!(c, ' ' | '\t' | '\r' | '\n'));
}

fn object(cursor: &mut Cursor<'_>) -> Result<Value, SyntaxError> {
    cursor.expect("{")?;
    let mut members = Map::new();
    spaces(cursor);
    if cursor.eat("}") {
        return Ok(Value::Object(members));
    }
    loop {
        spaces(cursor);
        let name = string(cursor)?;
        spaces(cursor);
        cursor.expect(":")?;
        members.insert(name, value(cursor)?);
        if !cursor.eat(",") {
            break;
        }
    }
    cursor.expect("}")?;
    Ok(Value::Object(members))
}

fn list(cursor: &mut Cursor<'_>) -> Result<Value, SyntaxError> {
    cursor.expect("[")?;
    let mut items = Vec::new();
    spaces(cursor);
    if cursor.eat("]") {
        return Ok(Value::Array(items));
    }
    loop {
        items.push(value(cursor)?);
        if !cursor.eat(",") {
            break;
        }
    }
    cursor.expect("]")?;
    Ok(Value::Array(items))
}

fn string(cursor: &mut Cursor<'_>) -> Result<String, SyntaxError> {
    let start = cursor.position();
    let quote = match cursor.next() {
        Some(quote @ ('"' | '\'')) => quote,
        _ => return Err(cursor.error_at(start, "a string in quotes is expected")),
    };
    let mut text = String::new();
    loop {
        match cursor.next() {
            None => return Err(cursor.error_at(start, "the string has no end")),
            Some('\\') => text.push(escape(cursor)?),
            Some(c) if c == quote => {
                // As in OData, two single quotes are one.
                if quote == '\'' && cursor.eat("'") {
                    text.push('\'');
                } else {
                    return Ok(text);
                }
            }
            Some(c) => text.push(c),
        }
    }
}

fn escape(cursor: &mut Cursor<'_>) -> Result<char, SyntaxError> {
    let start = cursor.position();
    let unknown = |cursor: &Cursor<'_>| cursor.error_at(start, "an unknown escape");
    Ok(match cursor.next() {
        Some(c @ ('"' | '\'' | '\\' | '/')) => c,
        Some('n') => '\n',
        Some('t') => '\t',
        Some('r') => '\r',
        Some('b') => '\u{8}',
        Some('f') => '\u{c}',
        Some('u') => {
            let first = code_unit(cursor).ok_or_else(|| unknown(cursor))?;
            let units = if (0xd800..0xdc00).contains(&first) && cursor.eat("\\u") {
                vec![first, code_unit(cursor).ok_or_else(|| unknown(cursor))?]
            } else {
                vec![first]
            };
            let mut chars = char::decode_utf16(units);
            match (chars.next(), chars.next()) {
                (Some(Ok(c)), None) => c,
                _ => return Err(unknown(cursor)),
            }
        }
        _ => return Err(unknown(cursor)),
    })
}

fn code_unit(cursor: &mut Cursor<'_>) -> Option<u16> {
    let digits: Option<String> = (0..4)
        .map(|_| cursor.next().filter(char::is_ascii_hexdigit))
        .collect();
    u16::from_str_radix(&digits?, 16).ok()
}

fn scalar(cursor: &mut Cursor<'_>) -> Result<Value, SyntaxError> {
    let start = cursor.position();
    let word = cursor.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    match word {
        "null" => Ok(Value::Null),
        "true" => Ok(Value::Bool(true)),
        "false" => Ok(Value::Bool(false)),
        _ => word
            .parse::<Number>()
            .map(Value::Number)
            .map_err(|_| cursor.error_at(start, "a JSON value is expected")),
    }
}
