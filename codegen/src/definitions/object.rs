//! Reads objects and lists of objects, property by property.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::lenient::{Key, Scalar, ScalarSeed, drain_list, quoted, unfit};
use super::list::{ListSeed, Objects, Scalars};
use super::model::{RawNumber, Text};
use super::notes::Notes;

/// Something that is read from a JSON object.
pub(super) trait Object<'de>: Default {
    /// What it is, for messages.
    const EXPECTED: &'static str;

    /// Reads one property; an unknown one is skipped.
    fn property<A: MapAccess<'de>>(&mut self, property: Property<'_, 'de, A>) -> Result<(), A::Error>;

    /// The property without which the object is of no use, if it is missing.
    fn lacks(&self) -> Option<&'static str> {
        None
    }

    /// The column that it describes.
    fn column(&self) -> Option<&str> {
        None
    }
}

/// A property whose name is read and whose value is next.
pub(super) struct Property<'p, 'de, A> {
    /// Its name.
    pub(super) name: &'p Text<'de>,
    map: &'p mut A,
    notes: &'p Notes,
}

impl<'de, A: MapAccess<'de>> Property<'_, 'de, A> {
    /// Not of interest.
    pub(super) fn skip(self) -> Result<(), A::Error> {
        self.map.next_value::<IgnoredAny>().map(drop)
    }

    /// A scalar.
    pub(super) fn scalar<T: Scalar<'de>>(self, target: &mut Option<T>) -> Result<(), A::Error> {
        *target = self
            .map
            .next_value_seed(ScalarSeed::<T, false>::new(self.notes, self.name))?;
        Ok(())
    }

    /// A scalar inside `{"Value":…}`.
    pub(super) fn wrapped<T: Scalar<'de>>(self, target: &mut Option<T>) -> Result<(), A::Error> {
        *target = self
            .map
            .next_value_seed(ScalarSeed::<T, true>::new(self.notes, self.name))?;
        Ok(())
    }

    /// A scalar that stays at its default if it is missing.
    pub(super) fn required<T: Scalar<'de>>(self, target: &mut T) -> Result<(), A::Error> {
        let mut read = None;
        self.scalar(&mut read)?;
        if let Some(value) = read {
            *target = value;
        }
        Ok(())
    }

    /// A number, kept as it is written.
    pub(super) fn number(self, target: &mut Option<RawNumber<'de>>) -> Result<(), A::Error> {
        let text = self.map.next_value::<&'de RawValue>()?.get();
        *target = match text.as_bytes().first() {
            Some(b'0'..=b'9' | b'-') => Some(RawNumber(text)),
            Some(b'n') | None => None,
            Some(_) => {
                self.notes.add(|| unfit(self.name, "a number", kind_of(text)));
                None
            }
        };
        Ok(())
    }

    /// A list of scalars.
    pub(super) fn scalars<T: Scalar<'de>>(self, target: &mut Vec<T>) -> Result<(), A::Error> {
        target.clear();
        let read = Scalars { list: target };
        self.map.next_value_seed(ListSeed {
            notes: self.notes,
            name: self.name,
            elements: read,
        })
    }

    /// A list of objects; one that lacks its name is left out.
    pub(super) fn objects<T: Object<'de>>(self, target: &mut Vec<T>) -> Result<(), A::Error> {
        target.clear();
        self.each(|value| target.push(value))
    }

    /// Calls `add` with each object of a list.
    pub(super) fn each<T: Object<'de>>(self, add: impl FnMut(T)) -> Result<(), A::Error> {
        let elements = Objects {
            add,
            kind: PhantomData,
        };
        self.map.next_value_seed(ListSeed {
            notes: self.notes,
            name: self.name,
            elements,
        })
    }

    /// An object, read over the default.
    pub(super) fn object<T: Object<'de>>(self, target: &mut T) -> Result<Filled, A::Error> {
        let mark = self.notes.mark();
        let seed = Fill {
            target,
            notes: self.notes,
        };
        let filled = self.map.next_value_seed(seed)?;
        self.notes.inside(mark, || self.name.to_string());
        Ok(filled)
    }

    /// An object that may be missing.
    pub(super) fn maybe<T: Object<'de>>(self, target: &mut Option<T>) -> Result<(), A::Error> {
        let mut value = T::default();
        *target = (self.object(&mut value)? == Filled::Yes).then_some(value);
        Ok(())
    }

    /// An object that may be missing and is big.
    pub(super) fn boxed<T: Object<'de>>(self, target: &mut Option<Box<T>>) -> Result<(), A::Error> {
        let mut value = None;
        self.maybe(&mut value)?;
        *target = value.map(Box::new);
        Ok(())
    }
}

