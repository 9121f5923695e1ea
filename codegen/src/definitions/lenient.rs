//! Reads values that may be of any JSON type: what doesn't fit becomes "missing" and a note.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::model::{Text, whole};
use super::notes::Notes;

/// A scalar: made of whichever JSON types it accepts.
pub(super) trait Scalar<'de>: Sized {
    /// What is accepted, for messages.
    const EXPECTED: &'static str;

    fn from_bool(_value: bool) -> Option<Self> {
        None
    }

    fn from_i64(_value: i64) -> Option<Self> {
        None
    }

    fn from_text(_value: Text<'de>) -> Option<Self> {
        None
    }
}

impl<'de> Scalar<'de> for Text<'de> {
    const EXPECTED: &'static str = "a text";

    fn from_text(value: Text<'de>) -> Option<Self> {
        Some(value)
    }
}

impl Scalar<'_> for bool {
    const EXPECTED: &'static str = "true or false";

    fn from_bool(value: bool) -> Option<Self> {
        Some(value)
    }
}

impl Scalar<'_> for i64 {
    const EXPECTED: &'static str = "a whole number";

    fn from_i64(value: i64) -> Option<Self> {
        Some(value)
    }
}

/// Reads a scalar. With `WRAPPED`, an object with the scalar as `Value` is accepted too: that is how
/// managed properties (`{"Value":…,"CanBeChanged":…}`) come.
pub(super) struct ScalarSeed<'n, T, const WRAPPED: bool> {
    notes: &'n Notes,
    name: &'n str,
    kind: PhantomData<T>,
}

impl<'n, T, const WRAPPED: bool> ScalarSeed<'n, T, WRAPPED> {
    /// Reads the property `name`.
    pub(super) fn new(notes: &'n Notes, name: &'n str) -> Self {
        Self {
            notes,
            name,
            kind: PhantomData,
        }
    }
}

impl<'de, T: Scalar<'de>, const WRAPPED: bool> ScalarSeed<'_, T, WRAPPED> {
    #[cold]
    fn wrong(&self, found: &str) -> Option<T> {
        self.notes.add(|| unfit(self.name, T::EXPECTED, found));
        None
    }
}

impl<'de, T: Scalar<'de>, const WRAPPED: bool> DeserializeSeed<'de> for ScalarSeed<'_, T, WRAPPED> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, T: Scalar<'de>, const WRAPPED: bool> Visitor<'de> for ScalarSeed<'_, T, WRAPPED> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_unit<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Option<T>, E> {
        Ok(T::from_bool(value).or_else(|| self.wrong(if value { "true" } else { "false" })))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Option<T>, E> {
        Ok(T::from_i64(value).or_else(|| self.wrong(&format!("the number {value}"))))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Option<T>, E> {
        let whole = i64::try_from(value).ok();
        Ok(whole
            .and_then(T::from_i64)
            .or_else(|| self.wrong(&format!("the number {value}"))))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Option<T>, E> {
        Ok(whole(value)
            .and_then(T::from_i64)
            .or_else(|| self.wrong(&format!("the number {value}"))))
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Option<T>, E> {
        Ok(T::from_text(Cow::Borrowed(value)).or_else(|| self.wrong(&quoted(value))))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Option<T>, E> {
        Ok(T::from_text(Cow::Owned(value.to_owned())).or_else(|| self.wrong(&quoted(value))))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Option<T>, A::Error> {
        drain_list(seq)?;
        Ok(self.wrong("a list"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<T>, A::Error> {
        if !WRAPPED {
            drain_object(map)?;
            return Ok(self.wrong("an object"));
        }
        let mut value = None;
        while let Some(key) = map.next_key_seed(Key)? {
            if key == "Value" {
                value = map.next_value_seed(ScalarSeed::<T, false>::new(self.notes, self.name))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(value)
    }
}

/// A property's name, borrowed unless it is written with escapes.
pub(super) struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Text<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Text<'de>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Text<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property's name")
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Text<'de>, E> {
        Ok(Cow::Borrowed(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Text<'de>, E> {
        Ok(Cow::Owned(value.to_owned()))
    }
}

/// Skips the rest of a list. Going through `IgnoredAny` keeps any depth off the stack.
pub(super) fn drain_list<'de, A: SeqAccess<'de>>(mut seq: A) -> Result<(), A::Error> {
    while seq.next_element::<IgnoredAny>()?.is_some() {}
    Ok(())
}

/// Skips the rest of an object.
pub(super) fn drain_object<'de, A: MapAccess<'de>>(mut map: A) -> Result<(), A::Error> {
    while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(())
}

/// The message for a property of an unexpected type.
pub(super) fn unfit(name: &str, expected: &str, found: &str) -> String {
    format!("{name}: expected {expected}, found {found}; taken as missing")
}

/// A text for a message, cut to a readable length.
pub(super) fn quoted(text: &str) -> String {
    const SHOWN: usize = 40;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("the text {:?}…", &text[..end]),
        None => format!("the text {text:?}"),
    }
}
