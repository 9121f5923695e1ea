//! Reads answers into rows, in one pass over the text.

use crate::error::{DecodeError, Details, shortened};
use crate::row::FetchRow;
use crate::{Count, Decode, Table};
use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::fmt::Write as _;
use std::marker::PhantomData;

/// One page of a query's answer.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Page<R> {
    /// The rows.
    pub rows: Vec<R>,
    /// Where the next page is.
    pub next_link: Option<String>,
    /// Where the changes since this answer are.
    pub delta_link: Option<String>,
    /// How many rows the query has, if that was asked for. The service stops counting at 5,000.
    pub count: Option<i64>,
    /// Whether there are more rows than were counted, if that was asked for.
    pub count_exceeded: Option<bool>,
    /// Whether there are more pages of a query in FetchXML, if that was asked for.
    pub more_records: Option<bool>,
    /// Where the next page of a query in FetchXML begins, as the service writes it, if that was asked for.
    pub paging_cookie: Option<String>,
}

impl<R> Page<R> {
    /// How many rows there are on all pages, if [`Query::with_total`](crate::Query::with_total) asked for it.
    pub fn total(&self) -> Option<Count> {
        let count = u64::try_from(self.count?).ok()?;
        Some(Count::told(count, self.count_exceeded))
    }

    /// The same page with other rows.
    pub(crate) fn map<S>(self, other: impl FnMut(R) -> S) -> Page<S> {
        Page {
            rows: self.rows.into_iter().map(other).collect(),
            next_link: self.next_link,
            delta_link: self.delta_link,
            count: self.count,
            count_exceeded: self.count_exceeded,
            more_records: self.more_records,
            paging_cookie: self.paging_cookie,
        }
    }
}

/// Reads a single row, such as the answer to a retrieve.
///
/// # Errors
/// If the text is no JSON, or doesn't hold what `R` reads.
pub fn row<R: FetchRow>(body: impl AsRef<[u8]>) -> Result<R, DecodeError> {
    read(body.as_ref(), |from, notes| RowSeed::new(notes).deserialize(from))
}

/// Reads a page of rows: the answer to a query.
///
/// # Errors
/// If the text is no JSON, or doesn't hold what `R` reads.
pub fn page<R: FetchRow>(body: impl AsRef<[u8]>) -> Result<Page<R>, DecodeError> {
    read(body.as_ref(), |from, notes| {
        from.deserialize_map(PageVisitor {
            notes,
            of: PhantomData,
        })
    })
}

/// Reads a page in which what is empty is left out: of a view, or of a query in FetchXML.
pub(crate) fn view_page<R: FetchRow>(body: impl AsRef<[u8]>) -> Result<Page<R>, DecodeError> {
    page::<R>(body).map(|page| page.map(R::of_view))
}

/// Reads a single value from its JSON text.
pub(crate) fn value<V: Decode>(json: &str) -> Result<V, DecodeError> {
    V::decode(&mut serde_json::Deserializer::from_str(json))
        .map_err(|_| DecodeError::mismatch(V::EXPECTED, json))
}

type Json<'de> = serde_json::Deserializer<serde_json::de::StrRead<'de>>;

fn read<'de, V>(
    body: &'de [u8],
    with: impl FnOnce(&mut Json<'de>, &Notes) -> serde_json::Result<V>,
) -> Result<V, DecodeError> {
    let text = std::str::from_utf8(body).map_err(|error| {
        DecodeError::new(Details {
            cause: Some(serde_json::Error::custom(error)),
            ..Details::default()
        })
    })?;
    let notes = Notes::default();
    let mut from = serde_json::Deserializer::from_str(text);
    let read = with(&mut from, &notes).and_then(|value| from.end().map(|()| value));
    read.map_err(|cause| explained(text, notes, cause))
}

/// Where reading failed. Written only when it does, from the inside out.
#[derive(Debug, Default)]
#[doc(hidden)]
pub struct Notes(RefCell<Option<Failure>>);

#[derive(Debug)]
struct Failure {
    table: Option<&'static str>,
    expected: &'static str,
    /// The innermost first.
    steps: Vec<Step>,
}

