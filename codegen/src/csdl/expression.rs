//! The value of an annotation, as far as annotations of interest have one.

use super::document::Text;
use super::error::CsdlError;
use super::source::{Source, Tag};

/// A constant, a record or a collection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value<'a> {
    /// Not given, or computed.
    None,
    /// Any constant or path.
    Text(Text<'a>),
    /// Named values.
    Record(Vec<(Text<'a>, Value<'a>)>),
    /// A list of values.
    Collection(Vec<Value<'a>>),
}

impl<'a> Value<'a> {
    /// Takes the value of that name out of a record.
    pub(super) fn take(&mut self, name: &str) -> Self {
        match self {
            Self::Record(fields) => fields
                .iter_mut()
                .find(|(field, _)| field == name)
                .map_or(Self::None, |(_, value)| std::mem::replace(value, Self::None)),
            _ => Self::None,
        }
    }

    /// The items of a collection; none of anything else.
    pub(super) fn into_items(self) -> Vec<Self> {
        match self {
            Self::Collection(items) => items,
            _ => Vec::new(),
        }
    }

    /// The text of a constant.
    pub(super) fn into_text(self) -> Option<Text<'a>> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A truth value; a tag without any value says yes.
    pub(super) fn as_bool(&self) -> Option<bool> {
        match self {
            Self::None => Some(true),
            Self::Text(text) => boolean(text),
            _ => None,
        }
    }
}

/// A truth value as XML writes it.
pub(super) fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// The value of an `Annotation` or a `PropertyValue`: an attribute, else the first child. Reads the element to its end.
pub(super) fn value<'a>(source: &mut Source<'a>, tag: &Tag<'a>) -> Result<Value<'a>, CsdlError> {
    const CONSTANTS: [&str; 7] = [
        "String",
        "Bool",
        "EnumMember",
        "PropertyPath",
        "Path",
        "Int",
        "AnnotationPath",
    ];
    let attribute = source.attributes(tag, CONSTANTS)?.into_iter().flatten().next();
    let mut value = attribute.map_or(Value::None, Value::Text);
    while let Some(child) = source.child(tag)? {
        if value == Value::None {
            value = expression(source, &child)?;
        } else {
            source.skip(&child)?;
        }
    }
    Ok(value)
}

/// The value that an element is. Recursion ends where nesting does.
fn expression<'a>(source: &mut Source<'a>, tag: &Tag<'a>) -> Result<Value<'a>, CsdlError> {
    match tag.name {
        "Collection" => {
            let mut items = Vec::new();
            while let Some(child) = source.child(tag)? {
                items.push(expression(source, &child)?);
            }
            Ok(Value::Collection(items))
        }
        "Record" => {
            let mut fields = Vec::new();
            while let Some(child) = source.child(tag)? {
                let [name] = source.attributes(&child, ["Property"])?;
                match name {
                    Some(name) if child.name == "PropertyValue" => {
                        fields.push((name, value(source, &child)?));
                    }
                    _ => source.skip(&child)?,
                }
            }
            Ok(Value::Record(fields))
        }
        "String" | "Bool" | "EnumMember" | "PropertyPath" | "Path" | "Int" | "AnnotationPath" => {
            Ok(Value::Text(source.content(tag)?))
        }
        _ => {
            source.skip(tag)?;
            Ok(Value::None)
        }
    }
}
