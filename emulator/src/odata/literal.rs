//! Literals: texts, numbers, dates, GUIDs, members of enumerations, JSON.

use super::cursor::Cursor;
use super::{SyntaxError, json};
use jiff::Timestamp;
use jiff::civil::Date;
use std::fmt;
use uuid::Uuid;

/// A value in a URL.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number, digit by digit as it was written: `-12.50`, `1e3`.
    Number(String),
    /// `'O''Brien'`.
    Text(String),
    /// A GUID without quotes.
    Guid(Uuid),
    /// A day: `2024-03-05`.
    Date(Date),
    /// A point in time with its offset from UTC: `2024-03-05T08:30:00Z`.
    Time(Timestamp),
    /// A member of an enumeration: `Microsoft.Dynamics.CRM.EntityFilters'Attributes'`.
    Member {
        /// The type.
        of: String,
        /// The member, or several with commas.
        member: String,
    },
    /// An object or a list.
    Json(serde_json::Value),
}

/// A value, or the name of one that stands in the query: `@p1`.
#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    /// The value itself.
    Literal(Literal),
    /// A parameter alias, without its `@`.
    Alias(String),
}

impl Literal {
    /// Reads a text that is one literal.
    ///
    /// # Errors
    /// If it isn't.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        let mut cursor = Cursor::new(text);
        cursor.spaces();
        let literal = literal(&mut cursor)?;
        cursor.spaces();
        cursor.end()?;
        Ok(literal)
    }
}

pub(super) fn argument(cursor: &mut Cursor<'_>) -> Result<Argument, SyntaxError> {
    if cursor.eat("@") {
        return Ok(Argument::Alias(cursor.name()?.to_owned()));
    }
    Ok(Argument::Literal(literal(cursor)?))
}

pub(super) fn literal(cursor: &mut Cursor<'_>) -> Result<Literal, SyntaxError> {
    match cursor.peek() {
        Some('\'') => return Ok(Literal::Text(text(cursor)?)),
        Some('{' | '[') => return Ok(Literal::Json(json::value(cursor)?)),
        _ => {}
    }
    let start = cursor.position();
    let token = cursor.take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | ':' | '+' | '-'));
    if cursor.peek() == Some('\'') && !token.is_empty() {
        if !token.contains('.') {
            return Err(cursor.error_at(start, format!("literals of the form {token}'…' aren't read here")));
        }
        let member = text(cursor)?;
        return Ok(Literal::Member {
            of: token.to_owned(),
            member,
        });
    }
    bare(token).ok_or_else(|| {
        if token.is_empty() {
            cursor.error_at(start, "a value is expected")
        } else {
            cursor.error_at(start, format!("'{}' is no value", shortened(token)))
        }
    })
}

fn shortened(token: &str) -> String {
    token.chars().take(60).collect()
}

/// A literal without quotes.
fn bare(token: &str) -> Option<Literal> {
    match token {
        "null" => return Some(Literal::Null),
        "true" => return Some(Literal::Boolean(true)),
        "false" => return Some(Literal::Boolean(false)),
        _ => {}
    }
    if is_number(token) {
        return Some(Literal::Number(token.to_owned()));
    }
    if let Some(guid) = guid(token) {
        return Some(Literal::Guid(guid));
    }
    date(token)
        .map(Literal::Date)
        .or_else(|| time(token).map(Literal::Time))
}

/// A GUID in its usual form, with hyphens and without braces.
pub(crate) fn guid(text: &str) -> Option<Uuid> {
    (text.len() == 36).then(|| Uuid::try_parse(text).ok()).flatten()
}

/// A day: `2024-03-05`.
pub(crate) fn date(text: &str) -> Option<Date> {
    let plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    plain.then(|| text.parse().ok()).flatten()
}