#[derive(Debug)]
enum Step {
    Property(&'static str),
    Item(usize),
}

impl Notes {
    /// Notes that the value of `property` failed, or something inside it.
    #[cold]
    pub fn property<E>(
        &self,
        table: &'static str,
        property: &'static str,
        expected: &'static str,
        cause: E,
    ) -> E {
        self.step(Step::Property(property), Some(table), expected);
        cause
    }

    /// Notes what should have been there instead of the value that is being read.
    #[cold]
    pub(crate) fn expected(&self, table: Option<&'static str>, expected: &'static str) {
        self.0.borrow_mut().get_or_insert_with(|| Failure {
            table,
            expected,
            steps: Vec::new(),
        });
    }

    #[cold]
    fn step(&self, step: Step, table: Option<&'static str>, expected: &'static str) {
        let mut noted = self.0.borrow_mut();
        let failure = noted.get_or_insert_with(|| Failure {
            table,
            expected,
            steps: Vec::new(),
        });
        failure.table = failure.table.or(table);
        failure.steps.push(step);
    }
}

/// Turns what was noted, and the parser's error, into ours.
#[cold]
fn explained(text: &str, notes: Notes, cause: serde_json::Error) -> DecodeError {
    let mut details = Details {
        line: cause.line(),
        column: cause.column(),
        ..Details::default()
    };
    let noted = notes.0.into_inner();
    // The text itself is broken: what was expected at that place doesn't matter.
    let is_json = cause.classify() == serde_json::error::Category::Data;
    details.cause = Some(cause);
    if let Some(failure) = noted {
        details.table = failure.table;
        details.path = path(&failure.steps);
        if is_json {
            details.expected = Some(failure.expected.to_owned());
            details.found = located(text, &failure.steps).map(|found| shortened(found.get()));
        }
    } else if is_json {
        details.expected = Some("a JSON object".to_owned());
        details.found = Some(shortened(text));
    }
    DecodeError::new(details)
}

fn path(steps: &[Step]) -> String {
    let mut path = String::new();
    for step in steps.iter().rev() {
        let dot = if path.is_empty() { "" } else { "." };
        // Writing to a `String` can't fail.
        let _ = match step {
            Step::Property(name) => write!(path, "{dot}{name}"),
            Step::Item(at) => write!(path, "[{at}]"),
        };
    }
    path
}

/// The value that the steps lead to.
fn located<'a>(text: &'a str, steps: &[Step]) -> Option<&'a RawValue> {
    let mut at: &RawValue = serde_json::from_str(text).ok()?;
    let mut steps = steps.iter().rev();
    while let Some(step) = steps.next() {
        at = match step {
            Step::Property(name) => {
                let mut properties: BTreeMap<String, &RawValue> = serde_json::from_str(at.get()).ok()?;
                match properties.remove(*name) {
                    Some(value) => value,
                    // The columns of a linked table stand in the row itself.
                    None => {
                        let Some(Step::Property(inner)) = steps.next() else {
                            return None;
                        };
                        let mut properties = properties.into_iter();
                        properties
                            .find(|(key, _)| crate::linked::holds(key, name, inner))
                            .map(|(_, value)| value)?
                    }
                }
            }
            Step::Item(index) => serde_json::from_str::<Vec<&RawValue>>(at.get())
                .ok()?
                .get(*index)
                .copied()?,
        };
    }
    Some(at)
}

/// Reads an object into a row.
pub(crate) struct RowSeed<'n, R> {
    notes: &'n Notes,
    of: PhantomData<R>,
}

impl<'n, R> RowSeed<'n, R> {
    pub(crate) fn new(notes: &'n Notes) -> Self {
        Self {
            notes,
            of: PhantomData,
        }
    }
}

impl<'de, R: FetchRow> DeserializeSeed<'de> for RowSeed<'_, R> {
    type Value = R;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<R, D::Error> {
        from.deserialize_map(RowVisitor(self))
    }
}

