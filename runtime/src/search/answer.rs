//! What is found.

use crate::filter::logical_name;
use crate::message::{Origin, Response};
use crate::operation::ObjectReader;
use crate::{
    Admits, Column, DecodeError, Error, Id, Json, ReadAs, ServiceError, Table, Uuid, access, decode,
};
use http::StatusCode;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// What a search found.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SearchResults {
    /// The rows, those that fit best first.
    pub hits: Vec<Hit>,
    /// How many there are, if that was asked for.
    pub count: Option<u64>,
    /// How often each value of a column comes, if that was asked for: by logical name.
    pub facets: BTreeMap<String, Vec<Facet>>,
}

/// A row that was found.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Hit {
    /// Its id.
    pub id: Uuid,
    /// Logical name of its table.
    pub table: String,
    /// How well it fits.
    pub score: f64,
    /// By logical name, parts of the column's text in which the words stand between `{crmhit}` and `{/crmhit}`.
    pub highlights: BTreeMap<String, Vec<String>>,
    /// By logical name, the values as the index has them.
    pub attributes: BTreeMap<String, Json>,
}

/// How many rows have a value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Facet {
    /// The value, or the range of values that it stands for.
    pub value: Json,
    /// How many rows have it.
    pub count: u64,
}

/// A row that is suggested.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Suggestion {
    /// The text of the row that holds the words, which stand between `{crmhit}` and `{/crmhit}`.
    pub text: String,
    /// What the index says of the row, by name.
    pub document: BTreeMap<String, Json>,
}

impl Hit {
    /// The row as one of `T`, if it is one.
    pub fn of<T: Table>(&self) -> Option<Found<'_, T>> {
        (self.table == T::META.logical_name).then_some(Found {
            hit: self,
            id: Id::new(self.id),
        })
    }
}

/// A row of `T` that was found.
#[derive(Debug)]
pub struct Found<'h, T> {
    hit: &'h Hit,
    id: Id<T>,
}

impl<T: Table> Found<'_, T> {
    /// Its id.
    pub fn id(&self) -> Id<T> {
        self.id
    }

    /// The value of a column that was selected. What the index doesn't have reads as an empty column.
    ///
    /// # Errors
    /// If the value doesn't fit, as the index has it: it may be older than the row, and writes some kinds otherwise.
    pub fn get<V, K, A, N>(
        &self,
        column: impl FnOnce(&T::Columns) -> Column<T, K, A, N>,
    ) -> Result<V, DecodeError>
    where
        V: ReadAs<K> + Admits<N>,
        A: access::Readable,
    {
        let name = logical_name(column(&T::COLUMNS).property());
        decode::value(self.hit.attributes.get(name).map_or("null", Json::as_str))
    }
}

/// The members of an object, whose names come in any case.
struct Members<'a>(BTreeMap<String, &'a RawValue>);

impl<'a> Members<'a> {
    fn parse(json: &'a str) -> Result<Self, DecodeError> {
        let members: BTreeMap<String, &RawValue> = read(json, "an object of the search")?;
        Ok(Self(
            members
                .into_iter()
                .map(|(name, json)| (name.to_ascii_lowercase(), json))
                .collect(),
        ))
    }

    /// `null` where there is none.
    fn text(&self, name: &str) -> &'a str {
        self.0.get(name).map_or("null", |json| json.get())
    }

    fn get<V: Deserialize<'a>>(&self, name: &str, expected: &str) -> Result<V, DecodeError> {
        read(self.text(name), expected).map_err(|error| error.inside(name))
    }

    fn values(&self, name: &str) -> Result<BTreeMap<String, Json>, DecodeError> {
        let values: Option<BTreeMap<String, Box<RawValue>>> = self.get(name, "values by name")?;
        let values = values.unwrap_or_default().into_iter();
        Ok(values.map(|(name, json)| (name, Json::from_raw(json))).collect())
    }
}

