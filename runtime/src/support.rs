//! What the derives' code calls. Not for use by hand.

pub use crate::decode::Notes;
use crate::row::{Expand, Formatted, Nested, Part, Read};
use crate::select::TARGET;
use crate::value;
use crate::{Admits, Decode, Nullable, ReadAs, Row, Table, kind};
use serde::Deserializer;
pub use serde::de::MapAccess;
use serde::de::{DeserializeSeed, Error, IgnoredAny};
use std::fmt;
pub use value::decimal_literal;

/// Reads a property's name and gives what `find` makes of it.
#[derive(Clone, Copy)]
pub struct Key<F>(pub F);

impl<'de, F: FnOnce(&str) -> usize> DeserializeSeed<'de> for Key<F> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<usize, D::Error> {
        from.deserialize_str(self)
    }
}

impl<F: FnOnce(&str) -> usize> serde::de::Visitor<'_> for Key<F> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property's name")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<usize, E> {
        Ok((self.0)(key))
    }
}

/// Stands for a property that the row doesn't read.
pub const OTHER: usize = usize::MAX;

/// Whether a row reads which table a lookup refers to.
pub const fn reads_targets(parts: &[Part]) -> bool {
    let mut at = 0;
    while at < parts.len() {
        if matches!(parts[at], Part::Column { target: true, .. }) {
            return true;
        }
        at += 1;
    }
    false
}

/// What a property that holds no field's value is: the annotation for the lookup of field `n` gives `parts.len() + n`.
pub fn target_key(key: &str, parts: &[Part]) -> usize {
    let property = key.strip_suffix(TARGET).and_then(|start| start.strip_suffix('@'));
    let field = property.and_then(|name| {
        parts
            .iter()
            .position(|part| matches!(part, Part::Column { property, target: true } if *property == name))
    });
    field.map_or(OTHER, |field| parts.len() + field)
}

/// Reads past a value.
pub fn skip<'de, M: MapAccess<'de>>(object: &mut M) -> Result<(), M::Error> {
    object.next_value::<IgnoredAny>().map(drop)
}

/// Reads the name of a table.
pub fn target<'de, M: MapAccess<'de>>(object: &mut M) -> Result<Option<String>, M::Error> {
    object.next_value()
}

/// A field of a row as its code sees it.
pub trait Field {
    /// What the field holds.
    type Value;

    /// Reads the value of the property `key`.
    fn value<'de, R: Row, M: MapAccess<'de>>(
        &self,
        key: &'static str,
        object: &mut M,
        notes: &Notes,
    ) -> Result<Self::Value, M::Error>;

    /// Gives what was read, or what stands for nothing.
    fn finish<R: Row, E: Error>(
        &self,
        key: &'static str,
        read: Option<Self::Value>,
        target: Option<String>,
        notes: &Notes,
    ) -> Result<Self::Value, E>;
}

struct Value<V>(std::marker::PhantomData<V>);

impl<'de, V: Decode> DeserializeSeed<'de> for Value<V> {
    type Value = V;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<V, D::Error> {
        V::decode(from)
    }
}

fn missing<R: Row, E: Error>(key: &'static str, expected: &'static str, notes: &Notes) -> E {
    notes.property(R::Table::META.logical_name, key, expected, E::missing_field(key))
}

impl<V: Decode> Field for Read<V> {
    type Value = V;

    #[inline]
    fn value<'de, R: Row, M: MapAccess<'de>>(
        &self,
        key: &'static str,
        object: &mut M,
        notes: &Notes,
    ) -> Result<V, M::Error> {
        let read = object.next_value_seed(Value::<V>(std::marker::PhantomData));
        read.map_err(|cause| notes.property(R::Table::META.logical_name, key, V::EXPECTED, cause))
    }

    #[inline]
    fn finish<R: Row, E: Error>(
        &self,
        key: &'static str,
        read: Option<V>,
        target: Option<String>,
        notes: &Notes,
    ) -> Result<V, E> {
        let Some(mut value) = read.or_else(V::absent) else {
            return Err(missing::<R, E>(key, V::EXPECTED, notes));
        };
        if let Some(target) = target {
            value.set_target(target);
        }
        Ok(value)
    }
}

impl<V: Decode> Field for Formatted<V> {
    type Value = V;

    #[inline]
    fn value<'de, R: Row, M: MapAccess<'de>>(
        &self,
        key: &'static str,
        object: &mut M,
        notes: &Notes,
    ) -> Result<V, M::Error> {
        let read = object.next_value_seed(Value::<V>(std::marker::PhantomData));
        read.map_err(|cause| notes.property(R::Table::META.logical_name, key, V::EXPECTED, cause))
    }

    #[inline]
    fn finish<R: Row, E: Error>(
        &self,
        key: &'static str,
        read: Option<V>,
        _: Option<String>,
        notes: &Notes,
    ) -> Result<V, E> {
        read.or_else(V::absent)
            .ok_or_else(|| missing::<R, E>(key, V::EXPECTED, notes))
    }
}

struct Rows<'n, V>(&'n Notes, std::marker::PhantomData<V>);

impl<'de, V: Nested> DeserializeSeed<'de> for Rows<'_, V> {
    type Value = V;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<V, D::Error> {
        V::nested(from, self.0)
    }
}

const RELATED: &str = "what the relationship leads to";

impl<V: Nested> Field for Expand<V> {
    type Value = V;

    #[inline]
    fn value<'de, R: Row, M: MapAccess<'de>>(
        &self,
        key: &'static str,
        object: &mut M,
        notes: &Notes,
    ) -> Result<V, M::Error> {
        let read = object.next_value_seed(Rows::<V>(notes, std::marker::PhantomData));
        read.map_err(|cause| notes.property(R::Table::META.logical_name, key, RELATED, cause))
    }

    #[inline]
    fn finish<R: Row, E: Error>(
        &self,
        key: &'static str,
        read: Option<V>,
        _: Option<String>,
        notes: &Notes,
    ) -> Result<V, E> {
        read.or_else(V::absent)
            .ok_or_else(|| missing::<R, E>(key, RELATED, notes))
    }
}

/// How a row reads its version.
pub const fn etag<V: ReadAs<kind::Text> + Admits<Nullable>>() -> Read<V> {
    Read::new("@odata.etag")
}

/// The name of the property that holds what people see for `property`: `N` bytes of it.
pub const fn formatted_key<const N: usize>(property: &str) -> [u8; N] {
    let (property, suffix) = (property.as_bytes(), FORMATTED_SUFFIX.as_bytes());
    let mut key = [0; N];
    let mut at = 0;
    while at < N {
        key[at] = if at < property.len() {
            property[at]
        } else {
            suffix[at - property.len()]
        };
        at += 1;
    }
    key
}

/// What follows a property's name in the name of its formatted value.
pub const FORMATTED_SUFFIX: &str = "@OData.Community.Display.V1.FormattedValue";

/// Text from bytes that are text.
pub const fn text(bytes: &[u8]) -> &str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => "",
    }
}
