//! The whole content of a database as JSON, and back: for tests that start from one state many times.

use crate::Fault;
use crate::json::{Json, Object};
use crate::store::{make_ready, quoted};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, params_from_iter};
use std::collections::BTreeSet;

/// What isn't rows but belongs to the state.
const OWN: [&str; 7] = [
    "$counter", "$deleted", "$access", "$file", "$block", "$upload", "$staged",
];

/// The member of the object that stands for bytes.
const BYTES: &str = "base64";

/// All rows of all tables that have any, by table.
pub(crate) fn dump(connection: &Connection) -> Result<Json, Fault> {
    let mut tables = Object::new();
    for name in names(connection)? {
        let mut statement = connection.prepare(&format!("SELECT * FROM {}", quoted(&name)))?;
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.query([])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let mut members = Object::new();
            for (at, column) in columns.iter().enumerate() {
                match json(row.get_ref(at)?) {
                    Json::Null => {}
                    value => members.push((column.clone(), value)),
                }
            }
            all.push(Json::Object(members));
        }
        if !all.is_empty() {
            tables.push((name, Json::Array(all)));
        }
    }
    Ok(Json::Object(vec![("tables".to_owned(), Json::Object(tables))]))
}

/// Replaces all rows by those of a state that was dumped from an environment with the same schema.
pub(crate) fn restore(connection: &Connection, state: &Json) -> Result<(), Fault> {
    let Some(Json::Object(tables)) = state.get("tables") else {
        return Err(Fault::bad_payload(
            "A state is an object with the member 'tables'.",
        ));
    };
    clear(connection)?;
    let known = names(connection)?;
    for (table, rows) in tables {
        let Json::Array(rows) = rows else {
            return Err(unfit(table, "its rows have to be an array"));
        };
        if !known.contains(table) {
            return Err(unfit(table, "this environment has no such table"));
        }
        let columns = columns(connection, table)?;
        make_ready(connection, table)?;
        for row in rows {
            insert(connection, table, &columns, row)?;
        }
    }
    Ok(())
}

/// Forgets all rows, links, counters and deletions.
pub(crate) fn clear(connection: &Connection) -> Result<(), Fault> {
    for name in names(connection)? {
        connection.execute(&format!("DELETE FROM {}", quoted(&name)), [])?;
    }
    Ok(())
}

fn names(connection: &Connection) -> Result<BTreeSet<String>, Fault> {
    let mut statement = connection.prepare_cached("SELECT name FROM \"$table\"")?;
    let names = statement.query_map([], |row| row.get::<_, String>(0))?;
    let mut names = names.collect::<Result<BTreeSet<_>, _>>()?;
    names.extend(OWN.map(str::to_owned));
    Ok(names)
}

fn columns(connection: &Connection, table: &str) -> Result<BTreeSet<String>, Fault> {
    let statement = connection.prepare(&format!("SELECT * FROM {}", quoted(table)))?;
    Ok(statement.column_names().map(str::to_owned).collect())
}

fn insert(connection: &Connection, table: &str, columns: &BTreeSet<String>, row: &Json) -> Result<(), Fault> {
    let Json::Object(members) = row else {
        return Err(unfit(table, "a row has to be an object"));
    };
    let mut names = Vec::with_capacity(members.len());
    let mut values = Vec::with_capacity(members.len());
    for (name, value) in members {
        if !columns.contains(name) {
            return Err(unfit(table, &format!("it has no column '{name}'")));
        }
        names.push(quoted(name));
        values.push(
            sql(value).ok_or_else(|| unfit(table, &format!("the value of '{name}' is of no SQL type")))?,
        );
    }
    let places = vec!["?"; names.len()].join(", ");
    let sql = format!(
        "INSERT INTO {} ({}) VALUES ({places})",
        quoted(table),
        names.join(", ")
    );
    connection
        .prepare_cached(&sql)?
        .execute(params_from_iter(values))
        .map_err(|error| unfit(table, &error.to_string()))?;
    Ok(())
}

fn unfit(table: &str, why: &str) -> Fault {
    Fault::bad_payload(format!("The state doesn't fit, table '{table}': {why}."))
}

fn json(value: ValueRef<'_>) -> Json {
    match value {
        ValueRef::Null => Json::Null,
        ValueRef::Integer(number) => Json::Number(number.to_string()),
        // With a point or an exponent, so that it comes back as what it was.
        ValueRef::Real(number) => Json::Number(format!("{number:?}")),
        ValueRef::Text(text) => Json::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Json::Object(vec![(BYTES.to_owned(), Json::Text(STANDARD.encode(bytes)))]),
    }
}

fn sql(value: &Json) -> Option<Value> {
    Some(match value {
        Json::Null => Value::Null,
        Json::Text(text) => Value::Text(text.clone()),
        Json::Number(text) if text.contains(['.', 'e', 'E']) => Value::Real(text.parse().ok()?),
        Json::Number(text) => Value::Integer(text.parse().ok()?),
        Json::Object(_) => Value::Blob(STANDARD.decode(value.get(BYTES)?.text()?).ok()?),
        Json::Bool(_) | Json::Array(_) => return None,
    })
}
