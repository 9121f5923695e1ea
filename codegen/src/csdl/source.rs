//! The XML beneath: elements in order, with their attributes, borrowed from the input.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::errors::{IllFormedError, SyntaxError};
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesDecl, BytesRef, Event};
use quick_xml::name::QName;
use quick_xml::reader::Reader;

use super::attributes::{Attributes, Value};
use super::document::Text;
use super::error::{CsdlError, CsdlErrorKind};
use crate::position::Position;

/// Elements may be nested this deep; Dataverse needs 12.
const DEEPEST: usize = 64;

/// Reads the input's elements one after the other.
pub(super) struct Source<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// The names of the elements whose end tag is still to come.
    open: Vec<&'a str>,
}

/// A start tag.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag<'a> {
    /// The name without prefix.
    pub(super) name: &'a str,
    /// Where its `<` is.
    pub(super) offset: usize,
    /// Where its name ends and the attributes begin.
    name_end: usize,
    /// Where the attributes end.
    end: usize,
    /// There is no end tag.
    empty: bool,
}

/// What comes next in the input.
enum Token<'a> {
    Open(Tag<'a>),
    Close,
    Text(Text<'a>),
    End,
}

impl<'a> Source<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            reader: Reader::from_str(text),
            open: Vec::new(),
        }
    }

    /// The root element, with only a declaration, comments and white space before it.
    pub(super) fn root(&mut self) -> Result<Tag<'a>, CsdlError> {
        loop {
            let before = self.offset();
            match self.next()? {
                Token::Open(tag) => return Ok(tag),
                Token::Close => {}
                Token::Text(text) if text.trim_ascii().is_empty() => {}
                Token::Text(_) => return Err(self.malformed(before, "expected `<`, found text")),
                Token::End => {
                    return Err(self.error(before, CsdlErrorKind::Truncated("the prolog".to_owned())));
                }
            }
        }
    }

    /// Makes sure that nothing follows the root element.
    pub(super) fn finish(&mut self) -> Result<(), CsdlError> {
        loop {
            let before = self.offset();
            match self.next()? {
                Token::End => return Ok(()),
                Token::Text(text) if text.trim_ascii().is_empty() => {}
                _ => return Err(self.malformed(before, "expected the end after the root element")),
            }
        }
    }

    /// The next child of `parent`, all of whose earlier children have been read or skipped.
    #[inline(always)]
    pub(super) fn child(&mut self, parent: &Tag<'a>) -> Result<Option<Tag<'a>>, CsdlError> {
        if parent.empty {
            return Ok(None);
        }
        loop {
            match self.next()? {
                Token::Open(tag) => return Ok(Some(tag)),
                Token::Close | Token::End => return Ok(None),
                Token::Text(_) => {}
            }
        }
    }

    /// Skips an element with all that's in it. What is skipped must still be well-formed.
    pub(super) fn skip(&mut self, tag: &Tag<'a>) -> Result<(), CsdlError> {
        let [] = self.attributes(tag, [])?;
        if tag.empty {
            return Ok(());
        }
        let outside = self.open.len();
        while self.open.len() >= outside {
            if let Token::Open(inner) = self.next()? {
                let [] = self.attributes(&inner, [])?;
            }
        }
        Ok(())
    }

    /// The text of an element, without its white space at both ends.
    pub(super) fn content(&mut self, tag: &Tag<'a>) -> Result<Text<'a>, CsdlError> {
        let mut content = Text::default();
        if tag.empty {
            return Ok(content);
        }
        loop {
            match self.next()? {
                Token::Text(text) if content.is_empty() => content = text,
                Token::Text(text) => content.to_mut().push_str(&text),
                Token::Open(inner) => self.skip(&inner)?,
                Token::Close | Token::End => break,
            }
        }
        Ok(match content {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim_ascii()),
            Cow::Owned(text) => Cow::Owned(text.trim_ascii().to_owned()),
        })
    }

    /// The values of the attributes of these names, each at its place.
    #[inline(always)]
    pub(super) fn attributes<const N: usize>(
        &self,
        tag: &Tag<'a>,
        names: [&str; N],
    ) -> Result<[Option<Text<'a>>; N], CsdlError> {
        let mut attributes = Attributes::new(self.text, tag.name_end, tag.end);
        // They mostly come in the order in which they are asked for.
        let mut values = [const { None }; N];
        for (value, name) in values.iter_mut().zip(names) {
            *value = attributes.expect(name).map(Cow::Borrowed);
        }
        self.other_attributes(tag, attributes, &names, &mut values)?;
        Ok(values)
    }

    fn other_attributes(
        &self,
        tag: &Tag<'a>,
        attributes: Attributes<'a>,
        names: &[&str],
        values: &mut [Option<Text<'a>>],
    ) -> Result<(), CsdlError> {
        for attribute in attributes {
            let (name, value) = attribute.map_err(|(at, what)| self.malformed(at, what))?;
            let value = self.normalized(tag, value)?;
            let Some(place) = names.iter().position(|one| *one == name) else {
                continue;
            };
            if values[place].replace(value).is_some() {
                return Err(self.malformed(tag.offset, &format!("the attribute `{name}` appears twice")));
            }
        }
        Ok(())
    }

    /// An attribute's value with references resolved and white space made spaces.
    fn normalized(&self, tag: &Tag<'a>, value: Value<'a>) -> Result<Text<'a>, CsdlError> {
        if value.plain {
            return Ok(Cow::Borrowed(value.raw));
        }
        if value.raw.contains('<') {
            return Err(self.malformed(tag.offset, "an attribute value contains `<`: is a quote missing?"));
        }
        Attribute {
            key: QName(""),
            value: Cow::Borrowed(value.raw),
        }
        .normalized_value(XmlVersion::Implicit1_0)
        .map_err(|error| self.malformed(tag.offset, &format!("an attribute value: {error}")))
    }

    /// Where a text of the document is, if it borrows from the input.
    pub(super) fn offset_of(&self, part: &str) -> Option<usize> {
        let offset = part.as_ptr().addr().checked_sub(self.text.as_ptr().addr())?;
        (offset < self.text.len()).then_some(offset)
    }

    /// An error at a byte of the input.
    #[cold]
    pub(super) fn error(&self, offset: usize, kind: CsdlErrorKind) -> CsdlError {
        CsdlError {
            kind,
            position: Position::of(self.text.as_bytes(), offset),
        }
    }

    /// The error of an element that lacks an attribute.
    #[cold]
    pub(super) fn missing(&self, tag: &Tag<'a>, attribute: &'static str) -> CsdlError {
        self.error(
            tag.offset,
            CsdlErrorKind::MissingAttribute {
                element: tag.name.to_owned(),
                attribute,
            },
        )
    }

    #[inline]
    fn offset(&self) -> usize {
        // Can't be cut: it counts bytes of a slice in memory.
        self.reader.buffer_position() as usize
    }

    #[inline(always)]
    fn next(&mut self) -> Result<Token<'a>, CsdlError> {
        loop {
            match self.reader.read_event() {
                Ok(Event::Start(tag)) => return self.start(tag.len(), tag.name().0.len(), false),
                Ok(Event::Empty(tag)) => return self.start(tag.len(), tag.name().0.len(), true),
                Ok(Event::End(_)) => {
                    self.open.pop();
                    return Ok(Token::Close);
                }
                Ok(Event::Text(text)) => return Ok(Token::Text(text.into_inner())),
                Ok(event) => {
                    if let Some(token) = self.rare(&event)? {
                        return Ok(token);
                    }
                }
                Err(error) => return Err(self.xml_error(&error)),
            }
        }
    }

    /// What is not in every document.
    #[cold]
    fn rare(&self, event: &Event<'a>) -> Result<Option<Token<'a>>, CsdlError> {
        match event {
            Event::CData(text) => Ok(Some(Token::Text(text.clone().into_inner()))),
            Event::GeneralRef(reference) => self.reference(reference).map(Some),
            Event::Decl(declaration) => self.check_encoding(declaration).map(|()| None),
            Event::DocType(kind) => Err(self.doctype(kind)),
            Event::Eof => self.end().map(Some),
            _ => Ok(None),
        }
    }

    /// The tag just read, whose content is `length` bytes long.
    #[inline(always)]
    fn start(&mut self, length: usize, name_length: usize, empty: bool) -> Result<Token<'a>, CsdlError> {
        let end = self.offset() - if empty { 2 } else { 1 };
        let start = end - length;
        let name_end = start + name_length;
        let name = local(&self.text[start..name_end]);
        let offset = start - 1;
        if self.open.len() >= DEEPEST {
            return Err(self.error(offset, CsdlErrorKind::TooDeep(DEEPEST)));
        }
        if !empty {
            self.open.push(name);
        }
        Ok(Token::Open(Tag {
            name,
            offset,
            name_end,
            end,
            empty,
        }))
    }

    fn end(&self) -> Result<Token<'a>, CsdlError> {
        match self.open.last() {
            Some(name) => Err(self.error(
                self.text.len(),
                CsdlErrorKind::Truncated(format!("the element `{name}`")),
            )),
            None => Ok(Token::End),
        }
    }

    fn reference(&self, reference: &BytesRef<'a>) -> Result<Token<'a>, CsdlError> {
        let at = self.offset().saturating_sub(reference.len() + 2);
        let resolved = match reference.resolve_char_ref() {
            Ok(Some(character)) => Some(Cow::Owned(character.to_string())),
            Ok(None) => quick_xml::escape::resolve_predefined_entity(reference).map(Cow::Borrowed),
            Err(_) => None,
        };
        match resolved {
            Some(text) => Ok(Token::Text(text)),
            None => Err(self.malformed(at, &format!("`&{};` stands for no character", &**reference))),
        }
    }

    /// Refuses an encoding that the bytes, which are valid UTF-8, can't be trusted to be in.
    fn check_encoding(&self, declaration: &BytesDecl<'_>) -> Result<(), CsdlError> {
        let Some(Ok(name)) = declaration.encoding() else {
            return Ok(());
        };
        // A string that .NET wrote says UTF-16 of itself even after it was saved as UTF-8.
        let known = ["utf-8", "utf8", "us-ascii", "ascii", "utf-16"]
            .iter()
            .any(|one| one.eq_ignore_ascii_case(&name));
        if known || self.text.is_ascii() {
            return Ok(());
        }
        Err(self.error(0, CsdlErrorKind::Encoding(format!("in the encoding `{name}`"))))
    }

    #[cold]
    fn doctype(&self, content: &str) -> CsdlError {
        let html = content
            .as_bytes()
            .get(..4)
            .is_some_and(|name| name.eq_ignore_ascii_case(b"html"));
        let kind = if html {
            CsdlErrorKind::SignInPage
        } else {
            CsdlErrorKind::Doctype
        };
        self.error(
            self.offset().saturating_sub(content.len() + "<!DOCTYPE >".len()),
            kind,
        )
    }

    #[cold]
    fn malformed(&self, offset: usize, what: &str) -> CsdlError {
        self.error(offset, CsdlErrorKind::Malformed(what.to_owned()))
    }

    /// What the XML reader refused: the end of the input within markup, or a fault.
    #[cold]
    fn xml_error(&self, error: &quick_xml::Error) -> CsdlError {
        // Can't be cut, as above.
        let at = self.reader.error_position() as usize;
        let rest = self.text.get(at..).unwrap_or_default();
        let cut = match error {
            quick_xml::Error::Syntax(SyntaxError::InvalidBangMarkup) => ["<!--", "<![CDATA[", "<!DOCTYPE"]
                .iter()
                .any(|markup| markup.starts_with(rest)),
            quick_xml::Error::Syntax(_) => self.offset() >= self.text.len() || rest == "<",
            quick_xml::Error::IllFormed(IllFormedError::UnclosedReference) => !rest.contains(['<', ';']),
            _ => false,
        };
        if cut {
            let what = "the markup that starts here (unless a quote or `>` is missing in it)".to_owned();
            return self.error(at, CsdlErrorKind::Truncated(what));
        }
        self.malformed(at, &error.to_string())
    }
}

/// A name without prefix.
#[inline]
fn local(name: &str) -> &str {
    // Goes forward in a loop without exit, which the compiler makes one of few steps.
    if !name.bytes().fold(false, |any, byte| any | (byte == b':')) {
        return name;
    }
    name.rsplit(':').next().unwrap_or(name)
}