fn read<'a, V: Deserialize<'a>>(json: &'a str, expected: &str) -> Result<V, DecodeError> {
    serde_json::from_str(json).map_err(|_| DecodeError::mismatch(expected, json))
}

/// The answer is JSON in a text. What went wrong may stand in there too.
fn inner(response: &Response, origin: Origin) -> Result<String, Error> {
    let answer = ObjectReader::answer(response, "the answer to a search as JSON")?;
    let inner: Option<String> = answer.field("response")?;
    let inner = inner.ok_or_else(|| DecodeError::missing("the answer to a search").inside("response"))?;
    let error = Members::parse(&inner)?.text("error").to_owned();
    if error == "null" {
        return Ok(inner);
    }
    let refusal = Response {
        status: StatusCode::BAD_REQUEST,
        headers: response.headers.clone(),
        body: format!("{{\"error\":{error}}}").into(),
    };
    Err(Box::new(ServiceError::from_response(&refusal, origin)).into())
}

pub(super) fn results(response: &Response, origin: Origin) -> Result<SearchResults, Error> {
    let inner = inner(response, origin)?;
    let answer = Members::parse(&inner)?;
    let hits: Option<Vec<&RawValue>> = answer.get("value", "the rows that were found")?;
    let facets: Option<BTreeMap<String, Vec<&RawValue>>> = answer.get("facets", "facets by column")?;
    let count: Option<i64> = answer.get("count", "a number")?;
    let facets = facets.unwrap_or_default().into_iter().map(|(name, facets)| {
        let facets: Result<_, DecodeError> =
            facets.into_iter().map(|facet| self::facet(facet.get())).collect();
        Ok((name, facets?))
    });
    Ok(SearchResults {
        hits: hits
            .unwrap_or_default()
            .into_iter()
            .map(|row| hit(row.get()))
            .collect::<Result<_, _>>()?,
        // -1 where nobody asked.
        count: count.and_then(|count| u64::try_from(count).ok()),
        facets: facets.collect::<Result<_, DecodeError>>()?,
    })
}

fn hit(json: &str) -> Result<Hit, DecodeError> {
    let row = Members::parse(json)?;
    let highlights: Option<BTreeMap<String, Vec<String>>> = row.get("highlights", "texts by column")?;
    Ok(Hit {
        id: decode::value(row.text("id")).map_err(|error| error.inside("Id"))?,
        table: row.get("entityname", "the logical name of a table")?,
        score: row.get::<Option<f64>>("score", "a number")?.unwrap_or_default(),
        highlights: highlights.unwrap_or_default(),
        attributes: row.values("attributes")?,
    })
}

fn facet(json: &str) -> Result<Facet, DecodeError> {
    let facet = Members::parse(json)?;
    let value: Box<RawValue> = facet.get("value", "a value")?;
    Ok(Facet {
        value: Json::from_raw(value),
        count: facet.get::<Option<u64>>("count", "a number")?.unwrap_or_default(),
    })
}

pub(super) fn suggestions(response: &Response, origin: Origin) -> Result<Vec<Suggestion>, Error> {
    let inner = inner(response, origin)?;
    let answer = Members::parse(&inner)?;
    let suggestions: Option<Vec<&RawValue>> = answer.get("value", "suggestions")?;
    let suggestion = |json: &RawValue| {
        let suggestion = Members::parse(json.get())?;
        Ok(Suggestion {
            text: suggestion.get("text", "text")?,
            document: suggestion.values("document")?,
        })
    };
    suggestions
        .unwrap_or_default()
        .into_iter()
        .map(suggestion)
        .collect()
}

pub(super) fn completion(response: &Response, origin: Origin) -> Result<Option<String>, Error> {
    let inner = inner(response, origin)?;
    let text: Option<String> = Members::parse(&inner)?.get("value", "text")?;
    Ok(text.filter(|text| !text.is_empty()))
}
