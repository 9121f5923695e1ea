//! Rows without a struct: what operations take and give.

use super::object::{ObjectReader, ObjectWriter};
use super::value::{RawJson, Value, ValueWriter};
use super::{NAMESPACE, TYPE};
use crate::row::{FetchRow, Part, Row};
use crate::value::Json;
use crate::write::{Assignments, Create, body};
use crate::{Admits, Column, Decode, DecodeError, Id, ReadAs, RowAddress, Table, access::Readable, decode};
use serde::de::MapAccess;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

type Fields = BTreeMap<String, Json>;

/// A row of `T` with any of its columns, also as a [row](crate::Row) of a query that chooses its columns when the program
/// runs: `Client::records`.
///
/// Columns are set like in a create, and read by their token:
///
/// ```
/// # use dataverse_runtime::{*, prelude::*};
/// # struct Task;
/// # struct Columns { subject: Column<Task, kind::Text>, fax: Column<Task, kind::Text> }
/// # impl Table for Task {
/// #     type Columns = Columns;
/// #     type ChangeTracking = capability::Unknown;
/// #     type Storage = storage::Standard;
/// #     type Mandatory = ();
/// #     const META: TableMeta = TableMeta { logical_name: "task", entity_set: "tasks", primary_id: "activityid",
/// #         primary_name: None, is_activity: true, optimistic_concurrency: None };
/// #     const COLUMNS: Columns = Columns { subject: column("subject"), fax: column("fax") };
/// # }
/// let task = Record::<Task>::new().with(|t| (t.subject.set("Call back"), t.fax.clear()));
/// let subject: Option<String> = task.get(|t| t.subject)?;
/// assert_eq!(subject.as_deref(), Some("Call back"));
/// # Ok::<(), DecodeError>(())
/// ```
pub struct Record<T> {
    fields: Fields,
    /// Whether a column that isn't there wasn't asked for. Otherwise it is empty.
    selected: bool,
    of: PhantomData<fn() -> T>,
}

impl<T: Table> Record<T> {
    /// A row without columns.
    pub fn new() -> Self {
        Self::of_fields(Fields::new())
    }

    fn of_fields(fields: Fields) -> Self {
        Self {
            fields,
            selected: false,
            of: PhantomData,
        }
    }

    /// The row with these assignments.
    #[must_use]
    pub fn with<A: Assignments<T, Create>>(mut self, assign: impl FnOnce(&T::Columns) -> A) -> Self {
        for (name, json) in body(assign).properties() {
            // What assignments write is JSON.
            if let Ok(json) = json.parse() {
                self.fields.insert(name, json);
            }
        }
        self
    }

    /// Reads a column. In a row of a query it has to be selected; otherwise what isn't there reads as an empty column.
    ///
    /// # Errors
    /// If the column wasn't selected, if the value doesn't fit, or if there is none and `V` needs one.
    pub fn get<V, K, A, N>(
        &self,
        column: impl FnOnce(&T::Columns) -> Column<T, K, A, N>,
    ) -> Result<V, DecodeError>
    where
        V: ReadAs<K> + Admits<N>,
        A: Readable,
    {
        let property = column(&T::COLUMNS).property();
        if self.selected && !self.fields.contains_key(property) {
            return Err(DecodeError::not_selected(T::META.logical_name, property));
        }
        let mut value: V = read_field(&self.fields, property)?;
        if V::NEEDS_TARGET
            && let Some(table) = self.fields.get(&format!("{property}@{}", crate::select::TARGET))
        {
            value.set_target(decode::value(table.as_str())?);
        }
        if V::NEEDS_CURRENCY
            && let Some(currency) = read_field(&self.fields, crate::select::CURRENCY)?
        {
            value.set_currency(currency);
        }
        Ok(value)
    }

    /// What people see of a column's value, where [`formatted`](crate::Query::formatted) asked for it. An empty column has
    /// no such text.
    ///
    /// # Errors
    /// If the column wasn't selected.
    pub fn formatted<K, A: Readable, N>(
        &self,
        column: impl FnOnce(&T::Columns) -> Column<T, K, A, N>,
    ) -> Result<Option<String>, DecodeError> {
        let property = column(&T::COLUMNS).property();
        if self.selected && !self.fields.contains_key(property) {
            return Err(DecodeError::not_selected(T::META.logical_name, property));
        }
        read_field(&self.fields, &format!("{property}@{}", crate::select::FORMATTED))
    }

    /// The row's version, if it came with the row.
    pub fn etag(&self) -> Option<String> {
        read_field(&self.fields, "@odata.etag").unwrap_or_default()
    }

    /// The row's id, if the record has one.
    pub fn id(&self) -> Option<Id<T>> {
        read_field(&self.fields, T::META.primary_id).ok()
    }
}

impl<T: Table> Default for Record<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// The row with this id, as a reference to it.
impl<T: Table> From<Id<T>> for Record<T> {
    fn from(id: Id<T>) -> Self {
        let json = format!("\"{id}\"").parse::<Json>().ok();
        let fields = json
            .map(|json| (T::META.primary_id.to_owned(), json))
            .into_iter()
            .collect();
        Self::of_fields(fields)
    }
}

