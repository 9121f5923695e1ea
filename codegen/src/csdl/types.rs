//! How types are named: primitive ones, those of the document, and others.

use super::document::Text;

/// A type as a property, a parameter or a return type names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeRef<'a> {
    /// `Collection(…)`.
    pub collection: bool,
    /// The type, or that of the items.
    pub name: TypeName<'a>,
}

/// The name of a type, with aliases and namespaces resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeName<'a> {
    /// A primitive type.
    Edm(EdmType),
    /// The local name of a type of this document's schemas, declared or not.
    Schema(Text<'a>),
    /// Anything else, as written.
    Other(Text<'a>),
}

/// The primitive types. Other abstract and spatial types are [`TypeName::Other`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is the type of that name in the Edm namespace")]
pub enum EdmType {
    Binary,
    Boolean,
    Byte,
    Date,
    DateTimeOffset,
    Decimal,
    Double,
    Duration,
    Guid,
    Int16,
    Int32,
    Int64,
    SByte,
    Single,
    Stream,
    String,
    TimeOfDay,
}

impl EdmType {
    /// The type of that name, which comes without its `Edm.`.
    pub fn from_local_name(name: &str) -> Option<Self> {
        Some(match name {
            "Binary" => Self::Binary,
            "Boolean" => Self::Boolean,
            "Byte" => Self::Byte,
            "Date" => Self::Date,
            "DateTimeOffset" => Self::DateTimeOffset,
            "Decimal" => Self::Decimal,
            "Double" => Self::Double,
            "Duration" => Self::Duration,
            "Guid" => Self::Guid,
            "Int16" => Self::Int16,
            "Int32" => Self::Int32,
            "Int64" => Self::Int64,
            "SByte" => Self::SByte,
            "Single" => Self::Single,
            "Stream" => Self::Stream,
            "String" => Self::String,
            "TimeOfDay" => Self::TimeOfDay,
            _ => return None,
        })
    }
}
