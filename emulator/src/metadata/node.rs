//! A definition as an object: its members by name, each with a value that JSON and conditions understand.

use dataverse_codegen::schema::Label;
use std::borrow::Cow;
use uuid::Uuid;

/// The members of an object in their order.
pub(super) type Members<'s> = Vec<(&'static str, Value<'s>)>;

/// A definition.
#[derive(Debug)]
pub(super) struct Node<'s> {
    /// The type, without its namespace: `StringAttributeMetadata`.
    pub(super) ty: &'static str,
    /// `MetadataId`.
    pub(super) id: Uuid,
    /// How many of the members are those of the first type in the hierarchy below `MetadataBase`, and simple.
    pub(super) first: usize,
    /// All members but `MetadataId`, `HasChanged` and navigation properties: simple ones, then complex ones.
    pub(super) members: Members<'s>,
}

/// The value of a member.
#[derive(Clone, Debug)]
pub(super) enum Value<'s> {
    /// Nothing, or something that the schema doesn't know.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Real(f64),
    /// A text.
    Text(Cow<'s, str>),
    /// The member of an enumeration.
    Word(Cow<'s, str>),
    /// An id.
    Id(Uuid),
    /// A point in time, as text.
    Time(&'static str),
    /// A text in several languages, with the id that its parts' ids come from.
    Label(&'s Label, Uuid, &'static str),
    /// A text in no language.
    NoLabel,
    /// A value that the publisher may lock: the value, whether it may be changed, and the property that says so.
    Managed(Flag, bool, &'static str),
    /// `{"Value": ...}`.
    Wrapped(Cow<'s, str>),
    /// An object of its own.
    Object(Members<'s>),
    /// Several values.
    List(Vec<Value<'s>>),
}

/// The value inside a managed property.
#[derive(Clone, Copy, Debug)]
pub(super) enum Flag {
    /// Yes or no.
    Bool(bool),
    /// The member of an enumeration.
    Word(&'static str),
}

impl<'s> Value<'s> {
    /// A text, or null.
    pub(super) fn text(text: Option<&'s str>) -> Self {
        text.map_or(Self::Null, |text| Self::Text(Cow::Borrowed(text)))
    }

    /// A text that stands in this program.
    pub(super) fn word(word: &'static str) -> Self {
        Self::Word(Cow::Borrowed(word))
    }

    /// A flag, or null.
    pub(super) fn flag(flag: Option<bool>) -> Self {
        flag.map_or(Self::Null, Self::Bool)
    }

    /// A number, or null.
    pub(super) fn int(number: Option<impl Into<i64>>) -> Self {
        number.map_or(Self::Null, |number| Self::Int(number.into()))
    }

    /// A number, or null.
    pub(super) fn real(number: Option<f64>) -> Self {
        number.map_or(Self::Null, Self::Real)
    }

    /// Several texts.
    pub(super) fn texts<I: Into<Cow<'s, str>>>(texts: impl IntoIterator<Item = I>) -> Self {
        Self::List(texts.into_iter().map(|text| Self::Text(text.into())).collect())
    }
}

impl<'s> Node<'s> {
    /// The member of this name.
    pub(super) fn member(&self, name: &str) -> Option<&Value<'s>> {
        self.members
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }
}
