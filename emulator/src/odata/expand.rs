//! `$expand` with its options.

use super::cursor::Cursor;
use super::expression::Expression;
use super::lists::{OrderBy, Select, list};
use super::{SyntaxError, filter};
use std::fmt;

/// What `$expand` lists.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Expands(pub Vec<Expand>);

/// A navigation property whose rows are to be in the answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Expand {
    /// The navigation property.
    pub navigation: String,
    /// Only the address of the row: `navigation/$ref`.
    pub reference: bool,
    /// `$select` of the rows.
    pub select: Option<Select>,
    /// `$filter` of the rows.
    pub filter: Option<Expression>,
    /// `$orderby` of the rows.
    pub order_by: Option<OrderBy>,
    /// `$top` of the rows.
    pub top: Option<u64>,
    /// `$expand` of the rows.
    pub expand: Expands,
}

impl Expands {
    /// Reads the value of `$expand`, decoded.
    ///
    /// # Errors
    /// If it can't be read, or has an option that the service doesn't know there.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        let mut cursor = Cursor::new(text);
        let expands = read(&mut cursor)?;
        cursor.end()?;
        Ok(expands)
    }

    /// How many navigation properties there are, with those inside others.
    pub fn count(&self) -> usize {
        self.0.iter().map(|expand| 1 + expand.expand.count()).sum()
    }
}

fn read(cursor: &mut Cursor<'_>) -> Result<Expands, SyntaxError> {
    list(cursor, item).map(Expands)
}

fn item(cursor: &mut Cursor<'_>) -> Result<Expand, SyntaxError> {
    let mut expand = Expand {
        navigation: cursor.name()?.to_owned(),
        ..Expand::default()
    };
    if cursor.eat("/") {
        cursor.expect("$ref")?;
        expand.reference = true;
    }
    if cursor.eat("(") {
        cursor.deeper(|cursor| options(cursor, &mut expand))?;
    }
    Ok(expand)
}

fn options(cursor: &mut Cursor<'_>, expand: &mut Expand) -> Result<(), SyntaxError> {
    let mut seen: Vec<&str> = Vec::new();
    loop {
        cursor.spaces();
        if cursor.eat(")") {
            return Ok(());
        }
        let start = cursor.position();
        let name = cursor.take_while(|c| c != '=' && c != ')' && c != ';' && c != ' ');
        if seen.contains(&name) {
            return Err(cursor.error_at(start, "this option is there twice"));
        }
        seen.push(name);
        cursor.spaces();
        if !matches!(name, "$select" | "$filter" | "$orderby" | "$top" | "$expand") {
            let shown: String = name.chars().take(40).collect();
            return Err(cursor.error_at(
                start,
                format!("the query option '{shown}' is not supported in $expand"),
            ));
        }
        cursor.expect("=")?;
        match name {
            "$select" => expand.select = Some(Select::read(cursor)?),
            "$filter" => expand.filter = Some(filter::expression(cursor)?),
            "$orderby" => expand.order_by = Some(OrderBy::read(cursor)?),
            "$top" => expand.top = Some(top(cursor)?),
            _ => expand.expand = read(cursor)?,
        }
        cursor.spaces();
        if !cursor.eat(";") {
            return cursor.expect(")");
        }
    }
}

fn top(cursor: &mut Cursor<'_>) -> Result<u64, SyntaxError> {
    cursor.spaces();
    let start = cursor.position();
    let digits = cursor.take_while(|c| c.is_ascii_digit());
    digits
        .parse()
        .map_err(|_| cursor.error_at(start, "a number of rows is expected"))
}

impl fmt::Display for Expands {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, expand) in self.0.iter().enumerate() {
            write!(f, "{}{expand}", if at == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}

impl fmt::Display for Expand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.navigation)?;
        if self.reference {
            f.write_str("/$ref")?;
        }
        let nested = (!self.expand.0.is_empty()).then(|| format!("$expand={}", self.expand));
        let options: Vec<String> = [
            self.select.as_ref().map(|select| format!("$select={select}")),
            self.filter.as_ref().map(|filter| format!("$filter={filter}")),
            self.order_by.as_ref().map(|order| format!("$orderby={order}")),
            self.top.map(|top| format!("$top={top}")),
            nested,
        ]
        .into_iter()
        .flatten()
        .collect();
        if options.is_empty() {
            return Ok(());
        }
        write!(f, "({})", options.join(";"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_nest() {
        let text = "rsk_HomePortId($select=rsk_name;$expand=a($filter=x eq ';)';$top=3)),b/$ref,c($orderby=d desc,e)";
        let expands = Expands::parse(text).unwrap();
        assert_eq!(expands.to_string(), text);
        assert_eq!(expands.count(), 4);
        assert_eq!(
            Expands::parse("a( $select = b , c ; )").unwrap().to_string(),
            "a($select=b,c)"
        );
    }

    #[test]
    fn what_the_service_does_not_know_there_is_refused() {
        for option in [
            "$skip=1",
            "$count=true",
            "$levels=2",
            "$search=x",
            "$apply=x",
            "select=a",
            "$top=x",
            "$top=-1",
        ] {
            assert!(Expands::parse(&format!("a({option})")).is_err(), "{option}");
        }
        for text in [
            "",
            "a(",
            "a($select=b",
            "a/$value",
            "a,",
            "a($select=b;$select=c)",
        ] {
            assert!(Expands::parse(text).is_err(), "{text}");
        }
        assert!(Expands::parse(&"a($expand=".repeat(10_000)).is_err());
    }
}
