//! XML text as elements, and back.
//!
//! A reader of the part of XML that FetchXML is written in: elements, attributes, text, comments and a declaration. What
//! else XML has (document types, CDATA, processing instructions) is refused by name. A parser of all of XML would be
//! built by every user of a generated crate, twice.

use crate::Problem;

/// Elements inside of elements are read to this depth: the service takes 15 links, and filters nest a few times.
pub const DEEPEST: usize = 64;

/// An element with all that it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// `link-entity`.
    pub name: String,
    /// In their order.
    pub attributes: Vec<Attribute>,
    /// In their order.
    pub children: Vec<Element>,
    /// The text between the children, with the space around it.
    pub text: String,
    /// Where it stands.
    pub at: usize,
}

/// An attribute of an element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribute {
    /// `operator`.
    pub name: String,
    /// The value, without quotes and references.
    pub value: String,
    /// Where the value stands.
    pub at: usize,
    /// Where the name stands.
    pub name_at: usize,
}

impl Element {
    /// The attribute of this name.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    /// The value of the attribute of this name.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.attribute(name).map(|attribute| attribute.value.as_str())
    }

    /// Whether the attribute of this name says yes.
    #[must_use]
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.value(name), Some("true" | "1"))
    }

    /// The children of this name.
    pub fn children_named<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.children.iter().filter(move |child| child.name == name)
    }
}

