//! `$select` and `$orderby`.

use super::cursor::Cursor;
use super::expression::PropertyPath;
use super::{SyntaxError, filter};
use std::fmt;

/// The names that `$select` lists. `*` is one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Select(pub Vec<String>);

/// What `$orderby` sorts by, the most important first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderBy(pub Vec<Order>);

/// One of the things that rows are sorted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The column.
    pub path: PropertyPath,
    /// From the largest to the smallest.
    pub descending: bool,
}

/// The most items that a list may have.
const MOST: usize = 2_000;

impl Select {
    /// Reads the value of `$select`, decoded.
    ///
    /// # Errors
    /// If it isn't a list of names.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        all(text, Self::read)
    }

    pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Self, SyntaxError> {
        list(cursor, |cursor| {
            if cursor.eat("*") {
                return Ok("*".to_owned());
            }
            cursor.name().map(str::to_owned)
        })
        .map(Self)
    }
}

impl OrderBy {
    /// Reads the value of `$orderby`, decoded.
    ///
    /// # Errors
    /// If it isn't a list of columns with `asc` or `desc` behind them.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        all(text, Self::read)
    }

    pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Self, SyntaxError> {
        list(cursor, |cursor| {
            let path = filter::path(cursor)?;
            let spaced = cursor.spaces();
            let start = cursor.position();
            let descending = match cursor.word() {
                "" => false,
                word if spaced && word.eq_ignore_ascii_case("asc") => false,
                word if spaced && word.eq_ignore_ascii_case("desc") => true,
                _ => return Err(cursor.error_at(start, "'asc' or 'desc' is expected")),
            };
            Ok(Order { path, descending })
        })
        .map(Self)
    }
}

fn all<T>(
    text: &str,
    read: impl FnOnce(&mut Cursor<'_>) -> Result<T, SyntaxError>,
) -> Result<T, SyntaxError> {
    let mut cursor = Cursor::new(text);
    let value = read(&mut cursor)?;
    cursor.end()?;
    Ok(value)
}

/// Items with commas between them and spaces around them, one at least.
pub(super) fn list<T>(
    cursor: &mut Cursor<'_>,
    read: impl Fn(&mut Cursor<'_>) -> Result<T, SyntaxError>,
) -> Result<Vec<T>, SyntaxError> {
    let mut items = Vec::new();
    loop {
        cursor.spaces();
        if items.len() == MOST {
            return Err(cursor.error(format!("the list has more than {MOST} items")));
        }
        items.push(read(cursor)?);
        cursor.spaces();
        if !cursor.eat(",") {
            return Ok(items);
        }
    }
}

impl fmt::Display for Select {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(","))
    }
}

impl fmt::Display for OrderBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, order) in self.0.iter().enumerate() {
            let (between, after) = (
                if at == 0 { "" } else { "," },
                if order.descending { " desc" } else { "" },
            );
            write!(f, "{between}{}{after}", order.path)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read() {
        let select = Select::parse("name, _ownerid_value ,*").unwrap();
        assert_eq!(select.0, ["name", "_ownerid_value", "*"]);
        let order = OrderBy::parse("name  DESC,rsk_HomePortId/rsk_name asc, a").unwrap();
        assert_eq!(order.to_string(), "name desc,rsk_HomePortId/rsk_name,a");
        for text in ["", "a,", ",", "a b", "a;b", "a desc b"] {
            assert!(OrderBy::parse(text).is_err(), "{text}");
        }
        assert!(Select::parse(&"a,".repeat(100_000)).is_err());
    }
}
