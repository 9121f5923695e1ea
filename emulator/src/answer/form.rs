//! Rows of the database as JSON objects, with the rows expanded in them.

use super::cookie::{Cookie, SortName};
use super::field::Field;
use super::json;
use crate::Fault;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Row};

/// How a row becomes an object.
#[derive(Debug, Default)]
pub(crate) struct Form {
    /// Where the row's version stands, if its etag is written.
    pub(crate) version: Option<usize>,
    pub(crate) members: Vec<Member>,
}

/// One member of an object, or a group of them.
#[derive(Debug)]
pub(crate) enum Member {
    Field(Field),
    /// A property that is left out where it has no value.
    Present(Field),
    /// The row of a lookup: null if nothing stands at `present`.
    Single {
        key: Vec<u8>,
        present: usize,
        form: Form,
    },
    /// The address of the row of a lookup.
    Reference {
        key: Vec<u8>,
        at: usize,
        /// Everything in front of the id.
        base: String,
    },
    /// The object's own address.
    Address {
        at: usize,
        /// Everything in front of the id.
        base: String,
    },
    /// The user or team of an owner lookup: its type stands at `table`.
    Owner {
        key: Vec<u8>,
        at: usize,
        table: usize,
    },
    Collection(Box<Collection>),
}

/// The rows of a collection, by a statement whose first parameter is the parent's id.
#[derive(Debug)]
pub(crate) struct Collection {
    pub(crate) key: Vec<u8>,
    /// Where the parent's id stands.
    pub(crate) parent: usize,
    pub(crate) reader: Reader,
    /// The key of the address under which more can be read.
    pub(crate) next_key: Vec<u8>,
    /// That address: in front of the parent's id, and behind it.
    pub(crate) address: (String, String),
    pub(crate) continuation: Continuation,
}

/// When a collection has an address for more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Continuation {
    /// Always, as the service does if nothing is expanded below.
    Always,
    /// If there is more: the rows are sorted by these columns.
    IfMore(Vec<SortName>),
}

/// A statement and what is made of its rows.
#[derive(Debug)]
pub(crate) struct Reader {
    pub(crate) sql: String,
    pub(crate) values: Vec<Value>,
    pub(crate) form: Form,
    /// The most rows that are written; the statement gives one more if there is one.
    pub(crate) most: u64,
    /// Where what the rows are sorted by stands: so many columns from here.
    pub(crate) sorts: (usize, usize),
}

/// What was written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Write {
    /// How many rows.
    pub(crate) rows: u64,
    /// Whether there are more.
    pub(crate) more: bool,
    /// What the first and the last row are sorted by.
    pub(crate) first: Vec<Value>,
    pub(crate) last: Vec<Value>,
}

impl Reader {
    /// Writes objects with commas between them. `link` makes the address for more of nested rows.
    ///
    /// # Errors
    /// If the database fails.
    pub(crate) fn write(&self, connection: &Connection, out: &mut Vec<u8>) -> Result<Write, Fault> {
        self.write_of(connection, out, None)
    }

    fn write_of(
        &self,
        connection: &Connection,
        out: &mut Vec<u8>,
        parent: Option<Value>,
    ) -> Result<Write, Fault> {
        let mut statement = connection.prepare_cached(&self.sql)?;
        for (at, value) in self.values.iter().enumerate() {
            match (&parent, at) {
                (Some(parent), 0) => statement.raw_bind_parameter(1, parent)?,
                _ => statement.raw_bind_parameter(at + 1, value)?,
            }
        }
        let mut rows = statement.raw_query();
        let mut written = Write::default();
        while let Some(row) = rows.next()? {
            if written.rows == self.most {
                written.more = true;
                break;
            }
            if written.rows == 0 {
                written.first = self.sorted_by(row)?;
            } else {
                out.push(b',');
            }
            self.form.write(connection, out, row)?;
            written.rows += 1;
            if written.rows == self.most {
                written.last = self.sorted_by(row)?;
            }
        }
        Ok(written)
    }

