//! Reads what messages answer around the tables, and errors.

use serde::de::MapAccess;

use super::RawDeleted;
use super::model::Text;
use super::object::{Object, Property, object};

/// `error` of an answer.
#[derive(Default)]
pub(super) struct Answer<'a> {
    pub(super) code: Option<Text<'a>>,
    pub(super) message: Option<Text<'a>>,
}

object! {
    Answer, "an object describing an error";
    "code" => code: scalar,
    "message" => message: scalar,
}

/// `DeletedMetadata`: a dictionary, serialized as its keys and its values.
#[derive(Default)]
pub(super) struct Deleted<'a> {
    kinds: Vec<Text<'a>>,
    ids: Vec<Ids<'a>>,
}

object! {
    Deleted, "an object listing deleted definitions";
    "Keys" => kinds: scalars,
    "Values" => ids: objects,
}

#[derive(Default)]
struct Ids<'a> {
    items: Vec<Text<'a>>,
}

object! {
    Ids, "an object with ids";
    "Items" => items: scalars,
}

impl<'a> Deleted<'a> {
    /// Each kind with its ids.
    pub(super) fn pairs(self) -> Vec<RawDeleted<'a>> {
        let pairs = self.kinds.into_iter().zip(self.ids);
        pairs
            .map(|(kind, ids)| RawDeleted { kind, ids: ids.items })
            .collect()
    }
}
