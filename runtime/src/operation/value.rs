//! What parameters and answers of operations are made of.

use super::ObjectReader;
use super::object::ObjectWriter;
use crate::literal::{Literal, ToLiteral};
use crate::value::{Bytes, Json, Money};
use crate::{Decimal, Decode, DecodeError, Id, Timestamp, Uuid, civil, decode};

/// The JSON text of one value, as it stands in an answer.
#[derive(Clone, Copy, Debug)]
pub struct RawJson<'a>(&'a str);

impl<'a> RawJson<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self(text)
    }

    /// The text.
    pub fn as_str(self) -> &'a str {
        self.0
    }

    pub(crate) fn is_null(self) -> bool {
        self.0 == "null"
    }
}

/// A value that parameters and answers of operations can hold.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no value of an operation",
    label = "parameters and answers can't hold this type"
)]
pub trait Value: Sized {
    /// What errors say was expected.
    const EXPECTED: &'static str;
    /// Whether an answer that is this value holds it as its property `value`.
    const WRAPPED: bool = true;

    /// Reads the value from its JSON.
    ///
    /// # Errors
    /// If the JSON has another shape.
    fn read(json: RawJson<'_>) -> Result<Self, DecodeError>;

    /// Writes the value.
    fn write(&self, to: &mut ValueWriter);

    /// The value that stands for a property that is absent or null. `None`: there has to be one.
    fn absent() -> Option<Self> {
        None
    }

    /// Whether the value is written by leaving it out.
    fn is_absent(&self) -> bool {
        false
    }
}

/// Writes one value: as JSON, or as a parameter in a URL.
#[derive(Debug)]
pub struct ValueWriter {
    out: String,
    for_url: bool,
}

impl ValueWriter {
    pub(crate) fn new(for_url: bool) -> Self {
        Self {
            out: String::new(),
            for_url,
        }
    }

    pub(crate) fn finish(self) -> String {
        self.out
    }

    /// Whether the value becomes a parameter in a URL.
    pub fn is_for_url(&self) -> bool {
        self.for_url
    }

    /// Writes a single value.
    pub fn literal(&mut self, literal: &Literal) {
        if self.for_url {
            literal.push_odata(&mut self.out);
        } else {
            literal.push_json(&mut self.out);
        }
    }

    /// Writes JSON as it is.
    pub fn json(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// Writes an object.
    pub fn object(&mut self, write: impl FnOnce(&mut ObjectWriter)) {
        let mut object = ObjectWriter::for_json();
        write(&mut object);
        self.out.push_str(&object.into_json());
    }

    /// Writes an array. Inside of it, values are JSON in URLs too.
    pub fn array<V: Value>(&mut self, items: &[V]) {
        let items: Vec<_> = items.iter().map(json_of).collect();
        self.out.push_str(&format!("[{}]", items.join(",")));
    }
}

/// The JSON of a value.
pub(crate) fn json_of<V: Value>(value: &V) -> String {
    let mut writer = ValueWriter::new(false);
    value.write(&mut writer);
    writer.finish()
}

macro_rules! values {
    ($([$($of:tt)*] $type:ty),+ $(,)?) => {$(
        impl<$($of)*> Value for $type {
            const EXPECTED: &'static str = <Self as Decode>::EXPECTED;

            fn read(json: RawJson<'_>) -> Result<Self, DecodeError> {
                decode::value(json.as_str())
            }

            fn write(&self, to: &mut ValueWriter) {
                to.literal(&self.to_literal());
            }
        }
    )+};
}

values!(
    [] String, [] i32, [] i64, [] f64, [] bool, [] Decimal, [] Money, [] Uuid, [T] Id<T>, [] Timestamp, [] civil::Date,
    [] Bytes, [] Json,
);

impl<V: Value> Value for Option<V> {
    const EXPECTED: &'static str = V::EXPECTED;
    const WRAPPED: bool = V::WRAPPED;

    fn read(json: RawJson<'_>) -> Result<Self, DecodeError> {
        if json.is_null() {
            Ok(None)
        } else {
            V::read(json).map(Some)
        }
    }

    fn write(&self, to: &mut ValueWriter) {
        match self {
            Some(value) => value.write(to),
            None => to.json("null"),
        }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<V: Value> Value for Vec<V> {
    const EXPECTED: &'static str = "an array";

    fn read(json: RawJson<'_>) -> Result<Self, DecodeError> {
        let items: Vec<&serde_json::value::RawValue> = serde_json::from_str(json.as_str())
            .map_err(|_| DecodeError::mismatch(Self::EXPECTED, json.as_str()))?;
        let read = |(at, item): (usize, &serde_json::value::RawValue)| {
            V::read(RawJson::new(item.get())).map_err(|error| error.inside(&format!("[{at}]")))
        };
        items.into_iter().enumerate().map(read).collect()
    }

    fn write(&self, to: &mut ValueWriter) {
        to.array(self);
    }

    /// The service leaves out empty collections, or writes them as null.
    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}

/// What an operation gives.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be the answer of an operation",
    label = "expected `()`, a complex type, a record, a value or a `Vec` of them"
)]
pub trait Response: Sized {
    /// Reads it from the answer's body.
    ///
    /// # Errors
    /// If the body has another shape.
    fn from_body(body: &str) -> Result<Self, DecodeError>;
}

impl Response for () {
    fn from_body(_: &str) -> Result<Self, DecodeError> {
        Ok(())
    }
}

impl<V: Value> Response for V {
    fn from_body(body: &str) -> Result<Self, DecodeError> {
        let body = body.trim();
        match (body.is_empty(), V::WRAPPED) {
            (true, _) => V::absent().ok_or_else(|| DecodeError::missing(V::EXPECTED)),
            (false, true) => ObjectReader::parse(RawJson::new(body))?.field("value"),
            (false, false) => V::read(RawJson::new(body)),
        }
    }
}