/// Reads a text that is one element.
///
/// # Errors
/// If it isn't, in the words of XML.
pub fn read(text: &str) -> Result<Element, Problem> {
    let mut reader = Reader { text, at: 0 };
    reader.take("\u{feff}");
    reader.skip_space();
    if reader.take("<?xml") {
        reader.skip_past("?>", "the XML declaration")?;
    }
    reader.skip_between()?;
    if !reader.rest().starts_with('<') {
        return Err(reader.problem("this is no XML: an element such as `<fetch>` is expected"));
    }
    let element = reader.element(0)?;
    reader.skip_between()?;
    if reader.rest().is_empty() {
        Ok(element)
    } else {
        Err(reader.problem(format!("nothing may follow after `</{}>`", element.name)))
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn problem(&self, message: impl Into<String>) -> Problem {
        Problem::new(self.at, message)
    }

    fn take(&mut self, word: &str) -> bool {
        let found = self.rest().starts_with(word);
        if found {
            self.at += word.len();
        }
        found
    }

    fn take_while(&mut self, of: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|c| !of(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn skip_space(&mut self) {
        self.take_while(char::is_whitespace);
    }

    fn skip_past(&mut self, end: &str, what: &str) -> Result<(), Problem> {
        match self.rest().find(end) {
            Some(at) => {
                self.at += at + end.len();
                Ok(())
            }
            None => Err(self.problem(format!("{what} has no end: `{end}` is missing"))),
        }
    }

    /// Skips what may stand around elements: space and comments.
    fn skip_between(&mut self) -> Result<(), Problem> {
        loop {
            self.skip_space();
            let at = self.at;
            if self.take("<!--") {
                self.skip_past("-->", "this comment")?;
            } else if self.rest().starts_with("<!") || self.rest().starts_with("<?") {
                return Err(self.problem(
                    "FetchXML has elements and comments alone: leave out what begins with `<!` or `<?`",
                ));
            } else {
                debug_assert!(self.at >= at);
                return Ok(());
            }
        }
    }

    fn name(&mut self, what: &str) -> Result<&'t str, Problem> {
        let at = self.at;
        let name = self.take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'));
        if name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            Ok(name)
        } else {
            Err(Problem::new(at, format!("{what} is expected here")))
        }
    }

    /// Reads the element that begins here, with `<`.
    fn element(&mut self, depth: usize) -> Result<Element, Problem> {
        let at = self.at;
        if depth > DEEPEST {
            return Err(self.problem(format!("elements are nested more than {DEEPEST} deep")));
        }
        self.take("<");
        let name = self.name("the name of an element, such as `<entity`,")?;
        let mut element = Element {
            name: name.to_owned(),
            at,
            ..Element::default()
        };
        loop {
            let before = self.at;
            self.skip_space();
            if self.take("/>") {
                return Ok(element);
            }
            if self.take(">") {
                break;
            }
            if self.rest().is_empty() {
                return Err(Problem::new(at, format!("`<{name}` has no end: `>` is missing")));
            }
            if before == self.at {
                return Err(self.problem(format!("a space, `>` or `/>` is expected in `<{name}`")));
            }
            let attribute = self.attribute(name)?;
            if element.attribute(&attribute.name).is_some() {
                let message = format!("`<{name}>` has two attributes `{}`", attribute.name);
                return Err(Problem::new(attribute.name_at, message));
            }
            element.attributes.push(attribute);
        }
        self.content(&mut element, depth)?;
        Ok(element)
    }

    fn attribute(&mut self, element: &str) -> Result<Attribute, Problem> {
        let at = self.at;
        let name = self.name(&format!("an attribute of `<{element}>`"))?;
        self.skip_space();
        if !self.take("=") {
            return Err(self.problem(format!("`=` is expected after the attribute `{name}`")));
        }
        self.skip_space();
        let quote = match self.rest().chars().next() {
            Some(quote @ ('"' | '\'')) => quote,
            _ => return Err(self.problem(format!("the value of `{name}` needs quotes: `{name}=\"…\"`"))),
        };
        self.at += 1;
        let start = self.at;
        let raw = self.take_while(|c| c != quote);
        if self.rest().is_empty() {
            return Err(Problem::new(
                at,
                format!("the value of `{name}` has no closing quote"),
            ));
        }
        self.at += 1;
        if let Some(angle) = raw.find('<') {
            let message =
                format!("`<` in the value of `{name}` is written as `&lt;`, or its quote is missing");
            return Err(Problem::new(start + angle, message));
        }
        Ok(Attribute {
            name: name.to_owned(),
            value: unescaped(raw, start)?,
            at: start,
            name_at: at,
        })
    }

    /// Reads up to and with the closing tag.
    fn content(&mut self, element: &mut Element, depth: usize) -> Result<(), Problem> {
        loop {
            let start = self.at;
            let raw = self.take_while(|c| c != '<');
            element.text.push_str(&unescaped(raw, start)?);
            if self.rest().is_empty() {
                let message = format!("`<{0}>` is not closed: `</{0}>` is missing", element.name);
                return Err(Problem::new(element.at, message));
            }
            self.skip_between()?;
            let at = self.at;
            if self.take("</") {
                let name = self.name("the name of the element that is closed")?;
                if name != element.name {
                    let message = format!("`</{name}>` stands where `</{}>` is expected", element.name);
                    return Err(Problem::new(at, message));
                }
                self.skip_space();
                return if self.take(">") {
                    Ok(())
                } else {
                    Err(self.problem(format!("`>` is expected after `</{name}`")))
                };
            }
            if self.rest().starts_with('<') {
                let child = self.element(depth + 1)?;
                element.children.push(child);
            }
        }
    }
}

/// The text that characters with references stand for.
///
/// # Errors
/// If there is a reference that XML doesn't have.
pub fn unescape(raw: &str) -> Result<String, Problem> {
    unescaped(raw, 0)
}

fn unescaped(raw: &str, start: usize) -> Result<String, Problem> {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        let place = start + raw.len() - rest.len() + at;
        let end = rest[at..].find(';').map(|end| at + end);
        let reference = end.map(|end| &rest[at + 1..end]);
        let character = reference.and_then(referred);
        let (Some(end), Some(character)) = (end, character) else {
            return Err(Problem::new(
                place,
                "`&` is written as `&amp;`; the other references are `&lt;`, `&gt;`, `&quot;`, `&apos;` and numbers such as `&#10;`",
            ));
        };
        text.push(character);
        rest = &rest[end + 1..];
    }
    text.push_str(rest);
    Ok(text)
}

fn referred(reference: &str) -> Option<char> {
    match reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        number => {
            let number = number.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

/// Appends text so that it stands in an attribute or an element as itself. Characters that no XML can hold become U+FFFD.
pub fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\0'..' ' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            plain => out.push(plain),
        }
    }
}

/// Appends an element without comments and space between elements: URLs have a longest length.
pub fn write(element: &Element, out: &mut String) {
    out.push('<');
    out.push_str(&element.name);
    for attribute in &element.attributes {
        out.push(' ');
        out.push_str(&attribute.name);
        out.push_str("=\"");
        escape(&attribute.value, out);
        out.push('"');
    }
    // The space of a value belongs to it; elsewhere it is how the text was laid out.
    let is_text = element.name == "value" || !element.text.trim().is_empty();
    let text = if is_text { element.text.as_str() } else { "" };
    if element.children.is_empty() && text.is_empty() {
        out.push_str("/>");
        return;
    }
    out.push('>');
    escape(text, out);
    for child in &element.children {
        write(child, out);
    }
    out.push_str("</");
    out.push_str(&element.name);
    out.push('>');
}

#[cfg(test)]
mod tests;
