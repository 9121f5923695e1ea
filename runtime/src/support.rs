//! What the code of derives and of the generator calls. Not for use by hand.

use crate::column::same_text;
pub use crate::decode::Notes;
pub use crate::fetch_xml::checks as fetch_xml;
pub use crate::linked::{
    alias, finish as finish_link, formatted_alias, link, link_of, refuse_links, set_aside,
};
pub use crate::operation::show;
use crate::row::{FetchRow, Nested, Part, Read, Relation};
pub use crate::select::CURRENCY;
use crate::select::{FORMATTED, TARGET};
pub use crate::value::decimal_literal;
pub use crate::write::checks::{assign, empty_body, refuse_incomplete, refuse_longer};
use crate::{Decode, ReadAs, Table, Uuid, decode, kind};
use serde::Deserializer;
pub use serde::de::MapAccess;
use serde::de::{DeserializeSeed, Error, IgnoredAny};
use std::fmt;
use std::marker::PhantomData;

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
/// Stands for the row's currency, where the row reads it for its amounts alone.
pub const CURRENCY_OF_ROW: usize = usize::MAX - 1;

/// Whether a row reads which table a lookup refers to.
pub const fn reads_targets(parts: &[Part]) -> bool {
    let mut at = 0;
    while at < parts.len() {
        if matches!(
            parts[at],
            Part::Column { target: true, .. } | Part::Alias { target: true, .. }
        ) {
            return true;
        }
        at += 1;
    }
    false
}

/// Whether a row reads the currency of its amounts.
///
/// Fails, while compiling, for an amount that isn't in the row's currency.
#[expect(
    clippy::panic,
    reason = "it runs while compiling, where a panic is the error message"
)]
pub const fn reads_currency(parts: &[Part]) -> bool {
    let (mut at, mut reads) = (0, false);
    while at < parts.len() {
        if let Part::Column {
            property,
            currency: true,
            ..
        } = parts[at]
        {
            reads = true;
            if ends_with(property, "_base") {
                panic!(
                    "a column whose name ends in `_base` is in the organisation's currency, not the row's: read it as `Money`"
                );
            }
        }
        at += 1;
    }
    reads
}

const fn ends_with(text: &str, end: &str) -> bool {
    match text.len().checked_sub(end.len()) {
        Some(start) => match text.as_bytes().split_at_checked(start) {
            Some((_, rest)) => same_text(self::text(rest), end),
            None => false,
        },
        None => false,
    }
}

/// Fails, while compiling, if two fields read the same related rows. Other doubles the derive sees itself.
#[expect(
    clippy::panic,
    reason = "it runs while compiling, where a panic is the error message"
)]
pub const fn refuse_doubles(parts: &[Part]) {
    let mut at = 0;
    while at < parts.len() {
        let mut earlier = 0;
        while earlier < at {
            if let (
                Part::Expand { navigation, .. },
                Part::Expand {
                    navigation: other, ..
                },
            ) = (parts[at], parts[earlier])
                && same_text(navigation, other)
            {
                panic!("two fields of this row expand the same relationship");
            }
            if reads_target_twice(parts[at], parts[earlier]) || reads_target_twice(parts[earlier], parts[at])
            {
                panic!("a `Reference` knows its table itself: leave out the field with `target = ..`");
            }
            earlier += 1;
        }
        at += 1;
    }
}

const fn reads_target_twice(reference: Part, name: Part) -> bool {
    match (reference, name) {
        (
            Part::Column {
                property,
                target: true,
                ..
            },
            Part::Target { property: other },
        ) => same_text(property, other),
        _ => false,
    }
}

/// Fails, while compiling, if the service would refuse what the row expands
/// (<https://learn.microsoft.com/power-apps/developer/data-platform/webapi/query/join-tables>).
#[expect(
    clippy::panic,
    reason = "it runs while compiling, where a panic is the error message"
)]
pub const fn refuse_expands(parts: &[Part]) {
    if expands(parts) > MOST_EXPANDS {
        panic!("this row expands more than 15 relationships, counting those inside of related rows");
    }
    let mut at = 0;
    while at < parts.len() {
        if let Part::Expand { parts, .. } = parts[at]
            && expands_many_to_many(parts)
        {
            panic!(
                "a many-to-many relationship can't be expanded inside of a related row: query those rows by themselves"
            );
        }
        at += 1;
    }
}

