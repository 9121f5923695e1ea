//! XML that stands in the program itself, so that each name and value has a place that the compiler can point at.

use dataverse_fetchxml::{Attribute, DEEPEST, Element, unescape};
use proc_macro2::{Delimiter, Span, TokenTree};
use syn::{Error, LitStr, Result};

/// Reads tokens that are one element, and the places of its parts.
pub(super) fn read(tokens: Vec<TokenTree>) -> Result<(Element, Vec<Span>)> {
    let mut reader = Reader {
        tokens: flat(tokens),
        at: 0,
        places: Vec::new(),
    };
    reader.skip_comments()?;
    let element = reader.element(0)?;
    reader.skip_comments()?;
    match reader.tokens.get(reader.at) {
        None => Ok((element, reader.places)),
        Some(more) => {
            let message = format!("nothing may follow after `</{}>`", element.name);
            Err(Error::new(more.span(), message))
        }
    }
}

/// The tokens without the invisible groups that macros by example put around what they hand on.
fn flat(tokens: Vec<TokenTree>) -> Vec<TokenTree> {
    let inner = |token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
            flat(group.stream().into_iter().collect())
        }
        token => vec![token],
    };
    tokens.into_iter().flat_map(inner).collect()
}

struct Reader {
    tokens: Vec<TokenTree>,
    at: usize,
    places: Vec<Span>,
}

impl Reader {
    /// The character of the token so many tokens further on, if it is punctuation.
    fn punct(&self, ahead: usize) -> Option<char> {
        match self.tokens.get(self.at + ahead) {
            Some(TokenTree::Punct(punct)) => Some(punct.as_char()),
            _ => None,
        }
    }

    fn is(&self, marks: &str) -> bool {
        marks
            .chars()
            .enumerate()
            .all(|(ahead, mark)| self.punct(ahead) == Some(mark))
    }

    fn take(&mut self, marks: &str) -> bool {
        let found = self.is(marks);
        if found {
            self.at += marks.len();
        }
        found
    }

    /// The place of the token that is next, or of the last one.
    fn span(&self) -> Span {
        let token = self.tokens.get(self.at).or(self.tokens.last());
        token.map_or_else(Span::call_site, TokenTree::span)
    }

    fn expected<T>(&self, what: &str) -> Result<T> {
        Err(Error::new(self.span(), format!("expected {what}")))
    }

    fn place(&mut self, span: Span) -> usize {
        self.places.push(span);
        self.places.len() - 1
    }

    fn skip_comments(&mut self) -> Result<()> {
        while self.is("<!") {
            let start = self.span();
            if !self.take("<!--") {
                return Err(Error::new(start, "FetchXML has elements and comments alone"));
            }
            while !self.take("-->") {
                if self.at >= self.tokens.len() {
                    return Err(Error::new(start, "this comment has no end: `-->` is missing"));
                }
                self.at += 1;
            }
        }
        Ok(())
    }

    /// Reads `link-entity`.
    fn name(&mut self, what: &str) -> Result<(String, Span)> {
        let span = self.span();
        let mut name = String::new();
        while let Some(TokenTree::Ident(word)) = self.tokens.get(self.at) {
            name.push_str(&word.to_string());
            self.at += 1;
            if self.punct(0) != Some('-') {
                return Ok((name, span));
            }
            name.push('-');
            self.at += 1;
        }
        self.expected(what)
    }

    /// Reads the element that begins here.
    fn element(&mut self, depth: usize) -> Result<Element> {
        if depth > DEEPEST {
            return Err(Error::new(
                self.span(),
                format!("elements are nested more than {DEEPEST} deep"),
            ));
        }
        if !self.take("<") {
            return self.expected("an element, such as `<fetch>`");
        }
        let (name, span) = self.name("the name of an element, such as `entity`")?;
        let mut element = Element {
            name,
            at: self.place(span),
            ..Element::default()
        };
        loop {
            if self.take("/>") {
                return Ok(element);
            }
            if self.take(">") {
                break;
            }
            let what = format!("an attribute of `<{}>`, `>` or `/>`", element.name);
            let (attribute, span) = self.attribute(&what)?;
            if element.attribute(&attribute.name).is_some() {
                let message = format!("`<{}>` has two attributes `{}`", element.name, attribute.name);
                return Err(Error::new(span, message));
            }
            element.attributes.push(attribute);
        }
        self.content(&mut element, span, depth)?;
        Ok(element)
    }

    fn attribute(&mut self, what: &str) -> Result<(Attribute, Span)> {
        let (name, span) = self.name(what)?;
        if !self.take("=") {
            return self.expected(&format!("`=` after the attribute `{name}`"));
        }
        let value_span = self.span();
        let value = match (self.string()?, self.tokens.get(self.at)) {
            (Some(value), _) => value,
            // What the compiler offers in place of a column that isn't there has no quotes.
            (None, Some(TokenTree::Ident(word))) => {
                let word = word.to_string().trim_start_matches("r#").to_owned();
                self.at += 1;
                word
            }
            _ => return self.expected(&format!("the value of `{name}` in quotes: `{name}=\"…\"`")),
        };
        let attribute = Attribute {
            name,
            value,
            at: self.place(value_span),
            name_at: self.place(span),
        };
        Ok((attribute, span))
    }

    /// Reads a string, if there is one.
    fn string(&mut self) -> Result<Option<String>> {
        let Some(TokenTree::Literal(literal)) = self.tokens.get(self.at) else {
            return Ok(None);
        };
        let Ok(text) = syn::parse2::<LitStr>(TokenTree::Literal(literal.clone()).into()) else {
            return Ok(None);
        };
        self.at += 1;
        let text = unescape(&text.value()).map_err(|problem| Error::new(text.span(), problem.message))?;
        Ok(Some(text))
    }

    /// Reads up to and with the closing tag.
    fn content(&mut self, element: &mut Element, start: Span, depth: usize) -> Result<()> {
        loop {
            self.skip_comments()?;
            if self.at >= self.tokens.len() {
                let message = format!("`<{0}>` is not closed: `</{0}>` is missing", element.name);
                return Err(Error::new(start, message));
            }
            if self.take("</") {
                let (name, span) = self.name("the name of the element that is closed")?;
                if name != element.name {
                    let message = format!("`</{name}>` stands where `</{}>` is expected", element.name);
                    return Err(Error::new(span, message));
                }
                return if self.take(">") {
                    Ok(())
                } else {
                    self.expected(&format!("`>` after `</{name}`"))
                };
            }
            if self.is("<") {
                let child = self.element(depth + 1)?;
                element.children.push(child);
            } else if element.text.is_empty() {
                let span = self.span();
                element.text = self.text()?;
                element.at = self.place(span);
            } else {
                // The compiler keeps no space between words.
                return self.expected("one word: put a text of several into quotes");
            }
        }
    }

    /// Reads a word, a number, a string, or a variable in braces.
    fn text(&mut self) -> Result<String> {
        if let Some(text) = self.string()? {
            return Ok(text);
        }
        let sign = if self.take("-") { "-" } else { "" };
        let text = match self.tokens.get(self.at) {
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                format!("{{{}}}", group.stream())
            }
            Some(TokenTree::Ident(word)) => word.to_string(),
            Some(TokenTree::Literal(number)) => format!("{sign}{number}"),
            _ => return self.expected("a value: a word, a number, a text in quotes, or `{variable}`"),
        };
        self.at += 1;
        Ok(text)
    }
}