struct RowVisitor<'n, R>(RowSeed<'n, R>);

impl<'de, R: FetchRow> Visitor<'de> for RowVisitor<'_, R> {
    type Value = R;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a row of {}", R::Table::META.logical_name)
    }

    fn visit_map<M: MapAccess<'de>>(self, mut object: M) -> Result<R, M::Error> {
        R::read_object(&mut object, self.0.notes)
    }
}

/// Reads a related row that may be `null`.
impl<'de, R: FetchRow> Visitor<'de> for RowSeed<'_, R> {
    type Value = Option<R>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a row of {} or null", R::Table::META.logical_name)
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        self.deserialize(from).map(Some)
    }
}

/// Reads an array of rows.
pub(crate) struct RowsSeed<'n, R> {
    notes: &'n Notes,
    of: PhantomData<R>,
}

impl<'n, R> RowsSeed<'n, R> {
    pub(crate) fn new(notes: &'n Notes) -> Self {
        Self {
            notes,
            of: PhantomData,
        }
    }
}

impl<'de, R: FetchRow> DeserializeSeed<'de> for RowsSeed<'_, R> {
    type Value = Vec<R>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Vec<R>, D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de, R: FetchRow> Visitor<'de> for RowsSeed<'_, R> {
    type Value = Vec<R>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rows of {}", R::Table::META.logical_name)
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut items: S) -> Result<Vec<R>, S::Error> {
        let mut rows = Vec::new();
        loop {
            match items.next_element_seed(RowSeed::new(self.notes)) {
                Ok(Some(row)) => rows.push(row),
                Ok(None) => return Ok(rows),
                Err(cause) => {
                    self.notes
                        .step(Step::Item(rows.len()), Some(R::Table::META.logical_name), "a row");
                    return Err(cause);
                }
            }
        }
    }
}

struct PageVisitor<'n, R> {
    notes: &'n Notes,
    of: PhantomData<R>,
}

impl<'de, R: FetchRow> Visitor<'de> for PageVisitor<'_, R> {
    type Value = Page<R>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object that holds rows")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut object: M) -> Result<Page<R>, M::Error> {
        let (mut rows, mut next_link, mut delta_link) = (None, None, None);
        let (mut count, mut count_exceeded, mut total) = (None, None, None);
        let (mut more_records, mut paging_cookie) = (None, None);
        while let Some(key) = object.next_key::<std::borrow::Cow<'de, str>>()? {
            match &*key {
                "value" => {
                    let read = object.next_value_seed(RowsSeed::new(self.notes));
                    rows = Some(read.inspect_err(|_| {
                        self.notes.step(Step::Property("value"), None, "an array of rows");
                    })?);
                }
                "@odata.nextLink" => next_link = Some(object.next_value()?),
                "@odata.deltaLink" => delta_link = Some(object.next_value()?),
                "@odata.count" => count = Some(object.next_value()?),
                COUNT_EXCEEDED => count_exceeded = Some(object.next_value()?),
                TOTAL => total = Some(object.next_value()?),
                MORE_RECORDS => more_records = object.next_value()?,
                PAGING_COOKIE => paging_cookie = object.next_value()?,
                _ => drop(object.next_value::<IgnoredAny>()?),
            }
        }
        let Some(rows) = rows else {
            self.notes.step(
                Step::Property("value"),
                Some(R::Table::META.logical_name),
                "an array of rows",
            );
            return Err(Error::missing_field("value"));
        };
        Ok(Page {
            rows,
            next_link,
            delta_link,
            // The service says -1 where it hasn't counted.
            count: count.or(total.filter(|total: &i64| *total >= 0)),
            count_exceeded,
            more_records,
            paging_cookie,
        })
    }
}

const TOTAL: &str = "@Microsoft.Dynamics.CRM.totalrecordcount";
const MORE_RECORDS: &str = "@Microsoft.Dynamics.CRM.morerecords";
const PAGING_COOKIE: &str = "@Microsoft.Dynamics.CRM.fetchxmlpagingcookie";
const COUNT_EXCEEDED: &str = "@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded";
