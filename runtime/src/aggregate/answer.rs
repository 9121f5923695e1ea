//! The groups of an answer.

use super::Aggregated;
use super::part::Parts;
use crate::message::Response;
use crate::operation::{ObjectReader, RawJson};
use crate::{Decode, DecodeError, decode, select};
use serde_json::value::RawValue;

/// One group of an answer, read value by value in the order in which they were asked for.
#[derive(Debug)]
pub struct Group<'p, 'a> {
    parts: std::slice::Iter<'p, super::part::Part>,
    fields: ObjectReader<'a>,
}

impl Group<'_, '_> {
    /// The next value. `target` is the only table that it can refer to. A value that isn't there is an empty one: the
    /// service leaves out the column of the group of empty values.
    pub(super) fn next_of<V: Decode>(&mut self, target: Option<&'static str>) -> Result<V, DecodeError> {
        let Some(part) = self.parts.next() else {
            return V::absent().ok_or_else(|| DecodeError::missing(V::EXPECTED));
        };
        let found = part.keys().find_map(|key| self.fields.json(&key));
        let mut value: V = match found {
            Some(json) => decode::value(json).map_err(|error| error.inside(&part.key))?,
            None => V::absent().ok_or_else(|| DecodeError::missing(V::EXPECTED).inside(&part.key))?,
        };
        if V::NEEDS_TARGET {
            let told = self.fields.json(&format!("{}@{}", part.key, select::TARGET));
            let told: Option<String> = told.map(decode::value).transpose()?;
            if let Some(table) = told.or_else(|| target.map(str::to_owned)) {
                value.set_target(table);
            }
        }
        Ok(value)
    }
}

/// Reads all groups.
pub(super) fn read<T, P: Aggregated<T>>(
    what: &P,
    parts: &Parts,
    response: &Response,
) -> Result<Vec<P::Value>, DecodeError> {
    let answer = ObjectReader::answer(response, "groups as JSON")?;
    let groups = answer
        .json("value")
        .ok_or_else(|| DecodeError::missing("an array").inside("value"))?;
    let groups: Vec<&RawValue> = serde_json::from_str(groups)
        .map_err(|_| DecodeError::mismatch("an array", groups).inside("value"))?;
    let read = |(at, group): (usize, &RawValue)| {
        let mut group = Group {
            parts: parts.list.iter(),
            fields: ObjectReader::parse(RawJson::new(group.get()))?,
        };
        what.read(&mut group)
            .map_err(|error| error.inside(&format!("value[{at}]")))
    };
    groups.into_iter().enumerate().map(read).collect()
}