/// A point in time with its offset; seconds may be missing.
pub(crate) fn time(text: &str) -> Option<Timestamp> {
    let (day, of_day) = text.split_once(['T', 't'])?;
    date(day)?;
    let end = of_day.find(['Z', 'z', '+', '-'])?;
    let (clock, offset) = of_day.split_at(end);
    let seconds = if clock.len() == 5 { ":00" } else { "" };
    format!("{day}T{clock}{seconds}{offset}").parse().ok()
}

fn is_number(token: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let unsigned = token.strip_prefix('-').unwrap_or(token);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && fraction.is_none_or(digits)
        && exponent
            .map(|exponent| exponent.trim_start_matches(['+', '-']))
            .is_none_or(|exponent| exponent.len() < 4 && digits(exponent))
}

/// A text in single quotes; two of them inside are one.
fn text(cursor: &mut Cursor<'_>) -> Result<String, SyntaxError> {
    let start = cursor.position();
    cursor.expect("'")?;
    let mut text = String::new();
    loop {
        text.push_str(cursor.take_while(|c| c != '\''));
        if !cursor.eat("'") {
            return Err(cursor.error_at(start, "the text has no closing quote"));
        }
        if !cursor.eat("'") {
            return Ok(text);
        }
        text.push('\'');
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean(value) => write!(f, "{value}"),
            Self::Number(digits) => f.write_str(digits),
            Self::Text(text) => write!(f, "'{}'", text.replace('\'', "''")),
            Self::Guid(guid) => write!(f, "{guid}"),
            Self::Date(date) => write!(f, "{date}"),
            Self::Time(time) => write!(f, "{time}"),
            Self::Member { of, member } => write!(f, "{of}'{}'", member.replace('\'', "''")),
            Self::Json(value) => write!(f, "{value}"),
        }
    }
}

impl fmt::Display for Argument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Literal(literal) => write!(f, "{literal}"),
            Self::Alias(name) => write!(f, "@{name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_form_is_read() {
        let parse = |text: &str| Literal::parse(text).unwrap();
        assert_eq!(parse("null"), Literal::Null);
        assert_eq!(parse("-12.50"), Literal::Number("-12.50".to_owned()));
        assert_eq!(parse("1e3"), Literal::Number("1e3".to_owned()));
        assert_eq!(parse("'O''Brien'"), Literal::Text("O'Brien".to_owned()));
        assert_eq!(parse("2024-03-05"), Literal::Date("2024-03-05".parse().unwrap()));
        let time = Literal::Time("2024-03-05T08:30:00Z".parse().unwrap());
        for text in [
            "2024-03-05T08:30:00Z",
            "2024-03-05T08:30Z",
            "2024-03-05T09:30:00.000+01:00",
        ] {
            assert_eq!(parse(text), time, "{text}");
        }
        assert!(matches!(
            parse("6F1C0000-0000-4000-8000-000000000001"),
            Literal::Guid(_)
        ));
        let enumeration = parse("Microsoft.Dynamics.CRM.EntityFilters'Entity,Attributes'");
        assert!(matches!(enumeration, Literal::Member { .. }));
        assert_eq!(
            parse("{'@odata.id':'accounts(1)','n':[1,\"b\\u00e9\",null]}"),
            Literal::Json(json!({"@odata.id": "accounts(1)", "n": [1, "bé", null]}))
        );
    }

    #[test]
    fn what_the_service_does_not_read_is_refused() {
        for text in [
            "",
            "'",
            "'a",
            "abc",
            "2024-13-05",
            "2024-03-05T08:30:00",
            "guid'6f1c0000-0000-4000-8000-000000000001'",
            "1.",
            "--1",
            "1e",
            "{",
            "[1",
            "{'a'}",
            "[\"\\x\"]",
            "{6f1c0000-0000-4000-8000-000000000001}",
            "'a'b",
        ] {
            assert!(Literal::parse(text).is_err(), "{text}");
        }
        assert!(Literal::parse(&"[".repeat(100_000)).is_err());
    }
}