impl<T> Clone for Record<T> {
    fn clone(&self) -> Self {
        Self {
            fields: self.fields.clone(),
            selected: self.selected,
            of: PhantomData,
        }
    }
}

/// Of which columns it reads, the query says: `Client::records`.
impl<T: Table> Row for Record<T> {}

impl<T: Table> FetchRow for Record<T> {
    type Table = T;
    const PARTS: &'static [Part] = &[];

    fn read_object<'de, M: MapAccess<'de>>(object: &mut M, _: &decode::Notes) -> Result<Self, M::Error> {
        let mut fields = Fields::new();
        while let Some(name) = object.next_key()? {
            let raw: &RawValue = object.next_value()?;
            fields.insert(name, Json::from_raw(raw.to_owned()));
        }
        Ok(Self {
            selected: true,
            ..Self::of_fields(fields)
        })
    }

    fn of_view(self) -> Self {
        Self {
            selected: false,
            ..self
        }
    }
}

impl<T: Table> fmt::Debug for Record<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", T::META.logical_name)?;
        f.debug_map().entries(&self.fields).finish()
    }
}

impl<T: Table> Value for Record<T> {
    const EXPECTED: &'static str = T::META.logical_name;
    const WRAPPED: bool = false;

    fn read(json: RawJson<'_>) -> Result<Self, DecodeError> {
        read_fields(json).map(Self::of_fields)
    }

    fn write(&self, to: &mut ValueWriter) {
        let reference = self.id().map(|id| id.path());
        write_record(&self.fields, T::META.logical_name, reference.as_deref(), to);
    }
}

/// A row of a table that is only known when the program runs.
#[derive(Clone)]
pub struct AnyRecord {
    table: Option<String>,
    reference: Option<String>,
    fields: Fields,
}

impl AnyRecord {
    /// Logical name of the table, if the service told.
    pub fn table(&self) -> Option<&str> {
        self.table.as_deref()
    }

    /// The JSON of a property.
    pub fn property(&self, name: &str) -> Option<&Json> {
        self.fields.get(name)
    }

    /// Name and JSON of each property.
    pub fn properties(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.fields.iter().map(|(name, json)| (name.as_str(), json))
    }

    /// The row as one of `T`, if the service said that it is.
    pub fn of<T: Table>(&self) -> Option<Record<T>> {
        let is_row = self.table() == Some(T::META.logical_name);
        is_row.then(|| Record::of_fields(self.fields.clone()))
    }
}

impl<T: Table> From<Record<T>> for AnyRecord {
    fn from(record: Record<T>) -> Self {
        let reference = record.id().map(|id| id.path());
        Self {
            table: Some(T::META.logical_name.to_owned()),
            reference,
            fields: record.fields,
        }
    }
}

impl<T: Table> From<Id<T>> for AnyRecord {
    fn from(id: Id<T>) -> Self {
        Record::from(id).into()
    }
}

impl fmt::Debug for AnyRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.table().unwrap_or("?"))?;
        f.debug_map().entries(&self.fields).finish()
    }
}

impl Value for AnyRecord {
    const EXPECTED: &'static str = "a row";
    const WRAPPED: bool = false;

    fn read(json: RawJson<'_>) -> Result<Self, DecodeError> {
        let mut fields = read_fields(json)?;
        let name: Option<String> = fields
            .remove(TYPE)
            .map(|json| decode::value(json.as_str()))
            .transpose()?;
        let table = name.map(|name| {
            name.trim_start_matches('#')
                .trim_start_matches(NAMESPACE)
                .to_owned()
        });
        Ok(Self {
            table,
            reference: None,
            fields,
        })
    }

    fn write(&self, to: &mut ValueWriter) {
        write_record(
            &self.fields,
            self.table().unwrap_or("crmbaseentity"),
            self.reference.as_deref(),
            to,
        );
    }
}

fn read_fields(json: RawJson<'_>) -> Result<Fields, DecodeError> {
    let fields = ObjectReader::parse(json)?.into_fields();
    Ok(fields
        .into_iter()
        .map(|(name, raw)| (name, Json::from_raw(raw.to_owned())))
        .collect())
}

fn read_field<V: Decode>(fields: &Fields, property: &str) -> Result<V, DecodeError> {
    let read = match fields.get(property) {
        Some(json) => decode::value(json.as_str()),
        None => V::absent().ok_or_else(|| DecodeError::missing(V::EXPECTED)),
    };
    read.map_err(|error| error.inside(property))
}

/// In a URL a row is named by its address. Elsewhere it is an object that says its type.
fn write_record(fields: &Fields, table: &str, reference: Option<&str>, to: &mut ValueWriter) {
    if let Some(reference) = reference.filter(|_| to.is_for_url()) {
        return to.object(|object| object.field("@odata.id", &reference.to_owned()));
    }
    to.object(|object: &mut ObjectWriter| {
        object.field(TYPE, &format!("{NAMESPACE}{table}"));
        let written = fields.iter().filter(|(name, _)| *name != TYPE);
        written.for_each(|(name, json)| object.field(name, json));
    });
}
