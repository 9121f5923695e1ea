//! Reads lists, element by element.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::lenient::{Scalar, ScalarSeed, drain_object, quoted, unfit};
use super::notes::Notes;
use super::object::{Fill, Filled, Object};

/// What a list is made of.
pub(super) trait Elements<'de> {
    /// What is expected, for messages.
    const EXPECTED: &'static str;

    /// Reads the next element; false at the end.
    fn next<A: SeqAccess<'de>>(&mut self, seq: &mut A, place: Place<'_>) -> Result<bool, A::Error>;
}

/// Where an element is.
#[derive(Clone, Copy)]
pub(super) struct Place<'n> {
    notes: &'n Notes,
    name: &'n str,
    index: usize,
}

impl Place<'_> {
    fn path(self) -> String {
        format!("{}[{}]", self.name, self.index)
    }
}

/// Scalars, collected into a list.
pub(super) struct Scalars<'l, T> {
    pub(super) list: &'l mut Vec<T>,
}

impl<'de, T: Scalar<'de>> Elements<'de> for Scalars<'_, T> {
    const EXPECTED: &'static str = "a list";

    fn next<A: SeqAccess<'de>>(&mut self, seq: &mut A, place: Place<'_>) -> Result<bool, A::Error> {
        let seed = ScalarSeed::<T, false>::new(place.notes, place.name);
        let Some(element) = seq.next_element_seed(seed)? else {
            return Ok(false);
        };
        self.list.extend(element);
        Ok(true)
    }
}

/// Objects, each given to `add`.
pub(super) struct Objects<T, F> {
    pub(super) add: F,
    pub(super) kind: PhantomData<T>,
}

impl<'de, T: Object<'de>, F: FnMut(T)> Elements<'de> for Objects<T, F> {
    const EXPECTED: &'static str = "a list of objects";

    fn next<A: SeqAccess<'de>>(&mut self, seq: &mut A, place: Place<'_>) -> Result<bool, A::Error> {
        let mark = place.notes.mark();
        let mut object = T::default();
        let seed = Fill {
            target: &mut object,
            notes: place.notes,
        };
        let Some(filled) = seq.next_element_seed(seed)? else {
            return Ok(false);
        };
        let fault = match (filled, object.lacks()) {
            (Filled::Yes, lacks) => lacks.map(|lacks| format!(": has no {lacks}; left out")),
            (Filled::Null, _) => Some(": is null; left out".to_owned()),
            (Filled::No, _) => None,
        };
        let complete = filled == Filled::Yes && fault.is_none();
        if let Some(fault) = fault {
            place.notes.add(|| fault);
        }
        match object.column() {
            Some(column) if complete => place.notes.about_column(mark, column),
            _ => place.notes.inside(mark, || place.path()),
        }
        if complete {
            (self.add)(object);
        }
        Ok(true)
    }
}

/// Reads a list; anything else gives a note and no elements.
pub(super) struct ListSeed<'n, E> {
    pub(super) notes: &'n Notes,
    pub(super) name: &'n str,
    pub(super) elements: E,
}

impl<'de, E: Elements<'de>> ListSeed<'_, E> {
    #[cold]
    fn wrong(&self, found: &str) {
        self.notes.add(|| unfit(self.name, E::EXPECTED, found));
    }
}

impl<'de, E: Elements<'de>> DeserializeSeed<'de> for ListSeed<'_, E> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, E: Elements<'de>> Visitor<'de> for ListSeed<'_, E> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(E::EXPECTED)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<(), A::Error> {
        let mut place = Place {
            notes: self.notes,
            name: self.name,
            index: 0,
        };
        while self.elements.next(&mut seq, place)? {
            place.index += 1;
        }
        Ok(())
    }

    fn visit_unit<X: Error>(self) -> Result<(), X> {
        Ok(())
    }

    fn visit_bool<X: Error>(self, value: bool) -> Result<(), X> {
        self.wrong(if value { "true" } else { "false" });
        Ok(())
    }

    fn visit_i64<X: Error>(self, value: i64) -> Result<(), X> {
        self.wrong(&format!("the number {value}"));
        Ok(())
    }

    fn visit_u64<X: Error>(self, value: u64) -> Result<(), X> {
        self.wrong(&format!("the number {value}"));
        Ok(())
    }

    fn visit_f64<X: Error>(self, value: f64) -> Result<(), X> {
        self.wrong(&format!("the number {value}"));
        Ok(())
    }

    fn visit_str<X: Error>(self, value: &str) -> Result<(), X> {
        self.wrong(&quoted(value));
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        drain_object(map)?;
        self.wrong("an object");
        Ok(())
    }
}