/// The parts, of which all that fails while compiling is checked: those of a struct with parameters are known, and checked,
/// wherever it is used.
pub const fn checked(parts: &'static [Part]) -> &'static [Part] {
    refuse_doubles(parts);
    refuse_expands(parts);
    refuse_links(parts);
    let _ = reads_currency(parts);
    parts
}

/// How many relationships a query can expand.
const MOST_EXPANDS: usize = 15;

const fn expands(parts: &[Part]) -> usize {
    let (mut at, mut count) = (0, 0);
    while at < parts.len() {
        if let Part::Expand { parts, .. } = parts[at] {
            count += 1 + expands(parts);
        }
        at += 1;
    }
    count
}

const fn expands_many_to_many(parts: &[Part]) -> bool {
    let mut at = 0;
    while at < parts.len() {
        if let Part::Expand { relation, parts, .. } = parts[at]
            && (matches!(relation, Relation::ManyToMany) || expands_many_to_many(parts))
        {
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
            .position(|part| matches!(part, Part::Column { property, target: true, .. } | Part::Alias { alias: property, target: true, formatted: false } if *property == name))
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

/// Reads a single value.
struct ValueSeed<V>(PhantomData<V>);

impl<'de, V: Decode> DeserializeSeed<'de> for ValueSeed<V> {
    type Value = V;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<V, D::Error> {
        V::decode(from)
    }
}

/// Reads related rows.
struct NestedSeed<'n, V>(&'n Notes, PhantomData<V>);

impl<'de, V: Nested> DeserializeSeed<'de> for NestedSeed<'_, V> {
    type Value = V;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<V, D::Error> {
        V::nested(from, self.0)
    }
}

/// Reads the value of the property `key` of a row of `R`.
#[inline]
pub fn value<'de, V: Decode, R: FetchRow, M: MapAccess<'de>>(
    key: &'static str,
    object: &mut M,
    notes: &Notes,
) -> Result<Option<V>, M::Error> {
    let read = object.next_value_seed(ValueSeed::<V>(PhantomData));
    read.map(Some)
        .map_err(|cause| notes.property(R::Table::META.logical_name, key, V::EXPECTED, cause))
}

/// The same for the row's currency, which is kept for its amounts too.
pub fn value_and_currency<'de, V: Decode, R: FetchRow, M: MapAccess<'de>>(
    key: &'static str,
    object: &mut M,
    currency: &mut Option<Uuid>,
    notes: &Notes,
) -> Result<Option<V>, M::Error> {
    let raw: &'de serde_json::value::RawValue = object.next_value()?;
    *currency = decode::value(raw.get()).unwrap_or_default();
    let read = V::decode(&mut serde_json::Deserializer::from_str(raw.get()));
    read.map(Some).map_err(|cause| {
        let cause = M::Error::custom(cause);
        notes.property(R::Table::META.logical_name, key, V::EXPECTED, cause)
    })
}

/// Reads the currency of a row that has no field for it.
pub fn currency<'de, M: MapAccess<'de>>(object: &mut M) -> Result<Option<Uuid>, M::Error> {
    object.next_value_seed(ValueSeed::<Option<Uuid>>(PhantomData))
}

/// The value that was read of a row of `R`, or what stands for nothing.
#[inline]
pub fn finish<V: Decode, R: FetchRow, E: Error>(
    key: &'static str,
    read: Option<V>,
    target: Option<String>,
    currency: Option<Uuid>,
    notes: &Notes,
) -> Result<V, E> {
    let Some(mut value) = read.or_else(V::absent) else {
        let cause = E::missing_field(key);
        return Err(notes.property(R::Table::META.logical_name, key, V::EXPECTED, cause));
    };
    if let Some(target) = target {
        value.set_target(target);
    }
    if V::NEEDS_CURRENCY
        && let Some(currency) = currency
    {
        value.set_currency(currency);
    }
    Ok(value)
}

/// Reads the related rows that the property `key` of a row of `R` holds.
#[inline]
pub fn nested<'de, V: Nested, R: FetchRow, M: MapAccess<'de>>(
    key: &'static str,
    object: &mut M,
    notes: &Notes,
) -> Result<Option<V>, M::Error> {
    let read = object.next_value_seed(NestedSeed::<V>(notes, PhantomData));
    read.map(Some).map_err(|cause| {
        notes.property(
            R::Table::META.logical_name,
            key,
            "what the relationship leads to",
            cause,
        )
    })
}

/// The related rows that were read, or none.
#[inline]
pub fn finish_nested<V: Nested>(read: Option<V>) -> V {
    read.unwrap_or_else(V::absent)
}

/// How a row reads its version, which rows that are asked for always have. Related ones may come without.
pub const fn etag<V: ReadAs<kind::Text>>() -> Read<V> {
    Read::new(ETAG)
}

/// The property that holds the row's version.
pub const ETAG: &str = "@odata.etag";

/// The name of an annotation of `property`: `N` bytes of it.
pub const fn annotation_key<const N: usize>(property: &str, annotation: &str) -> [u8; N] {
    let (property, annotation) = (property.as_bytes(), annotation.as_bytes());
    let mut key = [0; N];
    let mut at = 0;
    while at < N {
        key[at] = if at < property.len() {
            property[at]
        } else if at == property.len() {
            b'@'
        } else {
            annotation[at - property.len() - 1]
        };
        at += 1;
    }
    key
}

/// The annotation that holds what people see.
pub const FORMATTED_ANNOTATION: &str = FORMATTED;
/// The annotation that holds the name of the table that a lookup refers to.
pub const TARGET_ANNOTATION: &str = TARGET;

/// Text from bytes that are text.
pub const fn text(bytes: &[u8]) -> &str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => "",
    }
}
