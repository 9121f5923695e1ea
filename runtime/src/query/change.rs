//! A change, and how it is read.

use crate::decode::{self, Notes, Page};
use crate::row::{FetchRow, Part};
use crate::{DecodeError, Id, Row, Table};
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// A change of a table.
///
/// The names are those of the service's own interfaces: it doesn't tell new rows from updated ones.
pub enum Change<R: Row> {
    /// The row is new, or one of its columns has changed, be it one that isn't read.
    NewOrUpdated(R),
    /// The row is gone.
    RemovedOrDeleted(Id<R::Table>),
}

// Written by hand, because derives would ask the same of the table's marker.

impl<R: Row + Clone> Clone for Change<R> {
    fn clone(&self) -> Self {
        match self {
            Self::NewOrUpdated(row) => Self::NewOrUpdated(row.clone()),
            Self::RemovedOrDeleted(id) => Self::RemovedOrDeleted(*id),
        }
    }
}

impl<R: Row + fmt::Debug> fmt::Debug for Change<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NewOrUpdated(row) => f.debug_tuple("NewOrUpdated").field(row).finish(),
            Self::RemovedOrDeleted(id) => f.debug_tuple("RemovedOrDeleted").field(id).finish(),
        }
    }
}

impl<R: Row + PartialEq> PartialEq for Change<R> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::NewOrUpdated(one), Self::NewOrUpdated(other)) => one == other,
            (Self::RemovedOrDeleted(one), Self::RemovedOrDeleted(other)) => one == other,
            _ => false,
        }
    }
}

impl<R: Row + Eq> Eq for Change<R> {}

impl<R: Row> Change<R> {
    /// Reads a page of changes: the answer to the request of [`Changes`](super::Changes).
    ///
    /// # Errors
    /// If the text is no JSON, or doesn't hold what `R` reads.
    pub fn page(body: impl AsRef<[u8]>) -> Result<Page<Self>, DecodeError> {
        decode::page::<Item<R>>(body).map(|page| page.map(|item| item.0))
    }
}

/// A change as a page holds it.
struct Item<R: Row>(Change<R>);

/// How the context ends that makes an object of a page a deleted row.
const DELETED: &str = "/$deletedEntity";

/// The property whose value that is: the first of all, which updated rows don't have.
const CONTEXT: &str = "@odata.context";

impl<R: Row> FetchRow for Item<R> {
    type Table = R::Table;
    const PARTS: &'static [Part] = R::PARTS;

    fn read_object<'de, M: MapAccess<'de>>(object: &mut M, notes: &Notes) -> Result<Self, M::Error> {
        let first = object.next_key_seed(Text)?;
        if first.as_deref() == Some(CONTEXT) {
            let context: Cow<'de, str> = object.next_value_seed(Text)?;
            if context.ends_with(DELETED) {
                return deleted(object, notes).map(|id| Self(Change::RemovedOrDeleted(id)));
            }
            return R::read_object(object, notes).map(|row| Self(Change::NewOrUpdated(row)));
        }
        let mut whole = Begun { first, rest: object };
        R::read_object(&mut whole, notes).map(|row| Self(Change::NewOrUpdated(row)))
    }
}

/// Reads what is left of a deleted row: its id, and why it is gone, which doesn't matter.
fn deleted<'de, T: Table, M: MapAccess<'de>>(object: &mut M, notes: &Notes) -> Result<Id<T>, M::Error> {
    const EXPECTED: &str = "the id of a deleted row";
    let noted = |cause| notes.property(T::META.logical_name, "id", EXPECTED, cause);
    let mut id = None;
    while let Some(key) = object.next_key_seed(Text)? {
        if key == "id" {
            let text = object.next_value_seed(Text).map_err(noted)?;
            let read = text.parse().map_err(|_| M::Error::custom(EXPECTED));
            id = Some(Id::new(read.map_err(noted)?));
        } else {
            object.next_value::<IgnoredAny>()?;
        }
    }
    id.ok_or_else(|| noted(M::Error::missing_field("id")))
}

/// Reads a text, without a copy where that can be.
struct Text;

impl<'de> DeserializeSeed<'de> for Text {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Text {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

/// An object whose first key has been read already.
struct Begun<'o, 'de, M> {
    first: Option<Cow<'de, str>>,
    rest: &'o mut M,
}

impl<'de, M: MapAccess<'de>> MapAccess<'de> for Begun<'_, 'de, M> {
    type Error = M::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, M::Error> {
        match self.first.take() {
            Some(key) => seed.deserialize(StrDeserializer::new(&key)).map(Some),
            None => self.rest.next_key_seed(seed),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, M::Error> {
        self.rest.next_value_seed(seed)
    }
}
