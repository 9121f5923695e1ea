//! What a query in FetchXML gives besides a row's own columns: those of linked tables, and values under names of its own.
//!
//! They stand in the row itself, as `person.fullname` (`person_x002e_fullname` by versions before 9), so that a linked row's
//! values are set aside while the row is read.

use crate::decode::Notes;
use crate::filter::logical_name;
use crate::kind::Text;
use crate::row::{FetchRow, Part};
use crate::select::{CURRENCY, FORMATTED, TARGET};
use crate::{Admits, Decode, Nullable, ReadAs, Table};
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, Error, MapAccess};
use serde_json::value::RawValue;
use std::cell::Cell;
use std::marker::PhantomData;

/// How a row reads columns of a linked table into a `V`. The derive makes it.
#[derive(Debug)]
pub struct Link<V> {
    alias: &'static str,
    table: &'static str,
    parts: &'static [Part],
    into: PhantomData<fn() -> V>,
}

/// How a row reads the columns that are linked under this alias.
pub const fn link<V: Linked>(alias: &'static str) -> Link<V> {
    Link {
        alias,
        table: V::TABLE,
        parts: V::PARTS,
        into: PhantomData,
    }
}

impl<V> Link<V> {
    /// The alias.
    pub const fn key(&self) -> &'static str {
        self.alias
    }

    /// The same as data.
    pub const fn part(&self) -> Part {
        Part::Link {
            alias: self.alias,
            table: self.table,
            parts: self.parts,
        }
    }
}

/// How a row reads a value under a name of the query's own into a `V`. The derive makes it.
#[derive(Debug)]
pub struct Alias<V> {
    alias: &'static str,
    target: bool,
    formatted: bool,
    into: PhantomData<fn() -> V>,
}

/// How a row reads the value of this name.
pub const fn alias<V: Decode>(alias: &'static str) -> Alias<V> {
    Alias {
        alias,
        target: V::NEEDS_TARGET,
        formatted: false,
        into: PhantomData,
    }
}

/// How a row reads the text that people see for the value of this name.
pub const fn formatted_alias<V: ReadAs<Text> + Admits<Nullable>>(alias: &'static str) -> Alias<V> {
    Alias {
        alias,
        target: false,
        formatted: true,
        into: PhantomData,
    }
}

impl<V> Alias<V> {
    /// The name.
    pub const fn key(&self) -> &'static str {
        self.alias
    }

    /// The same as data.
    pub const fn part(&self) -> Part {
        Part::Alias {
            alias: self.alias,
            target: self.target,
            formatted: self.formatted,
        }
    }
}

/// Types that hold columns of a linked table: a row `R`, or `Option<R>` where there may be no linked row.
///
/// Of a linked row whose columns are all empty an answer says the same as of none: nothing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't hold columns of a linked table",
    label = "expected `Option<R>` or `R`, where `R` derives `Row`"
)]
pub trait Linked: Sized {
    /// Logical name of the table.
    const TABLE: &'static str;
    /// What is read.
    const PARTS: &'static [Part];

    /// Reads it.
    ///
    /// # Errors
    /// If the JSON has another shape.
    #[doc(hidden)]
    fn linked<'de, M: MapAccess<'de>>(values: M, is_there: bool, notes: &Notes) -> Result<Self, M::Error>;
}

#[diagnostic::do_not_recommend]
impl<R: FetchRow> Linked for R {
    const TABLE: &'static str = R::Table::META.logical_name;
    const PARTS: &'static [Part] = R::PARTS;

    fn linked<'de, M: MapAccess<'de>>(mut values: M, _: bool, notes: &Notes) -> Result<Self, M::Error> {
        R::read_object(&mut values, notes)
    }
}

impl<R: FetchRow> Linked for Option<R> {
    const TABLE: &'static str = R::Table::META.logical_name;
    const PARTS: &'static [Part] = R::PARTS;

    fn linked<'de, M: MapAccess<'de>>(
        mut values: M,
        is_there: bool,
        notes: &Notes,
    ) -> Result<Self, M::Error> {
        is_there.then(|| R::read_object(&mut values, notes)).transpose()
    }
}

/// A property of a linked row.
#[derive(Clone, Copy, Debug)]
pub struct Property {
    name: &'static str,
    annotation: Option<&'static str>,
}

/// The values of a linked row that were found in a row.
#[derive(Debug, Default)]
pub struct Values<'de>(Vec<(Property, &'de RawValue)>);

/// Which of these parts is the link that the property `key` of the row belongs to, and which property of the linked row it is.
pub fn link_of(key: &str, parts: &[Part], found: &Cell<Option<Property>>) -> Option<usize> {
    parts.iter().position(|part| {
        let Part::Link { alias, parts, .. } = part else {
            return false;
        };
        let property = of_alias(key, alias).and_then(|name| property(name, parts));
        if property.is_some() {
            found.set(property);
        }
        property.is_some()
    })
}

/// What stands after the alias of a link.
fn of_alias<'k>(key: &'k str, alias: &str) -> Option<&'k str> {
    let rest = key.strip_prefix(alias)?;
    rest.strip_prefix('.').or_else(|| rest.strip_prefix("_x002e_"))
}

