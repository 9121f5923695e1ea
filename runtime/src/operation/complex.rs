//! Complex types: the structures that parameters and answers are made of.

use super::NAMESPACE;
use super::object::{ObjectReader, ObjectWriter};
use super::value::{RawJson, Value, ValueWriter};
use crate::DecodeError;
use std::fmt;
use std::marker::PhantomData;

/// A structure of the service. Generated code implements it.
pub trait ComplexType: Sized {
    /// Its qualified name.
    const NAME: &'static str;

    /// Reads it.
    ///
    /// # Errors
    /// If a member has another type, or is missing.
    fn read(from: &ObjectReader<'_>) -> Result<Self, DecodeError>;

    /// Writes its members.
    fn write(&self, to: &mut ObjectWriter);
}

/// Shows a structure by its name and its members: generated code's `Debug`.
#[doc(hidden)]
pub fn show<C: ComplexType>(value: &C, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut members = ObjectWriter::for_json();
    value.write(&mut members);
    let name = C::NAME.strip_prefix(NAMESPACE).unwrap_or(C::NAME);
    write!(f, "{name} {}", members.into_json())
}

impl<C: ComplexType> Value for C {
    const EXPECTED: &'static str = C::NAME;
    const WRAPPED: bool = false;

    fn read(json: RawJson<'_>) -> Result<Self, DecodeError> {
        C::read(&ObjectReader::parse(json)?)
    }

    fn write(&self, to: &mut ValueWriter) {
        to.object(|object| C::write(self, object));
    }
}

/// So that a structure can hold another of its own type.
impl<C: ComplexType> ComplexType for Box<C> {
    const NAME: &'static str = C::NAME;

    fn read(from: &ObjectReader<'_>) -> Result<Self, DecodeError> {
        C::read(from).map(Self::new)
    }

    fn write(&self, to: &mut ObjectWriter) {
        C::write(self, to);
    }
}

/// Structures that can stand where `B` is expected. Generated code implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not derived from `{B}`",
    label = "this structure can't stand for `{B}`"
)]
pub trait Extends<B>: ComplexType {}
impl<B: ComplexType> Extends<B> for B {}

/// A value of the structure `B` or of one that is derived from it.
pub struct Derived<B> {
    type_name: Option<String>,
    json: String,
    of: PhantomData<fn() -> B>,
}

impl<B> Derived<B> {
    /// This value.
    pub fn new<C: Extends<B>>(value: &C) -> Self {
        let mut object = ObjectWriter::for_json();
        object.field("@odata.type", &format!("#{}", C::NAME));
        ComplexType::write(value, &mut object);
        Self {
            type_name: Some(C::NAME.to_owned()),
            json: object.into_json(),
            of: PhantomData,
        }
    }

    /// Qualified name of the value's own type, if the service told.
    pub fn type_name(&self) -> Option<&str> {
        self.type_name.as_deref()
    }

    /// Whether the service said that the value is a `C`.
    pub fn is<C: Extends<B>>(&self) -> bool {
        self.type_name() == Some(C::NAME)
    }

    /// Reads the value as a `C`.
    ///
    /// # Errors
    /// If it lacks something that a `C` has.
    pub fn read_as<C: Extends<B>>(&self) -> Result<C, DecodeError> {
        C::read(&ObjectReader::parse(RawJson::new(&self.json))?)
    }
}

impl<B> Clone for Derived<B> {
    fn clone(&self) -> Self {
        Self {
            type_name: self.type_name.clone(),
            json: self.json.clone(),
            of: PhantomData,
        }
    }
}

impl<B> fmt::Debug for Derived<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Derived({})", self.json)
    }
}

impl<B: ComplexType> Value for Derived<B> {
    const EXPECTED: &'static str = B::NAME;
    const WRAPPED: bool = false;

    fn read(json: RawJson<'_>) -> Result<Self, DecodeError> {
        let name: Option<String> = ObjectReader::parse(json)?.field("@odata.type")?;
        let type_name = name.map(|name| name.trim_start_matches('#').to_owned());
        Ok(Self {
            type_name,
            json: json.as_str().to_owned(),
            of: PhantomData,
        })
    }

    fn write(&self, to: &mut ValueWriter) {
        to.json(&self.json);
    }
}