    fn sorted_by(&self, row: &Row<'_>) -> rusqlite::Result<Vec<Value>> {
        let (from, count) = self.sorts;
        (from..from + count).map(|at| row.get(at)).collect()
    }
}

impl Form {
    fn write(&self, connection: &Connection, out: &mut Vec<u8>, row: &Row<'_>) -> Result<(), Fault> {
        out.push(b'{');
        let start = out.len();
        if let Some(at) = self.version {
            out.extend_from_slice(b"\"@odata.etag\":\"W/\\\"");
            json::number(out, row.get(at)?);
            out.extend_from_slice(b"\\\"\"");
        }
        for member in &self.members {
            if let Member::Present(field) = member
                && row.get_ref(field.at)? == ValueRef::Null
            {
                continue;
            }
            if out.len() > start {
                out.push(b',');
            }
            member.write(connection, out, row)?;
        }
        out.push(b'}');
        Ok(())
    }
}

impl Member {
    fn write(&self, connection: &Connection, out: &mut Vec<u8>, row: &Row<'_>) -> Result<(), Fault> {
        match self {
            Self::Field(field) | Self::Present(field) => field.write(out, row)?,
            Self::Single { key, present, form } => {
                out.extend_from_slice(key);
                if row.get_ref(*present)? == ValueRef::Null {
                    out.extend_from_slice(b"null");
                } else {
                    form.write(connection, out, row)?;
                }
            }
            Self::Reference { key, at, base } => {
                out.extend_from_slice(key);
                match row.get::<_, Option<String>>(*at)? {
                    Some(id) => reference(out, base, &id),
                    None => out.extend_from_slice(b"null"),
                }
            }
            Self::Address { at, base } => {
                out.extend_from_slice(b"\"@odata.id\":");
                json::text(out, &format!("{base}{})", row.get::<_, String>(*at)?));
            }
            Self::Owner { key, at, table } => {
                out.extend_from_slice(key);
                match (
                    row.get::<_, Option<String>>(*at)?,
                    row.get::<_, Option<String>>(*table)?,
                ) {
                    (Some(id), Some(table)) => {
                        out.extend_from_slice(b"{\"@odata.type\":");
                        json::text(out, &format!("#Microsoft.Dynamics.CRM.{table}"));
                        out.extend_from_slice(b",\"ownerid\":");
                        json::text(out, &id);
                        out.push(b'}');
                    }
                    _ => out.extend_from_slice(b"null"),
                }
            }
            Self::Collection(collection) => collection.write(connection, out, row)?,
        }
        Ok(())
    }
}

/// `{"@odata.id":"…"}`
fn reference(out: &mut Vec<u8>, base: &str, id: &str) {
    out.extend_from_slice(b"{\"@odata.id\":");
    json::text(out, &format!("{base}{id})"));
    out.push(b'}');
}

impl Collection {
    fn write(&self, connection: &Connection, out: &mut Vec<u8>, row: &Row<'_>) -> Result<(), Fault> {
        out.extend_from_slice(&self.key);
        out.push(b'[');
        let parent: Value = row.get(self.parent)?;
        let id = match &parent {
            Value::Text(id) => id.clone(),
            _ => String::new(),
        };
        let written = self.reader.write_of(connection, out, Some(parent))?;
        out.push(b']');
        let (before, after) = &self.address;
        let link = match &self.continuation {
            Continuation::Always => Some(format!("{before}{id}{after}")),
            Continuation::IfMore(names) if written.more => {
                let cookie =
                    Cookie::new(2, Some(written.rows), names, &written.last, &written.first).encoded();
                let between = if after.contains('?') { '&' } else { '?' };
                Some(format!("{before}{id}{after}{between}$skiptoken={cookie}"))
            }
            Continuation::IfMore(_) => None,
        };
        if let Some(link) = link {
            out.push(b',');
            out.extend_from_slice(&self.next_key);
            json::text(out, &link);
        }
        Ok(())
    }
}