/// The property of a linked row that is called so in the row. Lookups are called by their logical names there.
fn property(name: &str, parts: &[Part]) -> Option<Property> {
    let (name, annotation) = match name.split_once('@') {
        None => (name, None),
        Some((name, FORMATTED)) => (name, Some(FORMATTED)),
        Some((name, TARGET)) => (name, Some(TARGET)),
        Some(_) => return None,
    };
    let is_meant = |property: &str| property == name || logical_name(property) == name;
    let found = parts.iter().find_map(|part| match part {
        Part::Column { property, .. } | Part::Formatted { property } | Part::Target { property }
            if is_meant(property) =>
        {
            Some(*property)
        }
        Part::Column { currency: true, .. } if is_meant(CURRENCY) => Some(CURRENCY),
        _ => None,
    });
    found.map(|name| Property { name, annotation })
}

/// Whether the property `key` of a row holds the property `inner` of the row that is linked by this alias.
pub(crate) fn holds(key: &str, alias: &str, inner: &str) -> bool {
    of_alias(key, alias).is_some_and(|name| name == inner || name == logical_name(inner))
}

/// Sets the value of a property of a linked row aside.
pub fn set_aside<'de, M: MapAccess<'de>>(
    object: &mut M,
    property: Option<Property>,
    values: &mut Values<'de>,
) -> Result<(), M::Error> {
    let value: &'de RawValue = object.next_value()?;
    if let Some(property) = property.filter(|_| value.get() != "null") {
        values.0.push((property, value));
    }
    Ok(())
}

/// The linked row that these values are.
pub fn finish<'de, V: Linked, R: FetchRow, E: Error>(
    alias: &'static str,
    values: Values<'de>,
    notes: &Notes,
) -> Result<V, E> {
    let is_there = !values.0.is_empty();
    let values = Reader {
        values: values.0.into_iter(),
        value: None,
        error: PhantomData,
    };
    V::linked(values, is_there, notes).map_err(|cause| {
        notes.property(
            R::Table::META.logical_name,
            alias,
            "what the link leads to",
            cause,
        )
    })
}

/// Gives the values that were set aside as an object.
struct Reader<'de, E> {
    values: std::vec::IntoIter<(Property, &'de RawValue)>,
    value: Option<&'de RawValue>,
    error: PhantomData<E>,
}

impl<'de, E: Error> MapAccess<'de> for Reader<'de, E> {
    type Error = E;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, E> {
        let Some((property, value)) = self.values.next() else {
            return Ok(None);
        };
        self.value = Some(value);
        let read = match property.annotation {
            None => seed.deserialize(StrDeserializer::new(property.name)),
            Some(annotation) => {
                let key = format!("{}@{annotation}", property.name);
                seed.deserialize(StrDeserializer::new(&key))
            }
        };
        read.map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, E> {
        let text = self.value.take().map_or("null", RawValue::get);
        seed.deserialize(&mut serde_json::Deserializer::from_str(text))
            // Its place in this text says nothing. Where the row ends is said instead.
            .map_err(|cause| E::custom(format_args!("{cause} of the value")))
    }
}

/// Fails, while compiling, if a row that stands where others are linked reads more than columns.
#[expect(
    clippy::panic,
    reason = "it runs while compiling, where a panic is the error message"
)]
pub const fn refuse_links(parts: &[Part]) {
    let mut at = 0;
    while at < parts.len() {
        if let Part::Link { parts, .. } = parts[at] {
            let mut inner = 0;
            while inner < parts.len() {
                if !matches!(
                    parts[inner],
                    Part::Column { .. } | Part::Formatted { .. } | Part::Target { .. }
                ) {
                    panic!(
                        "a linked row reads columns alone: leave out its version, its aliases and its related rows, and \
                         make links of links fields of the row that is asked for"
                    );
                }
                inner += 1;
            }
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_and_lookups_by_both_names_are_known() {
        let column = |property| Part::Column {
            property,
            target: false,
            currency: false,
        };
        const INNER: &[Part] = &[Part::Target {
            property: "_parentcustomerid_value",
        }];
        let parts = [
            column("name"),
            Part::Link {
                alias: "person",
                table: "contact",
                parts: INNER,
            },
        ];
        let found = Cell::new(None);
        for key in [
            "person.parentcustomerid",
            "person._parentcustomerid_value",
            "person_x002e_parentcustomerid",
            "person.parentcustomerid@Microsoft.Dynamics.CRM.lookuplogicalname",
        ] {
            assert_eq!(link_of(key, &parts, &found), Some(1), "{key}");
            let property = found.take().unwrap();
            assert_eq!(property.name, "_parentcustomerid_value");
            assert_eq!(property.annotation.is_some(), key.contains('@'));
        }
        for key in [
            "name",
            "person",
            "person.",
            "personx.parentcustomerid",
            "person.fullname",
            "person.parentcustomerid@odata.type",
        ] {
            assert_eq!(link_of(key, &parts, &found), None, "{key}");
        }
    }
}
