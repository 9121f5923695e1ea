//! JSON objects, field by field.

use super::value::{RawJson, Value, ValueWriter};
use crate::DecodeError;
use crate::message::Response;
use crate::text::json_object;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// An object of an answer.
#[derive(Debug)]
pub struct ObjectReader<'a> {
    fields: BTreeMap<String, &'a RawValue>,
}

impl<'a> ObjectReader<'a> {
    pub(crate) fn parse(json: RawJson<'a>) -> Result<Self, DecodeError> {
        let fields = serde_json::from_str(json.as_str());
        fields
            .map(|fields| Self { fields })
            .map_err(|_| DecodeError::mismatch("a JSON object", json.as_str()))
    }

    /// The object that an answer is. `expected`: what it should hold.
    pub(crate) fn answer(response: &'a Response, expected: &str) -> Result<Self, DecodeError> {
        Self::parse(RawJson::new(response.text(expected)?))
    }

    /// Reads the property `name`.
    ///
    /// # Errors
    /// If its value doesn't fit, or there is none and there has to be one.
    pub fn field<V: Value>(&self, name: &str) -> Result<V, DecodeError> {
        let json = self.fields.get(name).map(|raw| RawJson::new(raw.get()));
        let read = match json.filter(|json| !json.is_null()) {
            Some(json) => V::read(json),
            None => V::absent().ok_or_else(|| match json {
                Some(null) => DecodeError::mismatch(V::EXPECTED, null.as_str()),
                None => DecodeError::missing(V::EXPECTED),
            }),
        };
        read.map_err(|error| error.inside(name))
    }

    /// The JSON of a property, if it is there.
    pub(crate) fn json(&self, name: &str) -> Option<&'a str> {
        self.fields.get(name).map(|raw| raw.get())
    }

    pub(crate) fn into_fields(self) -> BTreeMap<String, &'a RawValue> {
        self.fields
    }
}

/// An object of a request.
#[derive(Debug)]
pub struct ObjectWriter {
    fields: Vec<(String, String)>,
    for_url: bool,
}

impl ObjectWriter {
    pub(crate) fn for_json() -> Self {
        Self {
            fields: Vec::new(),
            for_url: false,
        }
    }

    pub(crate) fn for_url() -> Self {
        Self {
            fields: Vec::new(),
            for_url: true,
        }
    }

    /// Writes the property `name`, unless `value` is a `None`.
    pub fn field<V: Value>(&mut self, name: &str, value: &V) {
        if !value.is_absent() {
            let mut writer = ValueWriter::new(self.for_url);
            value.write(&mut writer);
            self.fields.push((name.to_owned(), writer.finish()));
        }
    }

    /// Name and text of each property so far.
    pub(crate) fn fields(&self) -> &[(String, String)] {
        &self.fields
    }

    pub(crate) fn into_json(self) -> String {
        json_object(self.fields)
    }
}