/// What came of reading an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Filled {
    Yes,
    Null,
    /// It is something else, and there is a note.
    No,
}

/// Reads an object over `target`; a note about a value that is none starts with a colon, for lack of a name.
pub(super) struct Fill<'n, T> {
    pub(super) target: &'n mut T,
    pub(super) notes: &'n Notes,
}

impl<T> Fill<'_, T> {
    #[cold]
    fn wrong(&self, expected: &str, found: &str) -> Filled {
        self.notes.add(|| unfit("", expected, found));
        Filled::No
    }
}

impl<'de, T: Object<'de>> DeserializeSeed<'de> for Fill<'_, T> {
    type Value = Filled;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Filled, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, T: Object<'de>> Visitor<'de> for Fill<'_, T> {
    type Value = Filled;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Filled, A::Error> {
        while let Some(name) = map.next_key_seed(Key)? {
            self.target.property(Property {
                name: &name,
                map: &mut map,
                notes: self.notes,
            })?;
        }
        Ok(Filled::Yes)
    }

    fn visit_unit<E: Error>(self) -> Result<Filled, E> {
        Ok(Filled::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Filled, E> {
        Ok(self.wrong(T::EXPECTED, if value { "true" } else { "false" }))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Filled, E> {
        Ok(self.wrong(T::EXPECTED, &format!("the number {value}")))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Filled, E> {
        Ok(self.wrong(T::EXPECTED, &format!("the number {value}")))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Filled, E> {
        Ok(self.wrong(T::EXPECTED, &format!("the number {value}")))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Filled, E> {
        Ok(self.wrong(T::EXPECTED, &quoted(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Filled, A::Error> {
        drain_list(seq)?;
        Ok(self.wrong(T::EXPECTED, "a list"))
    }
}

/// The kind of a valid JSON value, by its first byte.
pub(super) fn kind_of(json: &str) -> &'static str {
    match json.trim_start().as_bytes().first() {
        Some(b'{') => "an object",
        Some(b'[') => "a list",
        Some(b'"') => "a text",
        Some(b't') => "true",
        Some(b'f') => "false",
        Some(b'n') => "null",
        _ => "a number",
    }
}

/// Writes an [`Object`] as a table: the JSON property, the field and the way to read it.
macro_rules! object {
    (
        $type:ident, $expected:literal $(, lacks $lacks:expr)? $(, column $column:expr)?;
        $($name:literal => $field:ident: $how:ident,)*
    ) => {
        impl<'de> Object<'de> for $type<'de> {
            const EXPECTED: &'static str = $expected;

            fn property<A: MapAccess<'de>>(&mut self, property: Property<'_, 'de, A>) -> Result<(), A::Error> {
                match property.name.as_ref() {
                    $($name => property.$how(&mut self.$field).map(drop),)*
                    _ => property.skip(),
                }
            }

            $(fn lacks(&self) -> Option<&'static str> {
                let lacks: fn(&Self) -> Option<&'static str> = $lacks;
                lacks(self)
            })?

            $(fn column(&self) -> Option<&str> {
                let column: fn(&Self) -> &str = $column;
                Some(column(self))
            })?
        }
    };
}

pub(super) use object;
