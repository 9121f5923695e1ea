//! One row in the database: read whole, inserted, changed.

use super::{RowId, Work, lifetime};
use crate::Fault;
use crate::model::Entity;
use crate::store::{Cell, Storage, is_elastic, make_ready, next_version, quoted};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params_from_iter};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// The values of columns, by logical name.
pub(crate) type Cells = BTreeMap<String, Cell>;

/// A row as it is.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    pub(crate) version: i64,
    pub(crate) cells: HashMap<String, Cell>,
}

impl Record {
    /// The row, if it is there.
    pub(crate) fn find(work: &Work<'_>, entity: &Entity, id: &RowId) -> Result<Option<Self>, Fault> {
        let columns: Vec<(&str, Storage)> = entity
            .table()
            .columns
            .iter()
            .map(|column| (column.name.as_str(), Storage::of(&column.kind)))
            .filter(|(_, storage)| *storage != Storage::Elsewhere)
            .collect();
        let mut sql = String::from("SELECT \"$version\"");
        for (name, storage) in &columns {
            sql.push_str(", ");
            sql.push_str(&quoted(name));
            // The folded form of a text needn't be read.
            if *storage == Storage::Lookup {
                sql.push_str(", ");
                sql.push_str(&quoted(&format!("{name}$table")));
            }
        }
        let (condition, parameters) = id.condition(entity);
        sql.push_str(&format!(" FROM {} WHERE {condition}", quoted(entity.name())));
        let mut statement = work.connection.prepare_cached(&sql)?;
        let found = statement
            .query_row(params_from_iter(parameters), |row| {
                let mut cells = HashMap::with_capacity(columns.len());
                let mut at = 1;
                for (name, storage) in &columns {
                    let cell = Cell::read(*storage, row, at)?;
                    at += if *storage == Storage::Lookup { 2 } else { 1 };
                    if !cell.is_null() {
                        cells.insert((*name).to_owned(), cell);
                    }
                }
                Ok(Self {
                    version: row.get(0)?,
                    cells,
                })
            })
            .optional()?;
        Ok(found)
    }

    /// The row.
    ///
    /// # Errors
    /// If it isn't there.
    pub(crate) fn get(work: &Work<'_>, entity: &Entity, id: &RowId) -> Result<Self, Fault> {
        Self::find(work, entity, id)?.ok_or_else(|| Fault::no_row(entity.name(), &id.id.to_string()))
    }
}

/// All rows of a table.
pub(crate) fn all(work: &Work<'_>, entity: &Entity) -> Result<Vec<RowId>, Fault> {
    let elastic = is_elastic(entity) && entity.table().column("partitionid").is_some();
    let sql = format!(
        "SELECT {}, {} FROM {} ORDER BY \"$version\"",
        quoted(entity.primary_id()),
        if elastic { "\"partitionid\"" } else { "NULL" },
        quoted(entity.name())
    );
    let mut statement = work.connection.prepare_cached(&sql)?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        if let Ok(id) = Uuid::try_parse(&row.get::<_, String>(0)?) {
            let partition = row.get(1)?;
            found.push(RowId { id, partition });
        }
    }
    Ok(found)
}

/// SQL columns and their values, companions among them.
fn columns(entity: &Entity, cells: &Cells) -> Vec<(String, Value)> {
    let mut columns = Vec::with_capacity(cells.len() * 2);
    for (name, cell) in cells {
        let Some(column) = entity.table().column(name) else {
            continue;
        };
        let storage = Storage::of(&column.kind);
        if storage == Storage::Elsewhere {
            continue;
        }
        columns.push((quoted(name), cell.sql()));
        if let Some(suffix) = storage.companion() {
            columns.push((quoted(&format!("{name}{suffix}")), cell.companion()));
        }
    }
    columns
}

/// Writes a new row. Its id is among the cells.
pub(super) fn insert(work: &Work<'_>, entity: &Entity, cells: &mut Cells) -> Result<(), Fault> {
    make_ready(work.connection, entity.name())?;
    lifetime::note(work, entity, cells);
    let version = next_version(work.connection)?;
    note_version(entity, cells, version);
    let mut names = String::from("\"$version\"");
    let mut places = String::from("?");
    let mut values = vec![Value::Integer(version)];
    for (name, value) in columns(entity, cells) {
        names.push_str(", ");
        names.push_str(&name);
        places.push_str(", ?");
        values.push(value);
    }
    let sql = format!(
        "INSERT INTO {} ({names}) VALUES ({places})",
        quoted(entity.name())
    );
    work.connection
        .prepare_cached(&sql)?
        .execute(params_from_iter(values))?;
    Ok(())
}

/// Changes a row. Its version is a new one, whatever changed.
pub(super) fn change(work: &Work<'_>, entity: &Entity, id: &RowId, cells: &mut Cells) -> Result<(), Fault> {
    lifetime::note(work, entity, cells);
    let version = next_version(work.connection)?;
    note_version(entity, cells, version);
    let (condition, parameters) = id.condition(entity);
    let mut values: Vec<Value> = parameters.into_iter().map(Value::Text).collect();
    values.push(Value::Integer(version));
    let mut sql = format!(
        "UPDATE {} SET \"$version\" = ?{}",
        quoted(entity.name()),
        values.len()
    );
    for (name, value) in columns(entity, cells) {
        values.push(value);
        sql.push_str(&format!(", {name} = ?{}", values.len()));
    }
    sql.push_str(" WHERE ");
    sql.push_str(&condition);
    work.connection
        .prepare_cached(&sql)?
        .execute(params_from_iter(values))?;
    Ok(())
}

/// The column that shows the version.
fn note_version(entity: &Entity, cells: &mut Cells, version: i64) {
    if entity.table().column("versionnumber").is_some() {
        cells.insert("versionnumber".to_owned(), Cell::Integer(version));
    }
}
