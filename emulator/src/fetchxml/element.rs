//! XML as a tree of elements, within bounds.

use super::invalid;
use crate::Fault;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

/// The longest document, in bytes. The service takes addresses of half of that, in a batch.
const LONGEST: usize = 128 * 1_024;
/// How deep elements may nest.
const DEEPEST: usize = 48;
/// The most elements.
const MOST: usize = 20_000;
/// The most attributes of an element.
const MOST_ATTRIBUTES: usize = 40;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    /// Its attributes, without those of other namespaces.
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Element>,
    /// Its text, without that of its children.
    pub(super) text: String,
}

/// Reads a document.
pub(super) fn document(xml: &str) -> Result<Element, Fault> {
    if xml.len() > LONGEST {
        return Err(invalid(format!("The FetchXML is longer than {LONGEST} bytes.")));
    }
    let mut reader = Reader::from_str(xml.trim_start_matches('\u{feff}'));
    // The document itself is the element that is always open.
    let mut open = vec![Element::default()];
    let mut elements = 0;
    loop {
        let event = reader.read_event().map_err(|error| malformed(&error))?;
        match event {
            Event::Start(tag) => {
                open.push(element(&tag, &mut elements)?);
                // The document is one of them.
                if open.len() > DEEPEST + 1 {
                    return Err(invalid(format!(
                        "The FetchXML nests more than {DEEPEST} levels deep."
                    )));
                }
            }
            Event::Empty(tag) => {
                let element = element(&tag, &mut elements)?;
                innermost(&mut open)?.children.push(element);
            }
            Event::End(_) => {
                let done = open.pop().unwrap_or_default();
                innermost(&mut open)?.children.push(done);
            }
            Event::Text(text) => innermost(&mut open)?.text.push_str(&text.into_inner()),
            Event::CData(text) => innermost(&mut open)?.text.push_str(&text.into_inner()),
            Event::GeneralRef(reference) => innermost(&mut open)?.text.push_str(&referred(&reference)?),
            Event::DocType(_) => return Err(invalid("FetchXML has no document type.")),
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    let document = open.pop().unwrap_or_default();
    if let Some(unclosed) = open.pop() {
        // What was popped first is then the innermost element, not the document.
        drop(unclosed);
        return Err(invalid(format!(
            "The element '{}' of the FetchXML has no end.",
            super::shown(&document.name)
        )));
    }
    let mut roots = document.children.into_iter();
    match (roots.next(), roots.next()) {
        (Some(root), None) if document.text.trim().is_empty() => Ok(root),
        _ => Err(invalid("FetchXML has one root element, 'fetch'.")),
    }
}

fn innermost(open: &mut [Element]) -> Result<&mut Element, Fault> {
    open.last_mut()
        .ok_or_else(|| invalid("An element of the FetchXML ends that hasn't begun."))
}

fn element(tag: &BytesStart<'_>, elements: &mut usize) -> Result<Element, Fault> {
    *elements += 1;
    if *elements > MOST {
        return Err(invalid(format!("The FetchXML has more than {MOST} elements.")));
    }
    let mut attributes = Vec::new();
    // Looks for names that are there twice itself.
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| malformed(&error))?;
        if attributes.len() == MOST_ATTRIBUTES {
            return Err(invalid(format!(
                "An element of the FetchXML has more than {MOST_ATTRIBUTES} attributes."
            )));
        }
        let name: &str = attribute.key.as_ref();
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| malformed(&error))?;
        if attribute.value.contains('<') {
            return Err(invalid("A value in the FetchXML contains '<'."));
        }
        // Tools note in namespaces of their own what they are.
        if !name.contains(':') && name != "xmlns" {
            attributes.push((name.to_owned(), value.into_owned()));
        }
    }
    Ok(Element {
        name: tag.name().as_ref().to_owned(),
        attributes,
        ..Element::default()
    })
}

fn referred(reference: &BytesRef<'_>) -> Result<String, Fault> {
    let character = reference.resolve_char_ref().map_err(|error| malformed(&error))?;
    match character {
        Some(character) => Ok(character.to_string()),
        None => quick_xml::escape::resolve_predefined_entity(reference)
            .map(str::to_owned)
            .ok_or_else(|| {
                invalid(format!(
                    "'&{};' stands for no character.",
                    super::shown(reference)
                ))
            }),
    }
}

fn malformed(error: &dyn std::fmt::Display) -> Fault {
    invalid(format!(
        "The FetchXML is malformed: {}.",
        super::shown(&error.to_string())
    ))
}
